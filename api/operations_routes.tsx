import {
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import {
  audit,
  type Control,
  type Count,
  countsOf,
  lastRuns,
  type Run,
} from "@hiraku/kernel/control";
import type { Brokers, EntityReads } from "@hiraku/ngsi";
import { DATASETS, Layout } from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { signInFirst } from "./account_routes.tsx";
import { AUDIT_TITLE } from "./audit_pages.tsx";
import { callerOf, type Env, hasRole, requireRole } from "./identity/caller.ts";
import { cityTime } from "./city_time.ts";
import { CUT_WORDS } from "./cut_words.ts";
import { eeiReport } from "./eei_report.ts";
import { EDITOR_TITLE } from "./logic_editor.tsx";
import { OUTLINES_TITLE } from "./outline_views.tsx";
import { PIPELINES_TITLE } from "./pipeline_pages.tsx";
import { REGISTERS_TITLE } from "./register_pages.tsx";
import { RELEASE_WORDS } from "./release_words.ts";
import { REPORT_WORDS } from "./report_words.ts";
import { TEXT as SHEETS } from "./sheet_words.ts";
import { occupancies, type Occupancy } from "./shelter_board.ts";
import { StaffTable } from "./staff_table.tsx";

const TEXT = {
  title: { ja: "運用", en: "Operations" },
  shelters: { ja: "避難所の状況", en: "Shelters" },
  runs: { ja: "実行記録", en: "Runs" },
  none: { ja: "まだありません。", en: "Nothing yet." },
  noShelter: {
    ja: "開設中の避難所はありません。",
    en: "No shelter is open.",
  },
  exact: {
    ja: "運用中の実数です。閲覧は記録され、閉鎖とともに表示されなくなります。",
    en:
      "Exact current figures. Every view is recorded; they go when the shelter closes.",
  },
  eei: {
    ja: "災害対策本部への報告（EEI 避難所、CSV）",
    en: "Report to the headquarters (EEI shelters, CSV)",
  },
  counts: {
    ja: "受け取らなかった項目（値は保存していません）",
    en: "Fields not taken (no value is kept)",
  },
  links: { ja: "都市OSとの連携", en: "Links to the urban data platform" },
  viewAs: { ja: "役割として見る", en: "View as" },
  signOut: { ja: "ログアウト", en: "Sign out" },
} as const satisfies Record<string, Text>;

/** A number is shown as a figure, right-aligned; null where there is none. */
type Cell = string | number | null;
type Columns<T> = readonly [Text, (row: T, language: Language) => Cell][];

/** Jobs that publish nothing; the others are named for their dataset. */
const JOBS: Readonly<Record<string, Text>> = {
  land: { ja: "取込", en: "Landing" },
  aggregate: { ja: "月次集計の更新", en: "Monthly counts" },
  tidy: { ja: "整理", en: "Tidying" },
  import: { ja: "ファイルの取込", en: "File import" },
};

function jobName({ pipeline }: Run, language: Language): string {
  const dataset = DATASETS.find((one) => one.id === pipeline);
  return (JOBS[pipeline] ?? dataset?.title)?.[language] ?? pipeline;
}

/** Rows come in where events or files land; elsewhere there is nothing to count. */
function counted(run: Run, count: number): number | null {
  return run.rowsIn === 0 ? null : count;
}

const RUN_COLUMNS: Columns<Run> = [
  [{ ja: "開始", en: "Started" }, (run) => cityTime(run.startedAt)],
  [{ ja: "処理", en: "Pipeline" }, jobName],
  [
    { ja: "結果", en: "Outcome" },
    (run, language) => OUTCOMES[run.outcome][language],
  ],
  [{ ja: "入力", en: "Rows in" }, (run) => counted(run, run.rowsIn)],
  [{ ja: "取込", en: "Landed" }, (run) => counted(run, run.landed)],
  [{ ja: "重複", en: "Duplicate" }, (run) => counted(run, run.duplicate)],
  [{ ja: "隔離", en: "Quarantined" }, (run) => counted(run, run.quarantined)],
  [{ ja: "抑止", en: "Suppressed" }, (run) => counted(run, run.suppressed)],
];

const MODES: Readonly<Record<string, Text>> = {
  normal: { ja: "平時", en: "Normal" },
  drill: { ja: "訓練", en: "Drill" },
  disaster: { ja: "災害", en: "Disaster" },
};

const OUTCOMES: Readonly<Record<Run["outcome"], Text>> = {
  running: { ja: "実行中", en: "Running" },
  succeeded: { ja: "成功", en: "Succeeded" },
  failed: { ja: "失敗", en: "Failed" },
  crashed: { ja: "中断", en: "Crashed" },
};

const SHELTER_COLUMNS: Columns<Occupancy> = [
  [{ ja: "避難所", en: "Shelter" }, (one) => one.name],
  [
    { ja: "区分", en: "Mode" },
    (one, language) => MODES[one.mode]?.[language] ?? one.mode,
  ],
  [{ ja: "避難者数", en: "People" }, (one) => one.people],
  [{ ja: "組数", en: "Parties" }, (one) => one.parties],
  [{ ja: "時点", en: "As of" }, (one) => cityTime(one.observedAt)],
];

const OPERATORS = ["admin", "officer", "section", "hq"] as const;

/** Pages for those who run the platform and its services: runs, refusals, shelters. */
export function operationsRoutes(
  { control, clock, municipalities, brokers }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
    brokers: Brokers;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/operations`, async (c) => {
      const caller = callerOf(c);
      if (caller.kind === "public") return signInFirst(c, language);
      const mine = [...municipalities.values()].filter(({ code }) =>
        hasRole(caller, code, ...OPERATORS)
      );
      // Someone without any city of their own is told what is missing.
      if (mine.length === 0) requireRole(caller, "*", ...OPERATORS);
      const cities = await Promise.all(mine.map(async (city) => ({
        city,
        runs: await lastRuns(control, { municipality: city.code, limit: 15 }),
        counts: await countsOf(control, city.code),
      })));
      return c.html(<Operations language={language} cities={cities} />);
    });
    app.get(`${at}/operations/:code{[0-9]{6}}/shelters`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const { city, reads } = exact(c);
      const open = await occupancies(reads, city, language);
      return c.html(<Shelters language={language} city={city} open={open} />);
    });
  }
  app.get("/operations/:code{[0-9]{6}}/shelters/eei.csv", async (c) => {
    const { city, reads } = exact(c);
    const at = clock.now().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    return c.body(await eeiReport(reads, city), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition":
        `attachment; filename="${city.code}_eei_shelters_${at}.csv"`,
      "Cache-Control": "no-store",
    });
  });

  /** The exact figures of a city's shelters for a caller who runs them; each reading is recorded. */
  function exact(c: Context<Env>): { city: Municipality; reads: EntityReads } {
    const caller = callerOf(c);
    const city = municipalities.get(c.req.param("code") ?? "");
    if (city === undefined) {
      throw new Problem("ResourceNotFound", "There is nothing here");
    }
    const reads = brokers.get(city.code).forOperators(
      caller.roles,
      () =>
        audit(control, clock, {
          caller: caller.id,
          municipality: city.code,
          action: "read",
          object: "ShelterOccupancy",
        }),
    );
    if (reads === undefined) {
      throw new Problem("Forbidden", "This is for those who run shelters");
    }
    return { city, reads };
  }
  return app;
}

function Operations(
  { language, cities }: {
    language: Language;
    cities: readonly {
      city: Municipality;
      runs: readonly Run[];
      counts: readonly Count[];
    }[];
  },
) {
  const at = language === "ja" ? "" : "/en";
  return (
    <Layout language={language} title={TEXT.title} path="/operations">
      <h1>{TEXT.title[language]}</h1>
      <form method="post" action={`${at}/logout`}>
        <button type="submit">{TEXT.signOut[language]}</button>
      </form>
      <p>
        <a href={`${at}/operations/links`}>{TEXT.links[language]}</a>{" "}
        <a href={`${at}/operations/view-as`}>{TEXT.viewAs[language]}</a>
      </p>
      {cities.map(({ city, runs, counts }) => (
        <section aria-labelledby={`c${city.code}`}>
          <h2 id={`c${city.code}`}>{city.name[language]}</h2>
          <p>
            <a href={`${at}/operations/${city.code}/shelters`}>
              {TEXT.shelters[language]}
            </a>{" "}
            <a href={`${at}/admin/pipelines/${city.code}`}>
              {PIPELINES_TITLE[language]}
            </a>{" "}
            <a href={`${at}/admin/releases/${city.code}`}>
              {RELEASE_WORDS.title[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/registers`}>
              {REGISTERS_TITLE[language]}
            </a>{" "}
            <a href={`${at}/admin/audit/${city.code}`}>
              {AUDIT_TITLE[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/logic-model`}>
              {EDITOR_TITLE[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/outlines`}>
              {OUTLINES_TITLE[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/cuts`}>
              {CUT_WORDS.title[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/reports`}>
              {REPORT_WORDS.title[language]}
            </a>{" "}
            <a href={`${at}/operations/${city.code}/opendata`}>
              {SHEETS.title[language]}
            </a>
          </p>
          <h3>{TEXT.runs[language]}</h3>
          <Rows
            language={language}
            label={`${city.name[language]}: ${TEXT.runs[language]}`}
            columns={RUN_COLUMNS}
            rows={runs}
          />
          {counts.length > 0 && (
            <>
              <h3>{TEXT.counts[language]}</h3>
              <ul>
                {counts.slice(0, 20).map(({ kind, name, count }) => (
                  <li>
                    <code>{kind} {name}</code>: {count}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      ))}
    </Layout>
  );
}

function Shelters(
  { language, city, open }: {
    language: Language;
    city: Municipality;
    open: readonly Occupancy[];
  },
) {
  return (
    <Layout
      language={language}
      title={TEXT.shelters}
      path={`/operations/${city.code}/shelters`}
    >
      <h1>{city.name[language]} {TEXT.shelters[language]}</h1>
      <p class="notice">{TEXT.exact[language]}</p>
      <p>
        <a href={`/operations/${city.code}/shelters/eei.csv`}>
          {TEXT.eei[language]}
        </a>
      </p>
      {open.length === 0 ? <p>{TEXT.noShelter[language]}</p> : (
        <Rows
          language={language}
          label={TEXT.shelters[language]}
          columns={SHELTER_COLUMNS}
          rows={open}
        />
      )}
    </Layout>
  );
}

function Rows<T>(
  { language, label, columns, rows }: {
    language: Language;
    /** What is read out of the table as a whole. */
    label: string;
    columns: Columns<T>;
    rows: readonly T[];
  },
) {
  return (
    <StaffTable
      label={label}
      head={columns.map(([title]) => title[language])}
      rows={rows.map((row) =>
        columns.map(([, cell]) => cell(row, language) ?? "–")
      )}
      none={TEXT.none[language]}
    />
  );
}
