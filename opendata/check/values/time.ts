import { corrected, type Read } from "./reading.ts";

const CLOCK =
  /^(?:1899-12-30T)?(\d{1,2})(?::|時)(\d{1,2})?分?(?::00)?(?:\.000Z)?$/;
const HALF = /^(午前|午後|AM|PM)/i;

/** A time of day as `HH:MM`, to `24:00` (GIF DS-441). */
export function readTime(text: string): Read {
  const half = HALF.exec(text)?.[1]?.toUpperCase();
  const match = CLOCK.exec(text.replace(HALF, "").trim());
  if (match === null) return { code: "invalid_time" };
  const later = half === "午後" || half === "PM";
  if (match[2] === undefined && !text.includes("時")) {
    return { code: "invalid_time" };
  }
  const hour = Number(match[1]) + (later && Number(match[1]) < 12 ? 12 : 0);
  const minute = Number(match[2] ?? 0);
  const past = hour > 24 || minute > 59 || (hour === 24 && minute > 0);
  if (past) return { code: "invalid_time" };
  const value = `${String(hour).padStart(2, "0")}:${
    String(minute).padStart(2, "0")
  }`;
  return corrected(text, value, "time_form");
}
