import { z } from "zod";

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
