/** What a newcomer does for one list of ARCHITECTURE.md: files made and lines put into others. */
export interface Work {
  readonly files: Readonly<Record<string, string>>;
  /** Words put in before others that stand in a file already. */
  readonly edits: readonly {
    readonly path: string;
    readonly put: string;
    readonly before: string;
  }[];
}

const EVENT_TYPE = `import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

export const library = [
  eventType({
    type: "library.lent",
    title: { ja: "図書の貸出", en: "Book lent" },
    purpose: PURPOSES.usage,
    data: z.object({ branch: said(Code, "図書館", "Library") }),
    sample: { branch: "honkan" },
  }),
];
`;

const DATASET = `import { z } from "zod";
import { about, miniApp, month, persons } from "../column.ts";
import { dataset, table } from "../dataset.ts";

export const libraryLoans = dataset({
  id: "library_loans",
  title: { ja: "図書貸出数", en: "Library loans" },
  description: { ja: "月ごとの図書の貸出数", en: "Library loans by month" },
  cadence: "monthly",
  purpose: { ja: "蔵書を選ぶため", en: "To choose books" },
  keywords: [{ ja: "図書館", en: "library" }],
  tables: {
    library_loans: table({
      title: { ja: "月別", en: "By month" },
      description: { ja: "月ごとの数", en: "Figures of each month" },
      row: z.object({
        month: month(),
        miniAppId: miniApp(),
        readers: persons({ ja: "利用者数", en: "Readers" }),
        loans: z.int().nonnegative().meta(about({
          title: { ja: "貸出数", en: "Loans" },
          unit: { ja: "冊", en: "books" },
        })),
      }),
      period: "month",
      dimensions: ["miniAppId"],
      measures: ["readers", "loans"],
      disclosure: { kind: "flow", people: "readers" },
    }),
  },
});
`;

const PIPELINE = `import { sql } from "@hiraku/kernel/store";
import { type ExactTables, libraryLoans } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { eventsFor, PURPOSES } from "./purpose.ts";

type Rows = ExactTables<typeof libraryLoans>["library_loans"];

/** Readers and loans of every month, of those who agreed. */
export const publishLibraryLoans = pipeline({
  dataset: libraryLoans,
  schedule: "publish",
  purpose: PURPOSES.usage,
  aggregate: async ({ warehouse }) => {
    const { rows } = await sql<Rows[number]>\`
      select strftime(occurred_at + interval 9 hour, '%Y-%m') as month,
        mini_app as "miniAppId", count(distinct subject)::int as readers,
        count(*)::int as loans
      from \${eventsFor(PURPOSES.usage)}
      where type = 'library.lent'
      group by all order by all\`.execute(warehouse);
    return { library_loans: rows };
  },
});
`;

const METRIC = `metric("loans", "library_loans.library_loans.loans", {
    title: { ja: "図書館の貸出", en: "Library loans" },
    definition: { ja: "その月の貸出冊数。", en: "Books lent in the month." },
    unit: { ja: "冊", en: "books" },
    owner,
  }),
  `;

/** By the title of the list. */
export const WRITTEN: Readonly<Record<string, Work>> = {
  "A mini-app's events": {
    files: { "pipelines/events/catalogue/library.ts": EVENT_TYPE },
    edits: [
      {
        path: "pipelines/events/catalogue.ts",
        put: 'import { library } from "./catalogue/library.ts";\n',
        before: "import { miniApp }",
      },
      {
        path: "pipelines/events/catalogue.ts",
        put: "...library, ",
        before: "...miniApp",
      },
    ],
  },
  "A dataset": {
    files: { "opendata/datasets/library_loans.ts": DATASET },
    edits: [
      {
        path: "opendata/datasets/all.ts",
        put: 'import { libraryLoans } from "./library_loans.ts";\n',
        before: "import { miniappUsage }",
      },
      {
        path: "opendata/datasets/all.ts",
        put: "libraryLoans,\n  ",
        before: "miniappUsage,",
      },
      {
        path: "opendata/mod.ts",
        put: 'export { libraryLoans } from "./datasets/library_loans.ts";\n',
        before: "export { miniappUsage }",
      },
    ],
  },
  "The pipeline that fills it": {
    files: { "pipelines/library_loans.ts": PIPELINE },
    edits: [
      {
        path: "pipelines/mod.ts",
        put: 'export { publishLibraryLoans } from "./library_loans.ts";\n',
        before: "export { publishMiniappUsage }",
      },
      {
        path: "pipelines/all.ts",
        put: 'import { publishLibraryLoans } from "./library_loans.ts";\n',
        before: "import { publishMiniappUsage }",
      },
      {
        path: "pipelines/all.ts",
        put: "publishLibraryLoans,\n  ",
        before: "publishRegistrants,\n  publishMiniappUsage",
      },
    ],
  },
  "A dashboard figure": {
    files: {},
    edits: [
      {
        path: "dashboards/metrics/definitions/use.ts",
        put: METRIC,
        before: 'metric("miniapp_users"',
      },
      {
        path: "dashboards/boards/definitions/use.ts",
        put: '{ metric: "loans" },\n    ',
        before: '{ metric: "miniapp_clicks" }',
      },
    ],
  },
};
