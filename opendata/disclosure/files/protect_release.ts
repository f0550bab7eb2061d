import { cellAt, coordinatesOf } from "../model/family.ts";
import type { Facts } from "../model/facts.ts";
import { refuse } from "../model/spec.ts";
import { groupRests, primaryTargets, type Target } from "../rules/primary.ts";
import { sensitivityOf } from "../rules/sensitivity.ts";
import { freshSecret, secretRandom } from "../secret_random.ts";
import type { Stopwatch } from "../solve/stopwatch.ts";
import { choose } from "../suppress/choose.ts";
import { Blocked, type Plan } from "../suppress/plan.ts";
import { roundFigures } from "../suppress/round_figures.ts";
import { type Audited, auditRelease } from "./audit_release.ts";
import type { Described } from "./read_family.ts";
import { knownCells } from "./knowledge.ts";
import { singletonCoalitions } from "./singletons.ts";
import {
  type Publication,
  readReleased,
  releasedText,
  type Told,
} from "./released_file.ts";

/** A release that passed, and everything its files are written from. */
export interface ProtectedRelease {
  readonly text: string;
  readonly publication: Publication;
  readonly audited: Audited;
  readonly plan: Plan;
  readonly targets: readonly Target[];
  readonly seconds: { readonly protect: number; readonly audit: number };
}

/**
 * Protects a family and attacks the outcome as a stranger would, from the text
 * of the file alone. Throws `Blocked` or `Problem` rather than give out
 * anything that an attack can open.
 */
export function protectRelease(
  described: Described,
  facts: Facts,
  earlier: readonly Publication[],
  stopwatch: Stopwatch,
): ProtectedRelease {
  const { family, spec } = described;
  const start = stopwatch();
  const secret = spec.seed ?? freshSecret();
  const targets = primaryTargets(family, facts, spec);
  const rules = sensitivityOf(spec);
  const before = publishedBefore(described, facts, earlier, rules.k);
  const frozen = spec.frozen.map((one, at) =>
    cellAt(family, one, `frozen.${at}`)
  );
  const known = knownCells(family, spec.known, "known", facts);
  const open = new Set([...before, ...frozen, ...known.keys()]);
  for (const cell of [...before, ...frozen]) {
    if (!targets.some((target) => target.cell === cell)) continue;
    throw new Blocked(family, cell, "it must be shown and is itself too small");
  }
  for (const { cell, width } of targets) {
    const cap = family.caps[cell] ?? Infinity;
    if (rules.kind === "magnitude" || cap >= width || known.has(cell)) continue;
    throw new Blocked(
      family,
      cell,
      `of ${cap} inhabitants there are fewer than ${rules.k} numbers; merge it with a neighbour`,
    );
  }
  // Nobody there: to withhold it would need more numbers than inhabitants.
  family.caps.forEach((cap, cell) => {
    const isTarget = targets.some((one) => one.cell === cell);
    if (rules.kind === "count" && cap < rules.k - 1 && !isTarget) {
      open.add(cell);
    }
  });
  const values = facts.map((fact) => fact.value);
  const coalitions = spec.coalitions.map((one, at) =>
    knownCells(family, one, `coalitions.${at}`, facts)
  );
  const mustFit = (field: string, all: ReadonlyMap<number, number>) => {
    for (const [cell, value] of all) {
      if (value === values[cell]) continue;
      refuse(field, `${name(described, cell)} differs from the data`);
    }
  };
  mustFit("known", known);
  coalitions.forEach((one, at) => mustFit(`coalitions.${at}`, one));
  const plan: Plan = {
    family,
    values,
    targets: new Map(
      [...targets, ...groupRests(family, facts, spec)]
        .filter(({ cell }) => !known.has(cell))
        .map((one) => [one.cell, one]),
    ),
    rules,
    weights: weightsOf(described, facts),
    open,
    flag: spec.rules.flag,
    coalitions: [
      ...coalitions.map((one) => [...one.keys()]),
      ...singletonCoalitions(described, facts),
    ],
    stopwatch,
    limit: start + spec.seconds,
    random: secretRandom(secret),
  };
  const publishing = spec.method === "rounding"
    ? roundFigures(plan, spec.base ?? 1)
    : suppressed(plan, targets);
  const text = releasedText(family, spec, publishing);
  const protectedAt = stopwatch();
  const publication = readReleased(family, spec, text, "released.csv");
  const audited = auditRelease(family, spec, [...earlier, publication], facts, {
    stopwatch,
    limit: start + spec.seconds,
    random: secretRandom(freshSecret()),
  });
  refuseUnsafe(described, audited);
  return {
    text,
    publication,
    audited,
    plan,
    targets,
    seconds: { protect: protectedAt - start, audit: stopwatch() - protectedAt },
  };
}

function suppressed(plan: Plan, targets: readonly Target[]): Publication {
  const hidden = choose(plan);
  for (const { cell } of targets) hidden.add(cell);
  return new Map(plan.family.cells.flatMap(({ latent }, cell) => {
    if (latent) return [];
    const told: Told = hidden.has(cell)
      ? { status: "withheld" }
      : { status: "published", value: plan.values[cell] ?? 0 };
    return [[cell, told] as const];
  }));
}

/** Proved ranges are enough to be safe; that their ends be exact is not asked here. */
function refuseUnsafe({ family }: Described, { audit }: Audited): void {
  const found = audit.findings.find((one) => one.kind !== "unresolved");
  const weak = audit.intervals.find((one) =>
    !one.g1 || (one.sensitive && !one.g2)
  );
  if (found === undefined && weak === undefined) return;
  const cell = found?.cell ?? weak?.cell;
  const at = cell === undefined ? 0 : cellAt(family, cell, "released.csv");
  throw new Blocked(
    family,
    at,
    found?.message ?? "the audit of the finished files tells it too closely",
  );
}

/** Cells an earlier release shows: they stay shown, and as they are but for a revision. */
function publishedBefore(
  described: Described,
  facts: Facts,
  earlier: readonly Publication[],
  k: number,
): Set<number> {
  const { spec } = described;
  const shown = new Set<number>();
  earlier.forEach((release, at) => {
    for (const [cell, told] of release) {
      if (told.status !== "published") continue;
      shown.add(cell);
      const by = Math.abs(told.value - (facts[cell]?.value ?? 0));
      if (by === 0) continue;
      if (!spec.revision) {
        refuse(
          `earlier.${at}`,
          `${
            name(described, cell)
          } was published with another figure; that takes a revision`,
        );
      }
      if (by < k) {
        refuse(
          "revision",
          `${name(described, cell)} would move by fewer than ${k}`,
        );
      }
    }
  });
  return shown;
}

function weightsOf({ spec, family }: Described, facts: Facts): number[] {
  const { weights } = spec;
  return facts.map(({ value, weight }, cell) => {
    if (family.cells[cell]?.latent) return 0;
    if (weights === "cells") return 1;
    if (weights === "value") return Math.max(1, value);
    if (weights === "log") return 1 + Math.log1p(value);
    return Math.max(1e-6, weight ?? 1);
  });
}

function name({ family }: Described, cell: number): string {
  return JSON.stringify(coordinatesOf(family, cell));
}
