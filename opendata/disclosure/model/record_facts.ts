import { codesOf } from "./cell_facts.ts";
import { combinations } from "./combinations.ts";
import { type Dimension, leavesOf } from "./dimension.ts";
import type { Fact, Facts } from "./facts.ts";
import { type Family, keyOf } from "./family.ts";
import { readCsv, wholeOf } from "./read_csv.ts";
import { refuse, type Spec } from "./spec.ts";

const LARGEST = 10;

/** Facts from a CSV of one row a record, each with a leaf of every dimension. */
export function recordFacts(family: Family, spec: Spec, text: string): Facts {
  const { dimensions, cells, at } = family;
  const { measure } = spec;
  const isMagnitude = "magnitude" in measure;
  if (typeof spec.weights !== "string") {
    refuse("weights", "records have no column of cell weights");
  }
  if (
    !isMagnitude && measure.person !== undefined && measure.count !== undefined
  ) {
    refuse("measure", "either a count or distinct persons, not both");
  }
  const amount = isMagnitude ? measure.magnitude : measure.count;
  const person = isMagnitude ? measure.contributors : measure.person;
  const columns = [amount, person, measure.households]
    .flatMap((one) => one ?? []);
  const rows = readCsv(text, {
    delimiter: spec.delimiter,
    columns: [...dimensions.map((one) => one.column), ...columns],
    field: "data",
  });
  const above = dimensions.map(ancestors);
  const sums = cells.map(() => 0);
  const persons = cells.map(() => new Map<string, number>());
  const households = cells.map(() => new Set<string>());
  const byPerson = isMagnitude || person !== undefined;

  rows.forEach((row, index) => {
    const leaf = codesOf(dimensions, row, index + 1);
    leaf.forEach((code, d) => {
      if ((above[d]?.[code]?.length ?? 0) > 0) return;
      refuse(
        "data",
        `row ${index + 1}: '${
          dimensions[d]?.column
        }' is not a leaf of its tree`,
      );
    });
    const value = amount === undefined
      ? 1
      : wholeOf(row, amount, isMagnitude ? measure.decimals : 0, index + 1);
    const who = person === undefined ? String(index) : row[person] ?? "";
    for (
      const codes of combinations(leaf.map((code, d) => above[d]?.[code] ?? []))
    ) {
      const cell = at.get(keyOf(codes));
      if (cell === undefined) continue;
      sums[cell] = (sums[cell] ?? 0) + value;
      const own = persons[cell];
      if (byPerson) own?.set(who, (own.get(who) ?? 0) + value);
      if (measure.households !== undefined) {
        households[cell]?.add(row[measure.households] ?? "");
      }
    }
  });
  return cells.map((_, cell): Fact => {
    const own = persons[cell] ?? new Map<string, number>();
    const counted = !isMagnitude && person !== undefined;
    return {
      value: counted ? own.size : sums[cell] ?? 0,
      ...(isMagnitude && {
        contributors: own.size,
        largest: [...own.values()].sort((a, b) => b - a).slice(0, LARGEST),
      }),
      ...(measure.households !== undefined &&
        { households: households[cell]?.size ?? 0 }),
    };
  });
}

/** For each leaf the codes that count it: itself and every parent, or every later point. */
function ancestors(dimension: Dimension): number[][] {
  const { codes, leaves, relation } = dimension;
  const above = codes.map((): number[] => []);
  if (relation === "none") return codes.map((_, code) => [code]);
  if (relation === "monotone") {
    return codes.map((_, code) =>
      codes.flatMap((_, later) => later >= code ? [later] : [])
    );
  }
  codes.forEach((_, code) => {
    for (const leaf of leavesOf(dimension, code) ?? []) above[leaf]?.push(code);
  });
  return above.map((list, code) => leaves.includes(code) ? list : []);
}
