import { intervalsOf } from "../solve/intervals.ts";
import { left } from "../solve/stopwatch.ts";
import { partsOf, type System } from "../solve/system.ts";
import { substitute } from "../model/substitute.ts";
import type { Plan } from "./plan.ts";
import { lacks, type Scenario, scenariosOf } from "./scenario.ts";

/** Two whole solutions that show how far a cell may be from one value. */
interface Proof {
  readonly cells: ReadonlyMap<number, number>;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Withheld cells that hang together, for one attacker, with a proof for each. */
interface Cluster {
  readonly cells: readonly number[];
  readonly system: System;
  readonly scenario: Scenario;
}

/**
 * Shows again what need not be withheld: one complement after another, the
 * heaviest first, as long as every other cell keeps its protection. Ends early
 * at `limit` on the stopwatch; what it leaves is as safe as what it was given.
 */
export function trim(plan: Plan, hidden: Set<number>, limit: number): void {
  const asking = { stopwatch: plan.stopwatch, limit, random: plan.random };
  let clusters: Cluster[] = [];
  const proofs = new Map<Scenario, Map<number, Proof>>();
  for (const scenario of scenariosOf(plan)) {
    const { cells, system } = substitute(
      plan.family,
      (cell) =>
        isKnown(plan, hidden, scenario, cell) ? plan.values[cell] : undefined,
      scenario.limits,
    );
    proofs.set(scenario, new Map());
    clusters.push({ cells, system, scenario });
  }
  clusters = clusters.flatMap((cluster) => {
    const proved = prove(plan, cluster, () => true, asking);
    if (proved === undefined) return [];
    for (const [cell, proof] of proved) {
      proofs.get(cluster.scenario)?.set(cell, proof);
    }
    return split(cluster);
  });
  if ([...proofs].some(([, proved]) => proved.size === 0)) return;

  const spare = [...hidden].filter((cell) => !plan.targets.has(cell))
    .sort((a, b) => (plan.weights[b] ?? 0) - (plan.weights[a] ?? 0) || a - b);
  for (const cell of spare) {
    if (left(plan.stopwatch, limit) <= 0) return;
    const touched = clusters.filter((one) => one.cells.includes(cell));
    const without = touched.map((cluster) => fix(plan, cluster, cell));
    const news = without.map((cluster) => {
      const own = proofs.get(cluster.scenario);
      return prove(
        plan,
        cluster,
        (other) => uses(own?.get(other), cell, plan.values[cell] ?? 0),
        asking,
      );
    });
    if (news.some((one) => one === undefined)) continue;
    hidden.delete(cell);
    news.forEach((proved, at) => {
      const own = proofs.get(without[at]?.scenario ?? touchedScenario(touched));
      own?.delete(cell);
      for (const [other, proof] of proved ?? []) own?.set(other, proof);
    });
    clusters = [
      ...clusters.filter((one) => !touched.includes(one)),
      ...without.flatMap(split),
    ];
  }
}

function touchedScenario([first]: readonly Cluster[]): Scenario {
  if (first === undefined) throw new Error("A withheld cell is in no cluster");
  return first.scenario;
}

function isKnown(
  { family, open }: Plan,
  hidden: ReadonlySet<number>,
  { known }: Scenario,
  cell: number,
): boolean {
  return open.has(cell) || known.has(cell) ||
    !(hidden.has(cell) || family.cells[cell]?.latent);
}

function uses(proof: Proof | undefined, cell: number, value: number): boolean {
  const at = proof?.cells.get(cell);
  return at !== undefined &&
    (proof?.low[at] !== value || proof.high[at] !== value);
}

/** Proofs for the cells that need one; `undefined` when one of them has none. */
function prove(
  plan: Plan,
  { cells, system, scenario }: Cluster,
  needs: (cell: number) => boolean,
  asking: Omit<Parameters<typeof intervalsOf>[1], "enough">,
): Map<number, Proof> | undefined {
  const isNeeded = (cell: number) =>
    !(plan.family.cells[cell]?.latent && scenario.demand !== "width") &&
    needs(cell);
  const parts = intervalsOf(system, {
    ...asking,
    enough: (column, low, high) => {
      const cell = cells[column] ?? 0;
      if (!isNeeded(cell)) return true;
      return low <= high && lacks(plan, scenario, cell, low, high) <= 0;
    },
  });
  const proofs = new Map<number, Proof>();
  for (const { columns, intervals, witnesses } of parts) {
    const own = new Map(columns.map((column, at) => [cells[column] ?? 0, at]));
    for (const [cell, at] of own) {
      if (!isNeeded(cell)) continue;
      const found = intervals[at];
      const low = witnesses[found?.lowAt ?? -1];
      const high = witnesses[found?.highAt ?? -1];
      if (found === undefined || low === undefined || high === undefined) {
        return undefined;
      }
      const { exact } = found;
      if (lacks(plan, scenario, cell, found.low, found.high, exact) > 0) {
        return undefined;
      }
      proofs.set(cell, { cells: own, low, high });
    }
  }
  return proofs;
}

/** The cluster once everybody knows one of its cells. */
function fix({ values }: Plan, cluster: Cluster, cell: number): Cluster {
  const column = cluster.cells.indexOf(cell);
  const value = values[cell] ?? 0;
  const { lower, upper, rows } = cluster.system;
  const shift = (at: number) => at > column ? at - 1 : at;
  return {
    scenario: cluster.scenario,
    cells: cluster.cells.toSpliced(column, 1),
    system: {
      lower: lower.toSpliced(column, 1),
      upper: upper.toSpliced(column, 1),
      rows: rows.flatMap((row) => {
        const own = row.columns.indexOf(column);
        const moved = (own === -1 ? 0 : row.factors[own] ?? 0) * value;
        const columns = row.columns.filter((_, at) => at !== own).map(shift);
        if (columns.length === 0) return [];
        return [{
          columns,
          factors: row.factors.filter((_, at) => at !== own),
          low: row.low - moved,
          high: row.high - moved,
        }];
      }),
    },
  };
}

function split(cluster: Cluster): Cluster[] {
  return partsOf(cluster.system).map(({ columns, system }) => ({
    scenario: cluster.scenario,
    cells: columns.map((column) => cluster.cells[column] ?? 0),
    system,
  }));
}
