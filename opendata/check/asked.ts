import type { Text } from "@hiraku/kernel";
import type { SheetColumn } from "./sheet.ts";

const ASKS: Readonly<Record<Exclude<SheetColumn["kind"], "list">, Text>> = {
  text: {
    ja: "前後に空白を置かない文字列",
    en: "Text without spaces around it",
  },
  id: { ja: "半角英数字", en: "Half-width letters and digits" },
  code: {
    ja: "検査数字を含む6桁の半角数字（先頭の0を省かない）",
    en: "Six half-width digits with the check digit, leading zero kept",
  },
  town: {
    ja: "アドレス・ベース・レジストリの町字ID（例 0008-001）",
    en: "Town ID of the Address Base Registry, such as 0008-001",
  },
  kana: { ja: "全角カタカナ", en: "Full-width katakana" },
  latitude: {
    ja: "10進の度、半角（JGD2011、日本の範囲、原則小数6桁）",
    en: "Decimal degrees, half-width (JGD2011, within Japan, 6 decimals)",
  },
  longitude: {
    ja: "10進の度、半角（JGD2011、日本の範囲、原則小数6桁）",
    en: "Decimal degrees, half-width (JGD2011, within Japan, 6 decimals)",
  },
  email: { ja: "メールアドレス", en: "An e-mail address" },
  flag: { ja: "1または空欄", en: "1 or empty" },
  phone: {
    ja: "(0999)99-9999の形、半角。0120や携帯はハイフンのみ（DS-445）",
    en: "(0999)99-9999, half-width; 0120 and mobile with hyphens (DS-445)",
  },
  digits: { ja: "半角数字", en: "Half-width digits" },
  url: { ja: "http://またはhttps://で始まるURL", en: "An http or https URL" },
  postal: { ja: "7桁の半角数字", en: "Seven half-width digits" },
  corporate: {
    ja: "検査数字を含む13桁の法人番号",
    en: "Corporate number of 13 digits with its check digit",
  },
  weekdays: {
    ja: "月火水木金土日のうち該当する文字をこの順で",
    en: "Those of 月火水木金土日 that apply, in this order",
  },
  time: { ja: "HH:MM（24時間、半角）", en: "HH:MM, 24 hours, half-width" },
  date: { ja: "YYYY-MM-DD（西暦、半角）", en: "YYYY-MM-DD" },
  poi: { ja: "4桁の半角数字", en: "Four half-width digits" },
  integer: {
    ja: "半角の整数（桁区切りや単位を付けない）",
    en: "A whole number in half-width digits, no separators or unit",
  },
  number: {
    ja: "半角の数値（桁区切りや単位を付けない）",
    en: "A number in half-width digits, no separators or unit",
  },
};

/** What the standard asks of a cell of this column. */
export function asked({ kind, words }: SheetColumn): Text {
  if (kind !== "list") return ASKS[kind];
  const shown = words.join("、");
  return { ja: `次のいずれか: ${shown}`, en: `One of ${shown}` };
}
