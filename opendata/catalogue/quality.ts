import { addDays, addMonths, type Text } from "@hiraku/kernel";
import type { Manifest } from "../manifest.ts";

/** The nine criteria of udata, the software of France's national catalogue. */
export const CRITERIA = {
  licence: { ja: "ライセンスが明示されている", en: "A licence is stated" },
  temporal: {
    ja: "対象期間が書かれている",
    en: "The period covered is stated",
  },
  spatial: { ja: "対象地域が書かれている", en: "The area covered is stated" },
  frequency: {
    ja: "更新頻度が書かれている",
    en: "The frequency of updates is stated",
  },
  punctual: {
    ja: "更新頻度どおりに更新されている",
    en: "It is updated as often as promised",
  },
  description: {
    ja: "説明が十分に長い",
    en: "The description is long enough",
  },
  openFormat: {
    ja: "オープンな形式で提供されている",
    en: "It is offered in an open format",
  },
  reachable: {
    ja: "すべてのファイルを取得できる",
    en: "Every file can be downloaded",
  },
  documented: {
    ja: "すべての列に説明がある",
    en: "Every column is documented",
  },
} as const satisfies Record<string, Text>;
export type Criterion = keyof typeof CRITERIA;

export interface Quality {
  /** 0 to 1. */
  readonly score: number;
  readonly met: Readonly<Record<Criterion, boolean>>;
}

const LONG_ENOUGH = 50;

/** Holds what is said of a dataset against the nine criteria, on a city day. */
export function quality(manifest: Manifest, today: string): Quality {
  const { tables, files, description, municipality } = manifest;
  const met: Record<Criterion, boolean> = {
    licence: manifest.licence !== "",
    temporal: manifest.temporal !== null,
    spatial: municipality.code !== "",
    frequency: manifest.cadence !== "irregular",
    punctual: dueBy(manifest) >= today,
    description: description.ja.length >= LONG_ENOUGH,
    openFormat: files.some(({ format }) =>
      format === "csv" || format === "json"
    ),
    // Files lie beside the manifest that lists them, and were read back.
    reachable: files.length > 0,
    documented: tables.every(({ columns }) =>
      columns.every(({ title }) => title.ja !== "" && title.en !== "")
    ),
  };
  const all = Object.values(met);
  return { score: all.filter(Boolean).length / all.length, met };
}

/** The day by which a next version is owed; a month's figures come after its end. */
function dueBy({ cadence, publishedAt }: Manifest): string {
  const day = publishedAt.slice(0, 10);
  if (cadence === "hourly" || cadence === "daily") return addDays(day, 2);
  if (cadence === "monthly") {
    return `${addMonths(day.slice(0, 7), 2)}-${day.slice(8)}`;
  }
  return `${addMonths(day.slice(0, 7), 13)}-${day.slice(8)}`;
}
