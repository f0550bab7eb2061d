import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { z } from "zod";

// Additions and comparisons only, and nothing of the code that protects:
// whoever does not trust that code can trust this, or redo it in a spreadsheet.

const Line = z.int().min(1);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Certificate = z.object({
  format: z.literal("hiraku-certificate/1"),
  released: z.object({ file: z.literal("released.csv"), sha256: Hash }),
  rule: z.object({
    measure: z.enum(["count", "magnitude"]),
    k: z.int().min(1),
    bothSides: z.boolean(),
    unit: z.number().positive(),
    base: z.int().min(2).optional(),
  }),
  latent: z.int().nonnegative(),
  caps: z.array(z.tuple([Line, z.int()])),
  known: z.array(z.tuple([Line, z.int()])),
  relations: z.array(z.object({
    terms: z.array(z.tuple([Line, z.int()])).min(1),
    low: z.number().optional(),
    high: z.number().optional(),
  })),
  parts: z.array(z.object({
    lines: z.array(Line),
    first: z.array(z.int()),
    witnesses: z.array(z.object({
      sha256: Hash,
      changes: z.array(z.tuple([z.int().nonnegative(), z.int()])),
    })),
  })),
  intervals: z.array(z.object({
    line: Line,
    low: z.int(),
    high: z.int().nullable(),
    exact: z.boolean(),
    lowWitness: z.string(),
    highWitness: z.string(),
  })),
  grades: z.object({ narrowest: z.int().nullable() }),
  sha256: Hash,
});

/** What verification found; `faults` is empty when the certificate holds. */
export interface Verdict {
  readonly holds: boolean;
  readonly withheld: number;
  readonly witnesses: number;
  readonly narrowest: number | null;
  readonly faults: readonly string[];
}

type Reading =
  | { readonly kind: "shown"; readonly value: number }
  | { readonly kind: "withheld" }
  | { readonly kind: "rounded"; readonly value: number };

/**
 * Checks that every witness of a certificate is a table of whole numbers that
 * agrees with the released file in every sum, and that the two witnesses of
 * each withheld figure are as far apart as its interval says and the rule asks.
 */
export function verifyCertificate(
  certificateText: string,
  releasedText: string,
): Verdict {
  const faults: string[] = [];
  const fault = (message: string) => {
    if (faults.length < 100) faults.push(message);
  };
  const given = readJson(certificateText);
  const parsed = Certificate.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") ?? "";
    return {
      holds: false,
      withheld: 0,
      witnesses: 0,
      narrowest: null,
      faults: [`The certificate is not of this format: ${where}`],
    };
  }
  const certificate = parsed.data;
  const sealed = JSON.stringify({ ...Object(given), sha256: undefined });
  if (sha256(sealed) !== certificate.sha256) {
    fault("The certificate was changed after it was issued");
  }
  if (sha256(releasedText) !== certificate.released.sha256) {
    fault("released.csv is not the file the certificate speaks of");
  }
  const readings = readLines(releasedText, certificate.rule.unit, fault);
  const known = new Map<number, number>();
  readings.forEach((one, at) => {
    if (one.kind === "shown") known.set(at + 1, one.value);
  });
  for (const [line, value] of certificate.known) {
    const shown = known.get(line);
    if (shown !== undefined && shown !== value) {
      fault(`Line ${line}: the certificate knows another figure`);
    }
    known.set(line, value);
  }
  const caps = new Map(certificate.caps);
  const { ranges, count } = checkWitnesses(
    certificate,
    known,
    readings,
    caps,
    fault,
  );
  checkShown(certificate, known, fault);
  const narrowest = checkIntervals(
    certificate,
    readings,
    known,
    caps,
    ranges,
    fault,
  );
  if (narrowest !== certificate.grades.narrowest) {
    fault("The narrowest interval is not the one it names");
  }
  return {
    holds: faults.length === 0,
    withheld: certificate.intervals.length,
    witnesses: count,
    narrowest,
    faults,
  };
}

type Parsed = z.infer<typeof Certificate>;
type Fault = (message: string) => void;

/** The value each witness gives each line of its part, once it was checked. */
type Ranges = ReadonlyMap<string, ReadonlyMap<number, number>>;

