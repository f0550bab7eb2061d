import { z } from "zod";
import type { Text } from "./language.ts";

/**
 * Who may see and do what. `board` is the mayor and council, `hq` the disaster
 * headquarters; `officer` publishes. Everyone else is the public.
 */
export const ROLES = [
  "partner",
  "analyst",
  "section",
  "officer",
  "board",
  "hq",
  "admin",
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What roles are called on pages. */
export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  partner: { ja: "連携事業者", en: "partner" },
  analyst: { ja: "分析担当", en: "analyst" },
  section: { ja: "所管課", en: "section" },
  officer: { ja: "公開担当", en: "officer" },
  board: { ja: "市長・議会", en: "mayor and council" },
  hq: { ja: "災害対策本部", en: "disaster headquarters" },
  admin: { ja: "管理者", en: "admin" },
};
