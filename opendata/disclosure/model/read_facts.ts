import { total } from "../solve/system.ts";
import { cellFacts } from "./cell_facts.ts";
import type { Facts } from "./facts.ts";
import { cellAt, coordinatesOf, type Family } from "./family.ts";
import { recordFacts } from "./record_facts.ts";
import { refuse, type Spec } from "./spec.ts";
import { substitute } from "./substitute.ts";
import { wholeSolution } from "../solve/whole_solution.ts";

/**
 * The city's own figures for every cell. Refused where they contradict the
 * relations the spec states: then either is wrong, and nothing can be proved.
 */
export function readFacts(family: Family, spec: Spec, text: string): Facts {
  const facts = spec.input === "records"
    ? withDifferences(family, recordFacts(family, spec, text))
    : withLatent(
      family,
      withDifferences(family, cellFacts(family, spec, text)),
    );
  const values = facts.map((fact) => fact.value);
  values.forEach((value, cell) => {
    if (value < 0 && family.cells[cell]?.difference !== undefined) {
      refuse("data", `a running total falls at ${name(family, cell)}`);
    }
    if (value < 0) refuse("data", `${name(family, cell)} is negative`);
  });
  spec.caps.forEach((one, index) => {
    const cell = cellAt(family, one.cell, `caps.${index}.cell`);
    const { value = 0, contributors = 0 } = facts[cell] ?? {};
    const people = "magnitude" in spec.measure ? contributors : value;
    if (people <= one.population) return;
    refuse("caps", `${name(family, cell)} counts more people than its cap`);
  });
  family.rows.forEach((row, index) => {
    const sum = total(row, values);
    if (sum >= row.low && sum <= row.high) return;
    const dimension = family.dimensions[family.origins[index] ?? -1];
    refuse(
      "data",
      dimension === undefined
        ? `a relation of the spec does not hold at ${
          name(family, row.columns[0] ?? 0)
        }`
        : `${
          name(family, row.columns[0] ?? 0)
        } does not agree with its parts along '${dimension.name}'`,
    );
  });
  return facts;
}

/** What two cells differ by follows from the cells. */
function withDifferences(family: Family, facts: Facts): Facts {
  return facts.map((fact, cell) => {
    const { difference } = family.cells[cell] ?? {};
    if (difference === undefined) return fact;
    const [larger, smaller] = difference;
    return {
      value: (facts[larger]?.value ?? 0) - (facts[smaller]?.value ?? 0),
    };
  });
}

/**
 * People behind tables that are linked in a circle, when only the tables are
 * given: any that agree with all of them serve as the point to start from.
 */
function withLatent(family: Family, facts: Facts): Facts {
  const values = facts.map((fact) => fact.value);
  const unknown = family.cells.flatMap((cell, at) => cell.latent ? [at] : []);
  if (unknown.length === 0 || holdsAll(family, values)) return facts;
  const { system } = substitute(
    family,
    (cell) => family.cells[cell]?.latent ? undefined : values[cell],
  );
  const found = wholeSolution(system);
  if (found === undefined) {
    refuse("data", "no people can stand behind all the tables at once");
  }
  const filled = new Map(unknown.map((cell, at) => [cell, found[at] ?? 0]));
  return facts.map((fact, cell) => ({
    ...fact,
    value: filled.get(cell) ?? fact.value,
  }));
}

function holdsAll({ rows }: Family, values: readonly number[]): boolean {
  return rows.every((row) => {
    const sum = total(row, values);
    return sum >= row.low && sum <= row.high;
  });
}

function name(family: Family, cell: number): string {
  return JSON.stringify(coordinatesOf(family, cell));
}
