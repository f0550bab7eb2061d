import { cityDay, type Language, type Text } from "@hiraku/kernel";
import type { Cadence } from "../dataset.ts";
import type { FileEntry } from "../manifest.ts";

export const CADENCES: Record<Cadence, Text> = {
  hourly: { ja: "毎時", en: "hourly" },
  daily: { ja: "毎日", en: "daily" },
  monthly: { ja: "毎月", en: "monthly" },
  irregular: { ja: "随時", en: "irregular" },
};

/** A whole number with thousands separators, the same in both languages. */
export function number(value: number): string {
  return new Intl.NumberFormat("en").format(value);
}

/** The city's day of an instant. */
export function cityDate(instant: string): string {
  return cityDay(new Date(instant));
}

export function periodText(
  { from, to }: { from: string; to: string },
  language: Language,
): string {
  return from === to
    ? from
    : `${from}${language === "ja" ? "〜" : " to "}${to}`;
}

/** A size people can read, such as `1.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const FORMAT_NAMES: Record<FileEntry["format"], Text> = {
  csv: { ja: "CSV", en: "CSV" },
  xlsx: { ja: "Excel", en: "Excel" },
  json: { ja: "JSON", en: "JSON" },
  jsonld: { ja: "JSON-LD", en: "JSON-LD" },
  geojson: { ja: "GeoJSON", en: "GeoJSON" },
  parquet: { ja: "Parquet", en: "Parquet" },
  arrow: { ja: "Arrow", en: "Arrow" },
  zip: { ja: "ZIP（すべて）", en: "ZIP (everything)" },
};
