import type { Text } from "@hiraku/kernel";
import type { Sheet } from "../check/sheet.ts";
import type { Cadence, Licence, Theme } from "../dataset.ts";

/** A sheet of the municipal standard as a dataset that a city publishes. */
export interface StandardDataset {
  readonly sheet: Sheet;
  /** The dataset's id; the files carry the sheet's own name. */
  readonly id: string;
  readonly description: Text;
  readonly keywords: readonly Text[];
  readonly theme: Theme;
  readonly cadence: Cadence;
  readonly licence: Licence;
}

const THEMES: Readonly<Record<string, Theme>> = {
  "01": "REGI",
  "02": "EDUC",
  "03": "JUST",
  "04": "SOCI",
  "05": "HEAL",
  "06": "GOVE",
  "07": "TECH",
  "08": "HEAL",
  "09": "HEAL",
  "10": "HEAL",
  "11": "REGI",
  "12": "EDUC",
  "13": "REGI",
  "14": "JUST",
  "15": "ECON",
  "16": "EDUC",
  "17": "EDUC",
  "22": "HEAL",
  "24": "EDUC",
  "26": "REGI",
  "27": "GOVE",
  "28": "ENVI",
};

// The name without the word for a list, as BODIK and search engines look for it.
function shortName({ ja }: Text): string {
  return ja.replace(/(一覧|情報)$/, "");
}

/** The dataset of a sheet. */
export function standardDataset(sheet: Sheet): StandardDataset {
  const { id, slug, title } = sheet;
  return {
    sheet,
    // The statistic of that id has another shape.
    id: slug === "population" ? "population_by_age" : slug,
    description: {
      ja:
        `「${title.ja}」を自治体標準オープンデータセット（${sheet.edition}）の列と順序で公開しています。どの自治体のものとも同じように使えます。`,
      en:
        `${title.en} in the columns of the municipal standard open data set of Japan (edition 2026-08-01), so that it can be used like any other municipality's.`,
    },
    keywords: [
      { ja: shortName(title), en: title.en },
      { ja: "標準データセット", en: "standard dataset" },
    ],
    theme: THEMES[id] ?? "GOVE",
    cadence: "irregular",
    licence: "CC-BY-4.0",
  };
}
