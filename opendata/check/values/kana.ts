import type { Read } from "./reading.ts";

const HALF_WIDTH = /[\uFF61-\uFF9F]+/g;
const KATAKANA = /^[\u30A0-\u30FF\u3000-\u301F！-～０-９Ａ-Ｚａ-ｚⅠ-Ⅻ―－‐’”]+$/;

/** Full-width katakana, with the full-width signs and digits of names. */
export function readKana(text: string): Read {
  if (KATAKANA.test(text)) return { value: text };
  const full = fullWidthKana(text);
  const value = [...full].map(widened).join("");
  const code = full === text ? "kana" : "half_width_kana";
  return KATAKANA.test(value) ? { code, value } : { code };
}

/** The same text with half-width kana made full-width, and nothing else changed. */
export function fullWidthKana(text: string): string {
  return text.replaceAll(HALF_WIDTH, (kana) => kana.normalize("NFKC"));
}

function widened(letter: string): string {
  const at = letter.charCodeAt(0);
  if (letter === " ") return "　";
  if (at > 0x20 && at < 0x7f) return String.fromCharCode(at + 0xfee0);
  if (at >= 0x3041 && at <= 0x3096) return String.fromCharCode(at + 0x60);
  return letter;
}
