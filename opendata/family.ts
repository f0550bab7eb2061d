import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import {
  about,
  ageBand,
  ageGroup,
  district,
  month,
  oneOf,
  persons,
  sexGroup,
  tier,
  times,
} from "./column.ts";
import type { AnyTable, RunningTotal, Tables } from "./dataset.ts";

/** What people counted by month can be broken down by; each adds up to the whole. */
export type Breakdown =
  | "district"
  | "ageSex"
  | "age"
  | "ageBand"
  | "tier"
  | "os"
  | "origin";

/** Every way of breaking down. */
export const BREAKDOWN_NAMES = [
  "district",
  "ageSex",
  "age",
  "ageBand",
  "tier",
  "os",
  "origin",
] as const satisfies readonly Breakdown[];

/** The columns of a way of breaking down, and what it is called. */
export function breakdownOf(
  name: Breakdown,
): { columns: () => Record<string, z.ZodType>; title: Text } {
  return BREAKDOWNS[name];
}

/** People and what they did, by month and one to three dimensions. */
export interface Family {
  readonly title: Text;
  readonly description: Text;
  /** Dimensions besides the month, such as `{ campaignId: code(…) }`. */
  readonly keys: Readonly<Record<string, z.ZodType>>;
  /**
   * The key that names the occasion on which people were counted, such as one
   * survey: it stands for the period, which is none of the three dimensions
   * that a table may cross.
   */
  readonly occasion?: string;
  /** Title of the count of distinct people; `Users` by default. */
  readonly people?: Text;
  /** Title of the count of events. */
  readonly count?: Text;
  /** Title and unit of a sum beside the counts. */
  readonly amount?: { readonly title: Text; readonly unit: Text };
  /** Set when people of one household are counted one by one. */
  readonly households?: boolean;
  /** Tables besides the whole city's. */
  readonly by?: readonly Breakdown[];
}

const BREAKDOWNS: Readonly<
  Record<Breakdown, {
    id: string;
    columns: () => Record<string, z.ZodType>;
    title: Text;
  }>
> = {
  district: {
    id: "by_district",
    columns: () => ({ districtCode: district() }),
    title: { ja: "校区別", en: "by school district" },
  },
  ageSex: {
    id: "by_age_sex",
    columns: () => ({ ageGroup: ageGroup(), sex: sexGroup() }),
    title: { ja: "年齢・性別", en: "by age group and sex" },
  },
  age: {
    id: "by_age",
    columns: () => ({ ageGroup: ageGroup() }),
    title: { ja: "年齢別", en: "by age group" },
  },
  ageBand: {
    id: "by_age_band",
    columns: () => ({ ageBand: ageBand() }),
    title: { ja: "年齢階級別", en: "by age band" },
  },
  tier: {
    id: "by_tier",
    columns: () => ({ tier: tier() }),
    title: { ja: "登録方法別", en: "by way of registration" },
  },
  os: {
    id: "by_os",
    columns: () => ({
      os: oneOf({ ja: "OS", en: "OS" }, {
        ios: { ja: "iOS", en: "iOS" },
        android: { ja: "Android", en: "Android" },
        web: { ja: "ウェブ", en: "Web" },
        unknown: { ja: "不明", en: "Unknown" },
      }),
    }),
    title: { ja: "OS別", en: "by system" },
  },
  origin: {
    id: "by_origin",
    columns: () => ({
      origin: oneOf({ ja: "市内・市外", en: "Residence" }, {
        resident: { ja: "市内", en: "In the city" },
        visitor: { ja: "市外", en: "Outside" },
        unknown: { ja: "不明", en: "Unknown" },
      }),
    }),
    title: { ja: "市内・市外別", en: "by residence" },
  },
};

/**
 * The tables of a family: `id` for the whole city and `id_by_…` for each
 * breakdown, which adds up to it. Measures are `people`, `count` and, where
 * given, `amount`.
 */
