import {
  AGE_BANDS,
  AgeGroup,
  Mode,
  SexGroup,
  Text,
  type Text as Words,
  Tier,
  UNKNOWN,
} from "@hiraku/kernel";
import { z } from "zod";

/** What a reader must know of a column; kept in the zod schema's `meta`. */
export const Column = z.object({
  title: Text,
  unit: Text.optional(),
  /** Set when the values are codes: where their names stand. */
  codes: z.enum(["miniApp", "district", "ageGroup", "sex", "tier", "os"])
    .optional(),
  /** The names of the values where they stand nowhere else. */
  names: z.record(z.string(), Text).optional(),
  /** Set when the values are steps, later ones taken by people of earlier ones. */
  steps: z.boolean().optional(),
  /** Set when a value may harm whoever is known to have it: of any group, or of one that is not large. */
  sensitive: z.union([
    z.enum(["in-groups", "in-small-groups"]),
    // Manifests from before groups were told apart say yes or no.
    z.boolean().transform((was) => was ? "in-groups" as const : undefined),
  ]).optional(),
});
export type Column = z.infer<typeof Column>;

/** Puts a column's description into `.meta()`. */
export function about(column: Column): { column: Column } {
  return { column };
}

/** The column's title, unit and code list, or a bug when the row schema has none. */
export function columnOf(row: z.ZodObject, name: string): Column {
  let schema = row.shape[name];
  while (
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    if (schema.meta() !== undefined) break;
    schema = schema.unwrap() as z.ZodType;
  }
  return Column.parse(schema?.meta()?.["column"]);
}

/** What the values of a column are; `month` is `2026-10`, `instant` an ISO 8601 time in UTC. */
export const ColumnType = z.enum([
  "month",
  "date",
  "instant",
  "integer",
  "number",
  "string",
]);
export type ColumnType = z.infer<typeof ColumnType>;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const shapes = new WeakMap<z.ZodObject, z.core.JSONSchema.BaseSchema>();

/** The type of a column, read from the row's schema. */
export function typeOfColumn(row: z.ZodObject, name: string): ColumnType {
  const shape = shapes.get(row) ?? z.toJSONSchema(row);
  shapes.set(row, shape);
  const known = shape.properties?.[name];
  if (typeof known !== "object") throw new Error(`No column '${name}'`);
  const { type, format, pattern } =
    [known, ...known.anyOf ?? []].find((one) =>
      one.type !== undefined && one.type !== "null"
    ) ?? known;
  if (type === "integer" || type === "number") return type;
  if (format === "date") return "date";
  if (format === "date-time") return "instant";
  return pattern === MONTH.source ? "month" : "string";
}

const PERSONS = { ja: "人", en: "persons" };
const CLICKS = { ja: "回", en: "clicks" };

/** A city month such as `2026-10`. */
export function month(): z.ZodString {
  return z.string().regex(MONTH).meta(about({
    title: { ja: "年月", en: "Month" },
  }));
}

/** A city day such as `2026-10-31`. */
export function day(title: Words = { ja: "年月日", en: "Date" }): z.ZodISODate {
  return z.iso.date().meta(about({ title }));
}

/** The code of a mini-app such as `412015-ma-08`. */
export function miniApp(): z.ZodString {
  return z.string().regex(/^\d{6}-ma-\d{2}$/).meta(about({
    title: { ja: "ミニアプリ", en: "Mini-app" },
    codes: "miniApp",
  }));
}

/** A school district, or `unknown` for people without a verified one. */
export function district(): z.ZodString {
  return z.string().regex(/^(\d{6}-sd-\d{2}|unknown)$/).meta(about({
    title: { ja: "校区", en: "School district" },
    codes: "district",
  }));
}

/** A count of people: the measure a disclosure rule judges. */
export function persons(title: Words): z.ZodInt {
  return z.int().nonnegative().meta(about({ title, unit: PERSONS }));
}

export function clicks(): z.ZodInt {
  return z.int().nonnegative().meta(about({
    title: { ja: "クリック数", en: "Clicks" },
    unit: CLICKS,
  }));
}

/**
 * A code that things of the city go by, such as a campaign; the values are
 * those that occur, of which some may have names.
 */
export function code(
  title: Words,
  names?: Readonly<Record<string, Words>>,
): z.ZodString {
  return z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/)
    .meta(about({ title, ...(names && { names }) }));
}

/** One of a few values, each with its name. */
export function oneOf<const Names extends Record<string, Words>>(
  title: Words,
  names: Names,
): z.ZodEnum<{ [Value in keyof Names & string]: Value }> {
  const values = Object.keys(names) as (keyof Names & string)[];
  return z.enum(values).meta(about({ title, names })) as z.ZodEnum<
    { [Value in keyof Names & string]: Value }
  >;
}

/**
 * Steps that people take one after the other, from the first to the last. Who
 * took one and not a later one is a figure too, and is protected.
 */
export function steps<const Names extends Record<string, Words>>(
  title: Words,
  names: Names,
): z.ZodEnum<{ [Value in keyof Names & string]: Value }> {
  return oneOf(title, names).meta(about({ title, names, steps: true }));
}

export function ageGroup(): typeof AgeGroup {
  return AgeGroup.meta(about({
    title: { ja: "年齢", en: "Age group" },
    codes: "ageGroup",
  }));
}

/** One of the 18 bands of sheet 04, or unknown. */
export function ageBand(): z.ZodEnum {
  return z.enum([...AGE_BANDS, UNKNOWN]).meta(about({
    title: { ja: "年齢階級", en: "Age band" },
    names: Object.fromEntries([
      ...AGE_BANDS.map((band) => [band, bandName(band)]),
      [UNKNOWN, { ja: "不明", en: "Unknown" }],
    ]),
  }));
}

function bandName(band: string): Words {
  if (band.endsWith("+")) {
    const from = band.slice(0, -1);
    return { ja: `${from}歳以上`, en: `${from} and over` };
  }
  return { ja: `${band.replace("-", "〜")}歳`, en: band.replace("-", "–") };
}

export function sexGroup(): typeof SexGroup {
  return SexGroup.meta(about({
    title: { ja: "性別", en: "Sex" },
    codes: "sex",
  }));
}

export function tier(): typeof Tier {
  return Tier.meta(about({
    title: { ja: "登録方法", en: "Way of registration" },
    codes: "tier",
  }));
}

/** What modes are called. */
export const MODE_NAMES: Record<Mode, Words> = {
  normal: { ja: "平時", en: "Normal" },
  drill: { ja: "訓練", en: "Drill" },
  disaster: { ja: "災害", en: "Disaster" },
};

/** Ordinary days, drills and disasters. */
export function mode(): typeof Mode {
  return Mode.meta(about({
    title: { ja: "区分", en: "Mode" },
    names: MODE_NAMES,
  }));
}

/** A count of things that happened. */
export function times(title: Words = { ja: "件数", en: "Count" }): z.ZodInt {
  return z.int().nonnegative().meta(about({
    title,
    unit: { ja: "件", en: "times" },
  }));
}

/** A measured or computed figure. */
export function figure(title: Words, unit?: Words): z.ZodNumber {
  return z.number().meta(about({ title, ...(unit && { unit }) }));
}
