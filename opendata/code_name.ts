import type { Municipality, Text } from "@hiraku/kernel";
import { MERGED } from "./disclosure/areas.ts";
import type { Column } from "./column.ts";

const NAMES: Record<string, Record<string, Text>> = {
  ageGroup: {
    "0-19": { ja: "0〜19歳", en: "0–19" },
    "20-39": { ja: "20〜39歳", en: "20–39" },
    "40-64": { ja: "40〜64歳", en: "40–64" },
    "65+": { ja: "65歳以上", en: "65 and over" },
    unknown: { ja: "不明", en: "Unknown" },
  },
  sex: {
    male: { ja: "男性", en: "Male" },
    female: { ja: "女性", en: "Female" },
    unknown: { ja: "不明", en: "Unknown" },
  },
  tier: {
    jpki: { ja: "マイナンバーカード", en: "My Number Card" },
    email: { ja: "メール", en: "E-mail" },
  },
  os: {
    ios: { ja: "iOS", en: "iOS" },
    android: { ja: "Android", en: "Android" },
  },
};

const UNKNOWN_DISTRICT: Text = {
  ja: "校区不明",
  en: "District unknown",
};

/** Whether a column's values have names beside them. */
export function isCoded({ codes, names }: Column): boolean {
  return codes !== undefined || names !== undefined;
}

/** What a value of a column is called; a value without a name is its own. */
export function nameOf(
  { codes, names }: Column,
  value: string,
  municipality: Municipality,
): Text {
  if (codes !== undefined) return codeName(codes, value, municipality);
  return names?.[value] ?? { ja: value, en: value };
}

/** The name of a code; an unregistered code is its own name. */
export function codeName(
  codes: NonNullable<Column["codes"]>,
  code: string,
  municipality: Municipality,
): Text {
  const itself = { ja: code, en: code };
  if (codes === "miniApp") {
    return municipality.miniApps.find((app) => app.id === code)?.name ?? itself;
  }
  if (codes === "district") return districtName(code, municipality);
  return NAMES[codes]?.[code] ?? itself;
}

function districtName(code: string, { districts }: Municipality): Text {
  const members = code.split(MERGED);
  if (code === "unknown") return UNKNOWN_DISTRICT;
  const names = members.map((member) =>
    districts.find((one) => one.code === member)?.name ??
      { ja: member, en: member }
  );
  return {
    ja: names.map((name) => name.ja).join("・") +
      (members.length > 1 ? "（合算）" : ""),
    en: names.map((name) => name.en).join(" + "),
  };
}
