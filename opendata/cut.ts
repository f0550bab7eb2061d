import { type Municipality, Problem, type Text } from "@hiraku/kernel";
import { z } from "zod";
import {
  type AnyTable,
  type Dataset,
  dataset,
  type Tables,
} from "./dataset.ts";
import { type Breakdown, BREAKDOWN_NAMES, breakdownOf } from "./family.ts";
import { protect } from "./disclosure/protect.ts";
import { ReleaseReport } from "./disclosure/release_report.ts";

/** The id of the table that a cut would be. */
const CUT = "cut";

/** How many dimensions a table may cross besides period and municipality. */
const MOST_DIMENSIONS = 3;

/** What the officer is told of a cut before it is released; counts only. */
export const CutPreview = z.object({
  months: z.int(),
  report: ReleaseReport,
});
export type CutPreview = z.infer<typeof CutPreview>;

/** Families of a dataset that can be cut further: people and what they did, by month. */
export function familiesOf({ tables }: Dataset<Tables>): string[] {
  return Object.entries(tables).flatMap(([id, table]) => {
    const rule = table.disclosure;
    const [people, count, ...more] = table.measures;
    const isFamily = rule.kind === "flow" && rule.people === "people" &&
      rule.total === undefined && rule.area === undefined &&
      table.period === "month" && people === "people" && count === "count" &&
      more.every((name) => name === "amount") &&
      table.dimensions.length < MOST_DIMENSIONS;
    return isFamily ? [id] : [];
  });
}

/** The parts of a cut. Throws `BadRequestData`, which names the field. */
function partsOf(
  whole: Dataset<Tables>,
  family: string,
  by: readonly string[],
): {
  total: AnyTable;
  names: Breakdown[];
  columns: Record<string, z.ZodType>;
  dimensions: string[];
} {
  const total = whole.tables[family];
  if (total === undefined || !familiesOf(whole).includes(family)) {
    throw new Problem("BadRequestData", "family: not a family of the dataset");
  }
  const names = by.map((one) => {
    const found = BREAKDOWN_NAMES.find((name) => name === one);
    if (found !== undefined) return found;
    throw new Problem("BadRequestData", "by: not a way to break down");
  });
  const columns: Record<string, z.ZodType> = Object.assign(
    {},
    ...names.map((one) => breakdownOf(one).columns()),
  );
  const added = Object.keys(columns);
  const dimensions = [...total.dimensions, ...added];
  if (added.length === 0 || dimensions.length > MOST_DIMENSIONS) {
    throw new Problem(
      "BadRequestData",
      `by: a table crosses one to ${MOST_DIMENSIONS} dimensions`,
    );
  }
  return { total, names, columns, dimensions };
}

/** The dimensions that a cut of a family has. Throws `BadRequestData`, which names the field. */
export function dimensionsOfCut(
  whole: Dataset<Tables>,
  family: string,
  by: readonly string[],
): readonly string[] {
  return partsOf(whole, family, by).dimensions;
}

/** The tables of a family that are there, and one more: its cut. Throws `BadRequestData`, which names the field. */
export function withCut(
  whole: Dataset<Tables>,
  family: string,
  by: readonly string[],
): Dataset<Tables> {
  const { total, names, columns, dimensions } = partsOf(whole, family, by);
  const siblings = Object.entries(whole.tables).filter(([id]) =>
    id === family || id.startsWith(`${family}_by_`)
  );
  const same = siblings.find(([, one]) =>
    one.dimensions.length === dimensions.length &&
    dimensions.every((name) => one.dimensions.includes(name))
  );
  if (same !== undefined) {
    throw new Problem("BadRequestData", "by: the table is released already");
  }
  const measures = Object.fromEntries(
    total.measures.map((name) => [name, total.row.shape[name] as z.ZodType]),
  );
  const cut: AnyTable = {
    ...total,
    title: cutTitle(total, names),
    row: z.object({
      month: total.row.shape["month"] as z.ZodType,
      ...Object.fromEntries(
        total.dimensions.map((name) => [name, total.row.shape[name]]),
      ),
      ...columns,
      ...measures,
    }),
    dimensions,
    disclosure: {
      kind: "flow",
      people: "people",
      ...(total.disclosure.kind === "flow" && total.disclosure.amount &&
        { amount: total.disclosure.amount }),
      ...(total.disclosure.kind === "flow" && total.disclosure.households &&
        { households: true }),
      total: { table: family },
      ...("districtCode" in columns && { area: "districtCode" }),
    },
  };
  return dataset({
    ...whole,
    tables: { ...Object.fromEntries(siblings), [CUT]: cut },
  });
}

/** What a cut is called, such as `Sessions, by age group`. */
function cutTitle(
  { title }: { title: Text },
  by: readonly Breakdown[],
): Text {
  const parts = by.map((one) => breakdownOf(one).title);
  return {
    ja: `${title.ja}（${parts.map(({ ja }) => ja).join("・")}）`,
    en: `${title.en}, ${parts.map(({ en }) => en).join(" and ")}`,
  };
}

/**
 * What the release gate would withhold of a cut beside the tables that are
 * there: counts for the officer, no figure of a cell.
 */
export function previewCut(
  family: Dataset<Tables>,
  exact: Readonly<Record<string, readonly Record<string, unknown>[]>>,
  municipality: Municipality,
  today: string,
): CutPreview {
  const { report } = protect(family, exact, {
    municipality,
    previous: undefined,
    today,
  });
  const own = report.tables[CUT];
  const months = new Set(exact[CUT]?.map((row) => row["month"]));
  return {
    months: months.size,
    report: { tables: own === undefined ? {} : { [CUT]: own } },
  };
}
