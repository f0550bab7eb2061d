import type { Text } from "@hiraku/kernel";
import type { Audience } from "./board.ts";

/** Whom boards are for, in words. */
export const AUDIENCES: Readonly<Record<Audience, Text>> = {
  mayor: { ja: "市長・幹部", en: "mayor" },
  council: { ja: "議会", en: "council" },
  section: { ja: "担当課", en: "sections" },
  partner: { ja: "連携先", en: "partners" },
  public: { ja: "市民", en: "public" },
};
