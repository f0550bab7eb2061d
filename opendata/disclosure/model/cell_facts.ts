import type { Dimension } from "./dimension.ts";
import type { Fact, Facts } from "./facts.ts";
import { type Family, keyOf } from "./family.ts";
import { type CsvRow, readCsv, wholeOf } from "./read_csv.ts";
import { refuse, type Spec } from "./spec.ts";

/** Facts from a CSV of one row a cell. Sums that are not given are made. */
export function cellFacts(family: Family, spec: Spec, text: string): Facts {
  const { dimensions } = family;
  const columns = columnsOf(spec);
  const rows = readCsv(text, {
    delimiter: spec.delimiter,
    columns: [
      ...dimensions.map((one) => one.column),
      ...Object.values(columns).flat(),
    ],
    field: "data",
  });
  const given = new Map<string, Fact>();
  rows.forEach((row, index) => {
    const codes = codesOf(dimensions, row, index + 1);
    const key = keyOf(codes);
    if (given.has(key)) {
      refuse("data", `row ${index + 1}: the cell stands twice`);
    }
    given.set(key, factOf(spec, row, index + 1));
  });
  const made = new Map<string, Fact | undefined>();
  const find = (codes: readonly number[]): Fact | undefined => {
    const key = keyOf(codes);
    const known = given.get(key);
    if (known !== undefined) return known;
    if (made.has(key)) return made.get(key);
    let found: Fact | undefined;
    for (const [d, dimension] of dimensions.entries()) {
      for (const { parent, parts } of dimension.groups) {
        if (found !== undefined || parent !== codes[d]) continue;
        const under = parts.flatMap((part) => find(codes.with(d, part)) ?? []);
        if (under.length === 0) continue;
        if (
          dimension.relation === "cover" && under.some((one) => one.value > 0)
        ) {
          refuse(
            "data",
            `the total over '${dimension.name}' is not the sum of its parts and must be given`,
          );
        }
        found = sumOf(under);
      }
    }
    made.set(key, found);
    return found;
  };
  const nothing: Fact = {
    value: 0,
    ...("magnitude" in spec.measure && { contributors: 0, largest: [] }),
  };
  const facts = family.cells.map(({ codes }) => find(codes) ?? nothing);
  for (const key of given.keys()) {
    if (!family.at.has(key) && spec.tables === undefined) {
      refuse("data", "a cell does not stand in the table");
    }
  }
  return facts;
}

/** The codes of a row; a code that no tree or order knows is refused. */
export function codesOf(
  dimensions: readonly Dimension[],
  row: CsvRow,
  line: number,
  by: "column" | "name" = "column",
): number[] {
  return dimensions.map((dimension) => {
    const code = row[dimension[by]] ?? "";
    return dimension.at.get(code) ?? dimension.at.get(code.trim()) ??
      refuse(
        "data",
        `row ${line}: '${
          dimension[by]
        }' has a code that is in none of its trees`,
      );
  });
}

function columnsOf({ measure, weights }: Spec): Record<string, string[]> {
  const own = "magnitude" in measure
    ? [
      measure.magnitude,
      ...measure.largest ?? [],
      ...measure.contributors === undefined ? [] : [measure.contributors],
    ]
    : [
      measure.count ?? refuse("measure.count", "cells need a column of counts"),
    ];
  if (!("magnitude" in measure) && measure.person !== undefined) {
    refuse("measure.person", "cells have no persons; use input 'records'");
  }
  return {
    own,
    households: measure.households === undefined ? [] : [measure.households],
    weights: typeof weights === "string" ? [] : [weights.column],
  };
}

function factOf({ measure, weights }: Spec, row: CsvRow, line: number): Fact {
  const extra = {
    ...(measure.households !== undefined &&
      { households: wholeOf(row, measure.households, 0, line) }),
    ...(typeof weights !== "string" &&
      { weight: weightOf(row, weights.column, line) }),
  };
  if (!("magnitude" in measure)) {
    return { value: wholeOf(row, measure.count ?? "", 0, line), ...extra };
  }
  const { magnitude, decimals, largest, contributors } = measure;
  const value = wholeOf(row, magnitude, decimals, line);
  return {
    value,
    ...(contributors !== undefined &&
      { contributors: wholeOf(row, contributors, 0, line) }),
    ...(largest !== undefined && {
      largest: largestOf(
        largest.map((column) => wholeOf(row, column, decimals, line)),
        value,
        line,
      ),
    }),
    ...extra,
  };
}

function largestOf(
  largest: readonly number[],
  value: number,
  line: number,
): readonly number[] {
  const falls = largest.every((one, at) =>
    one <= (largest[at - 1] ?? Infinity)
  );
  const sum = largest.reduce((all, one) => all + one, 0);
  // Each may have been rounded up by itself.
  if (falls && sum <= value + largest.length) return largest;
  return refuse(
    "measure.largest",
    `row ${line}: they do not fall, or are more than the figure`,
  );
}

function weightOf(row: CsvRow, column: string, line: number): number {
  const weight = wholeOf(row, column, 6, line) / 1e6;
  return weight >= 0
    ? weight
    : refuse("weights", `row ${line}: '${column}' is negative`);
}

function sumOf(parts: readonly Fact[]): Fact {
  const value = parts.reduce((sum, one) => sum + one.value, 0);
  const most = Math.max(...parts.map((one) => one.largest?.length ?? 0));
  return {
    value,
    ...(parts.every((one) => one.contributors !== undefined) && {
      contributors: parts.reduce(
        (sum, one) => sum + (one.contributors ?? 0),
        0,
      ),
    }),
    ...(parts.every((one) => one.largest !== undefined) && {
      largest: parts.flatMap((one) => one.largest ?? [])
        .sort((a, b) => b - a).slice(0, most),
    }),
    // The same household may stand in several parts: at least the largest number.
    ...(parts.some((one) => one.households !== undefined) &&
      { households: Math.max(...parts.map((one) => one.households ?? 0)) }),
    ...(parts.some((one) => one.weight !== undefined) &&
      { weight: parts.reduce((sum, one) => sum + (one.weight ?? 0), 0) }),
  };
}
