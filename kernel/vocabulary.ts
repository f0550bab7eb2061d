import { z } from "zod";

/** The 18 age bands of the municipal standard's population sheet (04). */
export const AGE_BANDS = [
  "0-4",
  "5-9",
  "10-14",
  "15-19",
  "20-24",
  "25-29",
  "30-34",
  "35-39",
  "40-44",
  "45-49",
  "50-54",
  "55-59",
  "60-64",
  "65-69",
  "70-74",
  "75-79",
  "80-84",
  "85+",
] as const;
export const AgeBand = z.enum(AGE_BANDS);
export type AgeBand = z.infer<typeof AgeBand>;

/** The coarser groups of published tables, each a union of age bands. */
export const AGE_GROUPS = ["0-19", "20-39", "40-64", "65+", "unknown"] as const;
export const AgeGroup = z.enum(AGE_GROUPS);
export type AgeGroup = z.infer<typeof AgeGroup>;

export function ageGroup(band: AgeBand | null): AgeGroup {
  if (band === null) return "unknown";
  const from = parseInt(band, 10);
  if (from < 20) return "0-19";
  if (from < 40) return "20-39";
  return from < 65 ? "40-64" : "65+";
}

/** ISO 5218: 0 not known, 1 male, 2 female, 9 not applicable. */
export const Sex = z.enum(["0", "1", "2", "9"]);
export type Sex = z.infer<typeof Sex>;

/** Sex in published tables: male, female, or everything else together. */
export const SEX_GROUPS = ["male", "female", "unknown"] as const;
export const SexGroup = z.enum(SEX_GROUPS);
export type SexGroup = z.infer<typeof SexGroup>;

/** How a registrant proved who they are: by card signature, or by e-mail only. */
export const Tier = z.enum(["jpki", "email"]);
export type Tier = z.infer<typeof Tier>;

/** Ordinary days, drills and disasters are never mixed in one figure. */
export const Mode = z.enum(["normal", "drill", "disaster"]);
export type Mode = z.infer<typeof Mode>;

/** Stands for "no verified value" in a published dimension. */
export const UNKNOWN = "unknown";
