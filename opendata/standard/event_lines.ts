import type { Municipality } from "@hiraku/kernel";
import type { z } from "zod";
import { event } from "../check/sheets/event.ts";
import type { events } from "../registers/programmes.ts";

type Entry = z.infer<typeof events.row>;

const CATEGORIES: Readonly<Record<Entry["category"], string>> = {
  event: "行事",
  lecture: "講座",
  drill: "防災訓練",
  facility: "施設",
  match: "試合",
};

/** The city's register of events as lines of sheet 12. */
export function eventLines(
  { code, name, prefecture }: Municipality,
  entries: readonly Entry[],
): string[][] {
  return entries.map((entry) => {
    const values: Readonly<Record<string, string>> = {
      全国地方公共団体コード: code,
      ID: entry.id,
      地方公共団体名: `${prefecture.ja}${name.ja}`,
      イベント名: entry.title,
      開始日: entry.startsOn,
      終了日: entry.endsOn,
      イベント種類: CATEGORIES[entry.category],
      主催者: name.ja,
      場所名称: entry.place ?? "",
      定員: entry.capacity === undefined ? "" : String(entry.capacity),
    };
    return event.columns.map((column) => values[column.name] ?? "");
  });
}