function checkWitnesses(
  { parts, relations, rule }: Parsed,
  known: ReadonlyMap<number, number>,
  readings: readonly Reading[],
  caps: ReadonlyMap<number, number>,
  fault: Fault,
): { ranges: Ranges; count: number } {
  const partOf = new Map<number, number>();
  parts.forEach(({ lines }, at) =>
    lines.forEach((line) => {
      if (partOf.has(line)) fault(`Line ${line} stands in two parts`);
      if (known.has(line)) fault(`Line ${line} is known and yet has witnesses`);
      partOf.set(line, at);
    })
  );
  const relationsOf = parts.map((): Parsed["relations"] => []);
  for (const relation of relations) {
    const touched = new Set(
      relation.terms.flatMap(([line]) => partOf.get(line) ?? []),
    );
    const open = relation.terms.some(([line]) =>
      !known.has(line) && !partOf.has(line)
    );
    if (open) fault("A figure is neither shown nor has witnesses");
    if (touched.size > 1) fault("A relation joins two parts");
    for (const at of touched) relationsOf[at]?.push(relation);
  }
  const ranges = new Map<string, ReadonlyMap<number, number>>();
  parts.forEach(({ lines, first, witnesses }, at) => {
    if (first.length !== lines.length) fault("A part lacks values");
    for (const { sha256: hash, changes } of witnesses) {
      const values = [...first];
      for (const [place, value] of changes) values[place] = value;
      const text = lines.map((line, i) => `${line}=${values[i]}\n`).join("");
      if (sha256(text) !== hash) fault("A witness does not have its hash");
      const witness = new Map(lines.map((line, i) => [line, values[i] ?? NaN]));
      for (const [line, value] of witness) {
        const reading = readings[line - 1];
        const isNear = reading?.kind !== "rounded" ||
          Math.abs(value - reading.value) < (rule.base ?? 1);
        if (value < 0 || value > (caps.get(line) ?? Infinity) || !isNear) {
          fault(`Line ${line}: a witness has an impossible figure`);
        }
      }
      for (const relation of relationsOf[at] ?? []) {
        if (!adds(relation, (line) => witness.get(line) ?? known.get(line))) {
          fault("A witness does not add up");
        }
      }
      ranges.set(hash, witness);
    }
  });
  return { ranges, count: ranges.size };
}

/** The figures that are shown agree with each other wherever nothing is withheld. */
function checkShown(
  { relations }: Parsed,
  known: ReadonlyMap<number, number>,
  fault: Fault,
): void {
  for (const relation of relations) {
    if (!relation.terms.every(([line]) => known.has(line))) continue;
    if (!adds(relation, (line) => known.get(line))) {
      fault("Figures that are shown do not add up");
    }
  }
}

function checkIntervals(
  { intervals, rule }: Parsed,
  readings: readonly Reading[],
  known: ReadonlyMap<number, number>,
  caps: ReadonlyMap<number, number>,
  ranges: Ranges,
  fault: Fault,
): number | null {
  const certified = new Map(intervals.map((one) => [one.line, one]));
  if (certified.size !== intervals.length) fault("A line has two intervals");
  let narrowest = Infinity;
  readings.forEach((reading, at) => {
    const line = at + 1;
    if (reading.kind === "shown" || known.has(line)) return;
    const one = certified.get(line);
    if (one === undefined) return fault(`Line ${line} has no interval`);
    const low = ranges.get(one.lowWitness)?.get(line);
    const high = ranges.get(one.highWitness)?.get(line);
    if (low === undefined || high === undefined) {
      return fault(`Line ${line} lacks a witness`);
    }
    if (low !== one.low || (one.high !== null && high !== one.high)) {
      fault(`Line ${line}: a witness does not reach its interval's end`);
    }
    const values = high - low + 1;
    narrowest = Math.min(narrowest, one.high === null ? Infinity : values);
    if (values < 2) fault(`Line ${line} may take one value only`);
    const cap = caps.get(line) ?? Infinity;
    const isSmall = low < rule.k && high >= 1;
    const isNearAll = rule.bothSides && high > cap - rule.k;
    const mustBeWide = rule.measure === "count" &&
      (!one.exact || isSmall || isNearAll);
    if (mustBeWide && values < rule.k) {
      fault(`Line ${line} may take fewer than ${rule.k} values`);
    }
  });
  return Number.isFinite(narrowest) ? narrowest : null;
}

function adds(
  { terms, low = -Infinity, high = Infinity }: Parsed["relations"][number],
  valueOf: (line: number) => number | undefined,
): boolean {
  let sum = 0;
  for (const [line, factor] of terms) {
    const value = valueOf(line);
    if (value === undefined) return false;
    sum += factor * value;
  }
  return sum >= low && sum <= high;
}

function readLines(text: string, unit: number, fault: Fault): Reading[] {
  let rows: string[][] = [];
  try {
    rows = parse(text, { bom: true });
  } catch {
    fault("released.csv is not a CSV");
  }
  const [header = [], ...lines] = rows;
  const at = {
    value: header.indexOf("value"),
    status: header.indexOf("status"),
  };
  return lines.map((line, index) => {
    const status = line[at.status];
    const value = line[at.value] ?? "";
    if (status === "withheld") {
      if (value !== "") fault(`Line ${index + 1}: a withheld figure is shown`);
      return { kind: "withheld" };
    }
    const figure = Math.round(Number(value) / unit);
    if (value === "" || !Number.isSafeInteger(figure)) {
      fault(`Line ${index + 1} holds no figure`);
    }
    if (status === "rounded") return { kind: "rounded", value: figure };
    if (status !== "published") fault(`Line ${index + 1} has no known status`);
    return { kind: "shown", value: figure };
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
