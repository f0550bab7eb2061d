import { type Municipality, Text } from "@hiraku/kernel";
import { z } from "zod";
import type { Dataset, Tables } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { areasOf, districtColumn, MERGED } from "./areas.ts";
import type { Audit } from "./audit.ts";
import { LADDER } from "./rules/ladder.ts";

/**
 * What a release says of its own protection. Everything in it can be counted
 * from the published rows: it never tells a cell that was too small from one
 * that was withheld to protect it.
 */
export const Certificate = z.object({
  ladder: z.object({
    noRowUnder: z.int(),
    strictUnder: z.int(),
    strict: z.int(),
    usual: z.int(),
  }),
  /** Percent from which a sum is withheld as one or two people's; versions from before it was asked have none. */
  concentration: z.object({
    one: z.number(),
    two: z.number(),
    near: z.number(),
  }).optional(),
  tables: z.record(
    z.string(),
    z.object({
      rule: z.enum(["none", "flow", "stock", "step"]),
      reason: Text.optional(),
      thresholds: z.array(z.int()),
      rows: z.int(),
      withheld: z.int(),
    }),
  ),
  mergedAreas: z.array(z.string()),
  audit: z.object({
    outcome: z.literal("passed"),
    linesChecked: z.int(),
    narrowestInterval: z.int().nullable(),
  }),
});
export type Certificate = z.infer<typeof Certificate>;

export function certify(
  dataset: Dataset<Tables>,
  released: Readonly<Record<string, readonly ReleasedRow[]>>,
  municipality: Municipality,
  { lines, narrowest }: Audit,
): Certificate {
  const areas = areasOf(
    municipality,
    Object.values(released).flat().map((row) => String(row["districtCode"]))
      .filter((code) => code.includes(MERGED)),
  );
  const ofAreas = new Set(areas.map((area) => area.threshold));
  const city = (municipality.population?.value ?? 0) < LADDER.strictUnder
    ? LADDER.strict
    : LADDER.usual;
  const tables = Object.entries(dataset.tables).map(([id, table]) => {
    const rows = released[id] ?? [];
    const rule = table.disclosure;
    const byArea = rule.kind !== "step" && districtColumn(table) !== undefined;
    return [id, {
      rule: rule.kind,
      ...(rule.kind === "none" && { reason: rule.reason }),
      thresholds: rule.kind === "none"
        ? []
        : byArea
        ? [...ofAreas].sort((a, b) => a - b)
        : [city],
      rows: rows.length,
      withheld: rows.filter((row) => row.status === "withheld").length,
    }] as const;
  });
  const merged = new Set(
    Object.values(released).flat().map((row) => row["districtCode"])
      .filter((code) => typeof code === "string" && code.includes(MERGED)),
  );
  return {
    ladder: { ...LADDER },
    ...(Object.values(dataset.tables).some(({ disclosure }) =>
      disclosure.kind === "flow" && disclosure.amount !== undefined
    ) && { concentration: municipality.concentration }),
    tables: Object.fromEntries(tables),
    mergedAreas: [...merged].map(String).sort(),
    audit: {
      outcome: "passed",
      linesChecked: lines,
      narrowestInterval: narrowest,
    },
  };
}
