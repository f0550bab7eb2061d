import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import { columnOf } from "./column.ts";

/** SPDX identifiers of the licences a city may choose. */
export type Licence = "CC-BY-4.0" | "CC0-1.0";
export type Cadence = "hourly" | "daily" | "monthly" | "irregular";

/** What a dataset is about, by the last part of the EU's data theme. */
export const THEMES = {
  GOVE: { ja: "行政", en: "Government" },
  SOCI: { ja: "人口・社会", en: "Population and society" },
  REGI: { ja: "地域・施設", en: "Regions and facilities" },
  EDUC: { ja: "教育・文化", en: "Education and culture" },
  ENVI: { ja: "環境", en: "Environment" },
  HEAL: { ja: "健康・福祉", en: "Health and welfare" },
  ECON: { ja: "経済・財政", en: "Economy and finance" },
  JUST: { ja: "防災・安全", en: "Disaster and safety" },
  TECH: { ja: "アプリ・技術", en: "Apps and technology" },
} as const satisfies Record<string, Text>;
export type Theme = keyof typeof THEMES;

type Name<Row extends z.ZodObject> = keyof z.infer<Row> & string;

/** Which total a breakdown adds up to, and along which column. */
export interface Total {
  /** A table of the same family. */
  readonly table: string;
  /** Values of the total's other dimensions, such as `{ tier: "jpki" }`. */
  readonly at?: Readonly<Record<string, string>>;
}

/** A sum over people: a measure, or the product of two (a mean and its count). */
export interface AmountOf<Column extends string = string> {
  readonly measure: Column;
  readonly times?: Column;
}

/**
 * What is summed up to and including the row's period: a measure of the rows
 * of another table at some values, and at the row's own where both have a
 * dimension of one name.
 */
export interface RunningTotal {
  readonly table: string;
  readonly measure: string;
  readonly at?: Readonly<Record<string, string>>;
}

/**
 * How a table is made safe. `flow`: each period stands alone. `stock`: a
 * running total, so that differences between periods are cells too. `step`: a
 * preliminary figure that moves only in steps. The arguments stand in
 * `disclosure/*.md`.
 */
export type Rule<Column extends string = string> =
  | {
    readonly kind: "none";
    readonly reason: Text;
    /** Columns that are running totals of what people of other tables did. */
    readonly totals?: Readonly<Partial<Record<Column, RunningTotal>>>;
  }
  | {
    readonly kind: "flow" | "stock";
    /** The measure that counts distinct people; the others follow it. */
    readonly people: Column;
    /** The total this table breaks down; absent for the total itself. */
    readonly total?: Total;
    /** The column that names the area of whose inhabitants the people are. */
    readonly area?: Column;
    /** A measure that sums what people contributed; rows come with their largest contributions. */
    readonly amount?: AmountOf<Column>;
    /** Set when people of one household are counted one by one; rows come with their households. */
    readonly households?: boolean;
  }
  | {
    readonly kind: "step";
    readonly people: Column;
    /** The column that says up to which instant the figure counts. */
    readonly at: Column;
  };

/** One table of a family: what a row means, and how it is made safe. */
export interface Table<Row extends z.ZodObject = z.ZodObject> {
  readonly title: Text;
  readonly description: Text;
  readonly row: Row;
  /** The column that says which time a row speaks of. */
  readonly period: Name<Row>;
  readonly dimensions: readonly Name<Row>[];
  readonly measures: readonly Name<Row>[];
  readonly disclosure: Rule<Name<Row>>;
}

/** A table of any row, as code that reads all tables sees it. */
export interface AnyTable {
  readonly title: Text;
  readonly description: Text;
  readonly row: z.ZodObject;
  readonly period: string;
  readonly dimensions: readonly string[];
  readonly measures: readonly string[];
  readonly disclosure: Rule;
}

/** Checks the column names of a table at compile time. */
export function table<Row extends z.ZodObject>(spec: Table<Row>): Table<Row> {
  return spec;
}

/** The tables of a family by their id. */
export type Tables = Readonly<Record<string, AnyTable>>;

/** What a city promises to publish: a family of tables, audited as one. */
export interface Dataset<T extends Tables = Tables> {
  readonly id: string;
  readonly title: Text;
  readonly description: Text;
  readonly licence: Licence;
  readonly cadence: Cadence;
  /** Why the city computes it; every aggregate declares its purpose. */
  readonly purpose: Text;
  readonly keywords: readonly Text[];
  readonly theme: Theme;
  /** Set when the figures may still move. */
  readonly preliminary: boolean;
  readonly tables: T;
}

/** The exact rows a pipeline hands to `release()`, table by table. */
export type ExactTables<D extends Dataset> = {
  readonly [Id in keyof D["tables"]]: readonly (
    & z.infer<D["tables"][Id]["row"]>
    & Beside
  )[];
};

/** What stands beside the columns of a row. The gate judges by it and hands it to nobody. */
export interface Beside {
  /** Of a table with an amount: what its two largest contributors hold of it, largest first. */
  readonly largest?: readonly number[];
  /** Of a table with households: tokens of two of them, or of the only one. */
  readonly households?: readonly string[];
}

type Given<T extends Tables> =
  & Omit<Dataset<T>, "licence" | "preliminary" | "theme">
  & Partial<Pick<Dataset, "licence" | "preliminary" | "theme">>;

const SnakeCase = z.string().regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);

/**
 * Declares a dataset. Throws at start when an id is not snake_case, a column
 * has no title, or a total names a table that is not in the family.
 */
export function dataset<const T extends Tables>(spec: Given<T>): Dataset<T> {
  SnakeCase.parse(spec.id);
  for (const [id, one] of Object.entries(spec.tables)) {
    SnakeCase.parse(id);
    const columns = [one.period, ...one.dimensions, ...one.measures];
    columns.forEach((name) => columnOf(one.row, name));
    if (Object.keys(one.row.shape).length !== columns.length) {
      throw new Error(`Table '${id}' has columns that are neither kind`);
    }
    const rule = one.disclosure;
    if (rule.kind === "none") checkTotals(id, one, rule.totals, spec.tables);
    if (rule.kind === "none" || rule.kind === "step") continue;
    const isSensitive = one.dimensions.some((name) =>
      columnOf(one.row, name).sensitive
    );
    if (isSensitive && (rule.kind === "stock" || rule.total !== undefined)) {
      throw new Error(
        `Table '${id}' breaks a total down by a sensitive column`,
      );
    }
    if (rule.total !== undefined && !(rule.total.table in spec.tables)) {
      throw new Error(`Table '${id}' adds up to an unknown table`);
    }
  }
  return {
    licence: "CC-BY-4.0",
    preliminary: false,
    theme: "TECH",
    ...spec,
  };
}

function checkTotals(
  id: string,
  { measures }: AnyTable,
  totals: Readonly<Record<string, RunningTotal | undefined>> = {},
  tables: Tables,
): void {
  for (const [column, total] of Object.entries(totals)) {
    const parts = tables[total?.table ?? ""];
    const at = Object.keys(total?.at ?? {});
    if (
      total === undefined || !measures.includes(column) ||
      parts?.disclosure.kind !== "flow" ||
      parts.disclosure.total !== undefined ||
      !parts.measures.includes(total.measure) ||
      !at.every((name) => parts.dimensions.includes(name))
    ) throw new Error(`Table '${id}' has a running total of nothing known`);
  }
}
