import { corrected, type Read } from "./reading.ts";

/** Ways in which files write the words of the common code lists. */
const SYNONYMS: Readonly<Record<string, string>> = {
  あり: "有",
  有り: "有",
  なし: "無",
  無し: "無",
  否: "不可",
  可能: "可",
  不可能: "不可",
};
const YES = /^(○|〇|◯|有|あり|true|yes|✓|レ)$/i;
const NO = /^(×|✕|無|なし|false|no|0)$/i;
const WEEK = "月火水木金土日";

/** A word of the code list. */
export function readListed(text: string, words: readonly string[]): Read {
  if (words.includes(text)) return { value: text };
  const word =
    words.find((one) => one.normalize("NFKC") === text.normalize("NFKC")) ??
      words.find((one) => one === SYNONYMS[text]);
  if (word !== undefined) return { code: "list_form", value: word };
  const marks = words[0] === "有" || words[0] === "可";
  if (marks && /^[○〇◯]$/.test(text)) {
    return { code: "list_form", value: words[0] ?? "" };
  }
  if (marks && /^[×✕]$/.test(text)) {
    return { code: "list_form", value: words[1] ?? "" };
  }
  return { code: "not_in_list" };
}

/** `1`, or empty for no. */
export function readFlag(text: string): Read {
  if (text === "1") return { value: text };
  if (YES.test(text)) return { code: "list_form", value: "1" };
  if (NO.test(text)) return { code: "list_form", value: "" };
  return { code: "not_in_list" };
}

/** Weekdays as single letters in the order of the week. */
export function readWeekdays(text: string): Read {
  if (/^(毎日|年中無休|無休|全日)$/.test(text)) {
    return { code: "weekdays_form", value: WEEK };
  }
  const range = /^([月火水木金土日])曜?日?[~〜～-]([月火水木金土日])曜?日?$/
    .exec(text);
  if (range !== null) {
    const from = WEEK.indexOf(range[1] ?? "");
    const to = WEEK.indexOf(range[2] ?? "");
    if (from < to) {
      return { code: "weekdays_form", value: WEEK.slice(from, to + 1) };
    }
  }
  const days = text.replaceAll(/曜日?|[・、,;\s]/g, "");
  if (!/^[月火水木金土日]+$/.test(days)) return { code: "invalid_weekdays" };
  const value = [...WEEK].filter((one) => days.includes(one)).join("");
  if (new Set(days).size !== days.length) return { code: "invalid_weekdays" };
  return corrected(text, value, "weekdays_form");
}
