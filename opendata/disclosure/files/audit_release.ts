import type { Finding } from "./findings.ts";
import type { Facts } from "../model/facts.ts";
import { coordinatesOf, type Family } from "../model/family.ts";
import type { Coordinates, Spec } from "../model/spec.ts";
import { type Limits, substitute } from "../model/substitute.ts";
import { primaryTargets, type Target } from "../rules/primary.ts";
import {
  mayBeSensitive,
  sensitiveStretches,
  sensitivityOf,
} from "../rules/sensitivity.ts";
import { Contradiction } from "../solve/system.ts";
import { intervalsOf, type PartIntervals } from "../solve/intervals.ts";
import type { Asking } from "../solve/_inquiry.ts";
import {
  groupFindings,
  latentFindings,
  publishedFindings,
} from "./findings.ts";
import { type Knowledge, knowledgeOf, knownCells } from "./knowledge.ts";
import { singletonCoalitions } from "./singletons.ts";
import type { Publication } from "./released_file.ts";
import { revisionFindings } from "./revision_findings.ts";

/** What an attacker can tell of one withheld cell, and the grades of that. */
export interface AuditedCell {
  readonly cell: Coordinates;
  readonly low: number;
  /** `null` when nothing bounds it from above. */
  readonly high: number | null;
  readonly exact: boolean;
  /** More than one value is possible, for each attacker that was tried. */
  readonly g1: boolean;
  /** At least k values are possible. */
  readonly g2: boolean;
  /** Were it known to be withheld for its own sake, every such value stays possible. */
  readonly g3: boolean;
  /** Whether it could be one that is withheld for its own sake. */
  readonly sensitive: boolean;
}

export interface Audit {
  /** G1 everywhere, G2 wherever a cell could be sensitive, nothing else found, all exact. */
  readonly passed: boolean;
  readonly k: number;
  readonly cells: number;
  readonly withheld: number;
  readonly exact: boolean;
  readonly g1: boolean;
  readonly g2: boolean;
  readonly g3: { readonly holds: number; readonly of: number };
  /** Fewest values that any withheld cell may take. */
  readonly narrowest: number | null;
  /** Who is withheld for its own sake was taken from the city's data, or supposed cell by cell. */
  readonly flags: "data" | "supposed";
  readonly findings: readonly Finding[];
  readonly intervals: readonly AuditedCell[];
}

/** What an audit found, with the witnesses a certificate is made of. */
export interface Audited {
  readonly audit: Audit;
  readonly knowledge: Knowledge;
  /** Unknown cells, in the order of the parts' columns. */
  readonly unknown: readonly number[];
  readonly parts: readonly PartIntervals[];
}

/**
 * Attacks releases with nothing but what they publish and what the spec says
 * everybody knows. `facts`, where given, only tell which cells are withheld for
 * their own sake; no published figure is taken from them.
 */
export function auditRelease(
  family: Family,
  spec: Spec,
  releases: readonly Publication[],
  facts: Facts | undefined,
  asking: Omit<Asking, "enough">,
): Audited {
  const knowledge = knowledgeOf(family, spec, releases, facts);
  const findings: Finding[] = knowledge.contradictions.map((cell) => ({
    kind: "contradiction",
    cell: coordinatesOf(family, cell),
    message: "two releases show different figures",
  }));
  if (spec.revision) {
    const { k } = sensitivityOf(spec);
    findings.push(...revisionFindings(family, k, releases));
  }
  const { known, limits } = knowledge;
  const targets = new Map(
    facts === undefined
      ? []
      : primaryTargets(family, facts, spec).map((one) => [one.cell, one]),
  );
  try {
    const { cells, system } = substitute(
      family,
      (cell) => known.get(cell),
      limits,
    );
    const parts = intervalsOf(system, asking);
    const singles = singleValued(
      { family, spec, knowledge, facts, targets },
      asking,
    );
    return {
      knowledge,
      unknown: cells,
      parts,
      audit: judge(
        { family, spec, knowledge, facts, targets },
        cells,
        parts,
        singles,
        findings,
      ),
    };
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    findings.push({ kind: "contradiction", message: error.message });
    const audit = judge(
      { family, spec, knowledge, facts, targets },
      [],
      [],
      new Set(),
      findings,
    );
    return { knowledge, unknown: [], parts: [], audit };
  }
}

interface Case {
  readonly family: Family;
  readonly spec: Spec;
  readonly knowledge: Knowledge;
  readonly facts: Facts | undefined;
  readonly targets: ReadonlyMap<number, Target>;
}

/** Whether a stranger is left as far from the true amount as the cell's rule asks. */
function leavesRoom(
  target: Target | undefined,
  value: number,
  low: number,
  high: number,
): boolean {
  if (target === undefined) return true;
  return value - low >= target.down && high - value >= target.up;
}

