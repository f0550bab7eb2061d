import assert from "node:assert/strict";
import { evaluate } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import { readTable } from "./table.ts";

const REFERENCE = new URL(
  "../../../shared/data/statistics/",
  import.meta.url,
);

const present = await Deno.stat(REFERENCE).then(() => true, () => false);
if (!present) {
  await Deno.stdout.write(
    new TextEncoder().encode("Reference results are absent: skipped\n"),
  );
}

/** A test of published results, where they are at hand. */
export function reference(
  name: string,
  check: (expected: Expected, read: typeof evaluateFile) => void,
): void {
  Deno.test({
    name,
    ignore: !present,
    fn: () => check(JSON.parse(textOf("expected.json")), evaluateFile),
  });
}

function textOf(file: string): string {
  return Deno.readTextFileSync(new URL(file, REFERENCE));
}

// deno-lint-ignore no-explicit-any
type Expected = any;

function evaluateFile(
  design: string,
  file: string,
  spec: Record<string, unknown>,
  // deno-lint-ignore no-explicit-any
): Omit<Evaluation, "details"> & { details: any } {
  return evaluate(design, readTable(textOf(file)), spec);
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
