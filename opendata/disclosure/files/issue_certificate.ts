import type { Audited } from "./audit_release.ts";
import type { Described } from "./read_family.ts";
import { RELEASED } from "./released_file.ts";
import { unitsOf } from "../model/units.ts";
import { sensitivityOf } from "../rules/sensitivity.ts";
import type { PartIntervals } from "../solve/intervals.ts";
import { sealOf, sha256, witnessHash } from "./witness_text.ts";

export const CERTIFICATE = "certificate.json";

/** A certificate as it is written; `verifyCertificate` reads it with code of its own. */
export interface IssuedCertificate {
  readonly format: "hiraku-certificate/1";
  readonly released: { readonly file: string; readonly sha256: string };
  readonly rule: {
    readonly measure: "count" | "magnitude";
    readonly k: number;
    readonly bothSides: boolean;
    readonly unit: number;
    /** Rounded figures are less than this away from the truth. */
    readonly base?: number;
  };
  /** Cells that exist but stand in no line; they are numbered behind the lines. */
  readonly latent: number;
  readonly caps: readonly (readonly [line: number, cap: number])[];
  /** Lines of figures an earlier release shows, or that the spec says are known. */
  readonly known: readonly (readonly [line: number, value: number])[];
  /** `low <= sum of factor × figure <= high`; a missing end is open. */
  readonly relations: readonly {
    readonly terms: readonly (readonly [line: number, factor: number])[];
    readonly low?: number;
    readonly high?: number;
  }[];
  readonly parts: readonly {
    readonly lines: readonly number[];
    readonly first: readonly number[];
    /** Each witness by its differences from the first. */
    readonly witnesses: readonly {
      readonly sha256: string;
      readonly changes: readonly (readonly [at: number, value: number])[];
    }[];
  }[];
  readonly intervals: readonly {
    readonly line: number;
    readonly low: number;
    readonly high: number | null;
    readonly exact: boolean;
    readonly lowWitness: string;
    readonly highWitness: string;
  }[];
  readonly grades: {
    readonly g1: boolean;
    readonly g2: boolean;
    readonly g3: { readonly holds: number; readonly of: number };
    readonly narrowest: number | null;
  };
  /** Of the certificate without this field, written without spaces. */
  readonly sha256: string;
}

/**
 * Everything in it follows from the released file and public knowledge. It
 * never tells a cell that was too small from one withheld to protect it.
 */
export function issueCertificate(
  { family, spec }: Described,
  releasedText: string,
  { audit, knowledge, unknown, parts }: Audited,
): IssuedCertificate {
  const lineOf = linesOf(family.cells);
  const rules = sensitivityOf(spec);
  const withheld = new Set(knowledge.withheld);
  const line = (column: number) => lineOf[unknown[column] ?? 0] ?? 0;
  const told = parts.map((part) => tellPart(part, line));
  const certificate: Omit<IssuedCertificate, "sha256"> = {
    format: "hiraku-certificate/1",
    released: { file: RELEASED, sha256: sha256(releasedText) },
    rule: {
      measure: rules.kind,
      k: rules.k,
      bothSides: rules.bothSides,
      unit: 1 / unitsOf(spec),
      ...(spec.base !== undefined && { base: spec.base }),
    },
    latent: family.cells.filter((one) => one.latent).length,
    caps: family.caps.flatMap((cap, cell) =>
      cap === Infinity ? [] : [[lineOf[cell] ?? 0, cap] as const]
    ),
    known: [...knowledge.known].map(([cell, value]) =>
      [lineOf[cell] ?? 0, value] as const
    ).sort(([a], [b]) => a - b),
    relations: family.rows.map((row) => ({
      terms: row.columns.map((cell, at) =>
        [lineOf[cell] ?? 0, row.factors[at] ?? 0] as const
      ),
      ...(row.low !== -Infinity && { low: row.low }),
      ...(row.high !== Infinity && { high: row.high }),
    })),
    parts: told.map((one) => one.part),
    intervals: parts.flatMap(({ columns, intervals }, p) =>
      columns.flatMap((column, at) => {
        const one = intervals[at];
        const cell = unknown[column] ?? 0;
        if (one === undefined || !withheld.has(cell)) return [];
        return [{
          line: lineOf[cell] ?? 0,
          low: one.low,
          high: one.high === Infinity ? null : one.high,
          exact: one.exact,
          lowWitness: told[p]?.hashes[one.lowAt] ?? "",
          highWitness: told[p]?.hashes[one.highAt] ?? "",
        }];
      })
    ).sort((a, b) => a.line - b.line),
    grades: {
      g1: audit.g1,
      g2: audit.g2,
      g3: audit.g3,
      narrowest: audit.narrowest,
    },
  };
  return { ...certificate, sha256: sealOf(certificate) };
}

/** Line of `released.csv` (1 is the first under the header) of each cell. */
function linesOf(cells: readonly { readonly latent: boolean }[]): number[] {
  let shown = 0;
  let latent = cells.filter((one) => !one.latent).length;
  return cells.map((one) => one.latent ? ++latent : ++shown);
}

/** A part's witnesses that some interval needs, renumbered and hashed. */
function tellPart(
  { columns, intervals, witnesses }: PartIntervals,
  line: (column: number) => number,
): {
  part: IssuedCertificate["parts"][number];
  hashes: Record<number, string>;
} {
  const lines = columns.map(line);
  const used = [
    ...new Set(intervals.flatMap((one) => [one.lowAt, one.highAt])),
  ].filter((at) => at >= 0).sort((a, b) => a - b);
  const first = witnesses[used[0] ?? 0] ?? new Float64Array();
  const hashes: Record<number, string> = {};
  const told = used.map((at) => {
    const values = witnesses[at] ?? first;
    const hash = witnessHash(lines, values);
    hashes[at] = hash;
    const changes: [number, number][] = [];
    values.forEach((value, i) => {
      if (value !== first[i]) changes.push([i, value]);
    });
    return { sha256: hash, changes };
  });
  return { part: { lines, first: [...first], witnesses: told }, hashes };
}