function judge(
  { family, spec, knowledge, facts, targets }: Case,
  cells: readonly number[],
  parts: readonly PartIntervals[],
  singles: ReadonlySet<number>,
  findings: Finding[],
): Audit {
  const rules = sensitivityOf(spec);
  const found = new Map(
    parts.flatMap(({ columns, intervals }) =>
      columns.map((column, at) => [cells[column] ?? 0, intervals[at]] as const)
    ),
  );
  const intervals = knowledge.withheld.map((cell): AuditedCell => {
    const { low = 0, high = 0, exact = false } = found.get(cell) ?? {};
    const cap = family.caps[cell] ?? Infinity;
    const stretches = rules.kind === "magnitude"
      ? []
      : sensitiveStretches(rules, cap)
        .filter(([from, to]) => from <= to && low <= to && high >= from);
    return {
      cell: coordinatesOf(family, cell),
      low,
      high: high === Infinity ? null : high,
      exact,
      g1: high > low && !singles.has(cell),
      g2: rules.kind === "count" ? high - low >= rules.k - 1 : high > low &&
        leavesRoom(targets.get(cell), facts?.[cell]?.value ?? 0, low, high),
      g3: stretches.every(([from, to]) => low <= from && high >= to),
      sensitive: !exact || targets.has(cell) ||
        mayBeSensitive(rules, family, cell, low, high),
    };
  });
  findings.push(...publishedFindings(family, rules, knowledge, targets));
  findings.push(...groupFindings(family, spec, knowledge, found));
  findings.push(...latentFindings(family, rules, found));
  if (intervals.some((one) => !one.exact)) {
    findings.push({
      kind: "unresolved",
      message: "an interval could not be told exactly in the time given",
    });
  }
  const g1 = intervals.every((one) => one.g1);
  const g2 = intervals.every((one) => one.g2 || !one.sensitive);
  const widths = intervals.map(({ low, high }) => (high ?? Infinity) - low + 1);
  const narrowest = Math.min(...widths);
  return {
    passed: g1 && g2 && findings.length === 0,
    k: rules.k,
    cells: family.cells.filter((one) => !one.latent).length,
    withheld: intervals.length,
    exact: intervals.every((one) => one.exact),
    g1,
    g2,
    g3: {
      holds: intervals.filter((one) => one.g3).length,
      of: intervals.length,
    },
    narrowest: Number.isFinite(narrowest) ? narrowest : null,
    flags: facts === undefined ? "supposed" : "data",
    findings,
    intervals,
  };
}

/** Cells of which an attacker with more knowledge than the files tells the only value. */
function singleValued(
  { family, spec, knowledge, facts, targets }: Case,
  asking: Omit<Asking, "enough">,
): Set<number> {
  const rules = sensitivityOf(spec);
  const singles = new Set<number>();
  const attack = (
    known: ReadonlyMap<number, number>,
    limits: Limits,
    matters: (cell: number, value: number) => boolean,
  ) => {
    const { cells, system } = substitute(
      family,
      (cell) => known.get(cell) ?? knowledge.known.get(cell),
      limits,
    );
    const parts = intervalsOf(system, {
      ...asking,
      enough: (column, low, high) =>
        high > low ||
        (facts !== undefined && !targets.has(cells[column] ?? -1)),
    });
    for (const { columns, intervals } of parts) {
      columns.forEach((column, at) => {
        const { low = 0, high = 0 } = intervals[at] ?? {};
        const cell = cells[column] ?? 0;
        if (high <= low && matters(cell, low)) singles.add(cell);
      });
    }
  };
  if (
    facts !== undefined && spec.rules.flag && rules.kind === "count" &&
    rules.k > 2
  ) {
    attack(
      new Map(),
      flagged(family, spec, knowledge.limits, facts, targets),
      (cell) => targets.has(cell),
    );
  }
  const matters = (cell: number, value: number) =>
    facts === undefined
      ? mayBeSensitive(rules, family, cell, value, value)
      : targets.has(cell);
  spec.coalitions.forEach((coalition, index) =>
    attack(
      knownCells(family, coalition, `coalitions.${index}`, facts),
      knowledge.limits,
      matters,
    )
  );
  if (facts === undefined) return singles;
  for (const coalition of singletonCoalitions({ family, spec }, facts)) {
    const own = new Map(
      coalition.map((cell) => [cell, facts[cell]?.value ?? 0]),
    );
    attack(own, knowledge.limits, matters);
  }
  return singles;
}

/** The limits for whoever knows which cells are withheld for their own sake. */
function flagged(
  family: Family,
  spec: Spec,
  limits: Limits,
  facts: Facts,
  targets: ReadonlyMap<number, Target>,
): Limits {
  const rules = sensitivityOf(spec);
  const stretches = new Map(
    [...targets.keys()].flatMap((cell) => {
      const value = facts[cell]?.value ?? 0;
      const own = sensitiveStretches(rules, family.caps[cell] ?? Infinity)
        .find(([from, to]) => value >= from && value <= to);
      return own === undefined ? [] : [[cell, own] as const];
    }),
  );
  return {
    lower: (cell) =>
      Math.max(limits.lower(cell), stretches.get(cell)?.[0] ?? 0),
    upper: (cell) =>
      Math.min(limits.upper(cell), stretches.get(cell)?.[1] ?? Infinity),
  };
}