export function family(id: string, spec: Family): Tables {
  const keys = Object.keys(spec.keys).filter((name) => name !== spec.occasion);
  const by = new Set(spec.by);
  if (by.has("ageBand") && (by.has("age") || by.has("ageSex"))) {
    // Two ways to cut the ages are differenced against each other.
    throw new Error(`'${id}' is broken down by two kinds of age bands`);
  }
  const rule = {
    kind: "flow",
    people: "people",
    ...(spec.amount && { amount: { measure: "amount" } }),
    ...(spec.households && { households: true }),
  } as const;
  const whole = tableOf(spec, {}, spec.title, rule);
  const tables: Record<string, AnyTable> = { [id]: whole };
  for (const by of spec.by ?? []) {
    const { id: suffix, columns, title } = BREAKDOWNS[by];
    const more = columns();
    if (keys.length + Object.keys(more).length > 3) {
      throw new Error(`'${id}_${suffix}' crosses more than three dimensions`);
    }
    tables[`${id}_${suffix}`] = tableOf(spec, more, {
      ja: `${spec.title.ja}（${title.ja}）`,
      en: `${spec.title.en}, ${title.en}`,
    }, {
      ...rule,
      total: { table: id },
      ...(by === "district" && { area: "districtCode" }),
    });
  }
  return tables;
}

function tableOf(
  { keys, people, count, amount, description }: Family,
  more: Record<string, z.ZodType>,
  title: Text,
  disclosure: AnyTable["disclosure"],
): AnyTable {
  const dimensions = { ...keys, ...more };
  const measures = {
    people: persons(people ?? { ja: "利用者数", en: "Users" }),
    count: times(count),
    ...(amount && {
      amount: z.number().nonnegative().meta(about(amount)),
    }),
  };
  return {
    title,
    description,
    row: z.object({ month: month(), ...dimensions, ...measures }),
    period: "month",
    dimensions: Object.keys(dimensions),
    measures: Object.keys(measures),
    disclosure,
  };
}

/** How long something took, or how large it was, for the people of a month and key. */
export interface Spread {
  readonly title: Text;
  readonly description: Text;
  readonly keys: Readonly<Record<string, z.ZodType>>;
  readonly people?: Text;
  /** What is measured, such as the reception time. */
  readonly of: Text;
  readonly unit: Text;
}

const STATISTICS = ["lowerQuartile", "median", "upperQuartile", "mean"];

/** Whether a figure is a quartile or the mean of nobody: none, though a spread has 0 there. */
export function isOfNobody(
  row: Readonly<Record<string, unknown>>,
  measure: string,
): boolean {
  return STATISTICS.includes(measure) && row["people"] === 0;
}

/** One table with the quartiles and the mean of what is measured. */
export function spread(id: string, spec: Spread): Tables {
  const { title, description, keys, people, of, unit } = spec;
  const part = (ja: string, en: string) =>
    z.number().meta(about({
      title: { ja: `${of.ja}の${ja}`, en: `${of.en}, ${en}` },
      unit,
    }));
  const measures = {
    people: persons(people ?? { ja: "人数", en: "People" }),
    count: times(),
    lowerQuartile: part("第1四分位", "lower quartile"),
    median: part("中央値", "median"),
    upperQuartile: part("第3四分位", "upper quartile"),
    mean: part("平均", "mean"),
  };
  return {
    [id]: {
      title,
      description,
      row: z.object({ month: month(), ...keys, ...measures }),
      period: "month",
      dimensions: Object.keys(keys),
      measures: Object.keys(measures),
      disclosure: {
        kind: "flow",
        people: "people",
        amount: { measure: "mean", times: "count" },
      },
    },
  };
}

/** Figures that speak of things or of an office, and of no one's doings. */
export function figures(
  spec: {
    readonly title: Text;
    readonly description: Text;
    readonly row: z.ZodObject;
    readonly period: string;
    readonly measures: readonly string[];
    /** Why no rule protects them. */
    readonly reason: Text;
    readonly totals?: Readonly<Record<string, RunningTotal>>;
  },
): AnyTable {
  const { title, description, row, period, measures, reason, totals } = spec;
  return {
    title,
    description,
    row,
    period,
    dimensions: Object.keys(row.shape).filter((name) =>
      name !== period && !measures.includes(name)
    ),
    measures,
    disclosure: { kind: "none", reason, ...(totals && { totals }) },
  };
}
