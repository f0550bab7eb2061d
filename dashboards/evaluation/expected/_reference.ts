import assert from "node:assert/strict";
import { describe, evaluate } from "../evaluate.ts";
import { readTable } from "../table.ts";

const REFERENCE = new URL(
  "../../../../shared/data/statistics/",
  import.meta.url,
);

/** One published result, reproduced; it reads of `expected` what it holds us to. */
export interface Check {
  readonly name: string;
  readonly check: (expected: Expected, read: typeof evaluateFile) => void;
}

// deno-lint-ignore no-explicit-any
export type Expected = any;

/** Whether published results are at hand; says so where they are not. */
export async function present(): Promise<boolean> {
  const there = await Deno.stat(REFERENCE).then(() => true, () => false);
  if (!there) {
    await Deno.stdout.write(
      new TextEncoder().encode("Reference results are absent: skipped\n"),
    );
  }
  return there;
}

export function textOf(file: string): string {
  return Deno.readTextFileSync(new URL(file, REFERENCE));
}

/** What a design says of a table, or of a file of the reference. */
export function evaluateFile(
  design: string,
  from: string | { readonly csv: readonly string[] },
  spec: Record<string, unknown>,
): Expected {
  const text = typeof from === "string" ? textOf(from) : from.csv.join("\n");
  const table = readTable(text);
  return describe(design, table, spec) ?? evaluate(design, table, spec);
}

export function near(
  actual: number,
  expected: number,
  tolerance: number,
): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected} ± ${tolerance}`,
  );
}

/** Agreement to so many significant digits. */
export function digits(actual: number, expected: number, count: number): void {
  near(actual, expected, Math.abs(expected) * 10 ** -count);
}
