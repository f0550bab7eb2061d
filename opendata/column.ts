import { Text, type Text as Words } from "@hiraku/kernel";
import { z } from "zod";

/** What a reader must know of a column; kept in the zod schema's `meta`. */
export const Column = z.object({
  title: Text,
  unit: Text.optional(),
  /** Set when the values are codes: where their names stand. */
  codes: z.enum(["miniApp", "district", "ageGroup", "sex", "tier", "os"])
    .optional(),
});
export type Column = z.infer<typeof Column>;

/** Puts a column's description into `.meta()`. */
export function about(column: Column): { column: Column } {
  return { column };
}

/** The column's title, unit and code list, or a bug when the row schema has none. */
export function columnOf(row: z.ZodObject, name: string): Column {
  return Column.parse(row.shape[name]?.meta()?.["column"]);
}

const PERSONS = { ja: "人", en: "persons" };
const CLICKS = { ja: "回", en: "clicks" };

/** A city month such as `2026-10`. */
export function month(): z.ZodString {
  return z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).meta(about({
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
