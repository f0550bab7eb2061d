import { csvText } from "../formats/csv.ts";
import type { Sheet, SheetColumn } from "./sheet.ts";

const BY_NAME: Readonly<Record<string, string>> = {
  所在地_都道府県: "佐賀県",
  所在地_市区町村: "佐賀市",
  男性トイレ総数: "3",
  女性トイレ総数: "2",
  男女共用トイレ総数: "2",
  総人口: "36",
  男性: "18",
  女性: "18",
};

const BY_KIND: Readonly<Partial<Record<SheetColumn["kind"], string>>> = {
  code: "412015",
  town: "0008-001",
  kana: "サガ",
  latitude: "33.249350",
  longitude: "130.299792",
  email: "info@city.example.jp",
  flag: "1",
  phone: "(0952)24-3151",
  digits: "123",
  url: "https://city.example.jp/a",
  postal: "8408501",
  corporate: "2000020202053",
  weekdays: "月火水木金",
  poi: "0205",
  integer: "1",
  number: "1",
};

function clean({ name, kind, words }: SheetColumn, at: number): string {
  const own = BY_NAME[name];
  if (own !== undefined) return own;
  const late = /終了|閉|更新|期限/.test(name);
  if (kind === "id") return `AA${String(at).padStart(10, "0")}`;
  if (kind === "date") return late ? "2026-04-02" : "2026-04-01";
  if (kind === "time") return late ? "17:00" : "09:00";
  if (kind === "list") return words[0] ?? "";
  if (kind !== "text") return BY_KIND[kind] ?? "";
  return name.endsWith("連結表記") ? `佐賀県佐賀市${at}` : `値${at}`;
}

/** Rows of a sheet in which nothing is to be found. */
export function cleanRows({ columns }: Sheet, count: number): string[][] {
  return Array.from(
    { length: count },
    (_, at) => columns.map((column) => clean(column, at)),
  );
}

export function bytesOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Uint8Array {
  return new TextEncoder().encode(
    csvText({ header: [...header], lines: () => rows.map((row) => [...row]) }),
  );
}
