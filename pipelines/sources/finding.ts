import type { Text } from "@hiraku/kernel";

/** What may be wrong in a file. Errors keep a row out, warnings say how a rule repaired it. */
const MESSAGES = {
  unknown_file: {
    severity: "error",
    ja: "取り込める種類のファイルではありません",
    en: "The file is of no kind that can be imported",
  },
  file_too_large: {
    severity: "error",
    ja: "ファイルが大きすぎます",
    en: "The file is too large",
  },
  unreadable_file: {
    severity: "error",
    ja: "ファイルが壊れているか、文字コードを判別できません",
    en: "The file is damaged or its encoding cannot be told",
  },
  missing_column: {
    severity: "error",
    ja: "必要な列がありません",
    en: "A required column is missing",
  },
  unknown_column: {
    severity: "warning",
    ja: "知らない列なので取り込みません",
    en: "The column is not known and is left out",
  },
  column_count: {
    severity: "error",
    ja: "見出しより列が多く、値がずれているおそれがあります",
    en: "The row has more columns than the header; its values may be shifted",
  },
  missing_value: {
    severity: "error",
    ja: "値がありません",
    en: "The value is missing",
  },
  withheld_value: {
    severity: "warning",
    ja: "値が空欄か秘匿なので不明として扱います",
    en: "The cell is empty or withheld and counts as not known",
  },
  not_a_number: {
    severity: "error",
    ja: "数値ではありません",
    en: "The value is not a number",
  },
  not_an_integer: {
    severity: "error",
    ja: "整数ではありません",
    en: "The value is not a whole number",
  },
  negative: {
    severity: "error",
    ja: "負の数です",
    en: "The value is negative",
  },
  full_width: {
    severity: "warning",
    ja: "全角文字を半角として読みました",
    en: "Full-width characters were read as half-width",
  },
  thousand_separators: {
    severity: "warning",
    ja: "桁区切りのカンマを取り除いて読みました",
    en: "Thousand separators were taken out",
  },
  dash_is_zero: {
    severity: "warning",
    ja: "「-」を0として読みました",
    en: "A dash was read as zero",
  },
  five_digit_code: {
    severity: "warning",
    ja: "5桁の団体コードに検査数字を補いました",
    en: "A check digit was added to the five-digit municipality code",
  },
  lost_zero: {
    severity: "warning",
    ja: "団体コードの先頭の0を補いました",
    en: "The leading zero of the municipality code was restored",
  },
  ambiguous_code: {
    severity: "error",
    ja: "団体コードが2通りに読めます",
    en: "The municipality code can be read in two ways",
  },
  invalid_code: {
    severity: "error",
    ja: "団体コードが正しくありません",
    en: "The municipality code is not valid",
  },
  other_municipality: {
    severity: "error",
    ja: "ほかの地方公共団体の行です",
    en: "The row belongs to another municipality",
  },
  slash_date: {
    severity: "warning",
    ja: "日付をYYYY-MM-DDに直しました",
    en: "The date was rewritten as YYYY-MM-DD",
  },
  month_first_date: {
    severity: "warning",
    ja: "日付を月/日/年の順として読みました",
    en: "The date was read as month/day/year",
  },
  era_date: {
    severity: "warning",
    ja: "和暦を西暦に直しました",
    en: "The Japanese era date was converted",
  },
  serial_date: {
    severity: "warning",
    ja: "表計算ソフトの通し番号を日付に直しました",
    en: "A spreadsheet serial number was converted to a date",
  },
  invalid_date: {
    severity: "error",
    ja: "日付ではありません",
    en: "The value is not a date",
  },
  total_mismatch: {
    severity: "error",
    ja: "内訳の合計が一致しません",
    en: "The parts do not add up to the total",
  },
  total_row: {
    severity: "error",
    ja: "小計の行なので、地域として取り込みません",
    en: "The row is a subtotal and not an area",
  },
  city_total: {
    severity: "warning",
    ja: "合計の行を市全体の人口として取り込みました",
    en: "The row of totals was taken as the population of the whole city",
  },
  duplicate_row: {
    severity: "error",
    ja: "同じものの行が前にもあります",
    en: "The same thing stands in an earlier row",
  },
  invalid_shelter_id: {
    severity: "error",
    ja: "共通IDの形が正しくありません",
    en: "The national shelter ID does not have the right shape",
  },
  emergency_site: {
    severity: "error",
    ja: "指定緊急避難場所であり、指定避難所ではありません",
    en: "This is an emergency evacuation site, not a designated shelter",
  },
  invalid_position: {
    severity: "error",
    ja: "位置が日本の範囲にありません",
    en: "The position is not within Japan",
  },
  swapped_position: {
    severity: "error",
    ja: "緯度と経度が逆です",
    en: "Latitude and longitude are swapped",
  },
} as const;

export type FindingCode = keyof typeof MESSAGES;

/** One thing found in a file, by row and column, without the value. */
export interface Finding {
  /** Line of the file or row of the sheet, from 1; for GeoJSON the feature; 0 for the file. */
  readonly row: number;
  /** Such as `H (総人口)`; empty for the whole row. */
  readonly column: string;
  readonly code: FindingCode;
  readonly severity: "error" | "warning";
  readonly message: Text;
}

export function finding(
  row: number,
  column: string,
  code: FindingCode,
): Finding {
  const { severity, ja, en } = MESSAGES[code];
  return { row, column, code, severity, message: { ja, en } };
}

/** Whether any of these keeps its row out. */
export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
