import type { EntityStore } from "../entity/entity_store.ts";
import { EntitySet } from "../index/entity_set.ts";
import { typePath } from "../index/index_path.ts";
import type { Part } from "../index/part.ts";
import type { Narrow } from "./narrowing.ts";
import {
  conjuncts,
  type Found,
  idsOf,
  isExact,
  isNone,
  labelOf,
  pathsOf,
  resolved,
} from "./plan.ts";

/** Entities among which all are that match. */
export interface Candidates {
  readonly label: string;
  /** Rows of the index that were read first; unknown where only names were. */
  readonly rows: number | undefined;
  /** Whether all of them match. */
  readonly exact: boolean;
  readonly entities: EntitySet;
}

/** What the index knows of the entities that a filter selects. */
export async function candidatesFor(
  store: EntityStore,
  narrow: Narrow,
  hiddenTypes: readonly string[],
): Promise<Candidates | undefined> {
  const hiddenPaths = hiddenTypes.map(typePath);
  const kept = await store.keptById(idsOf(narrow));
  return await store.index.ask(
    [...pathsOf(narrow), ...hiddenPaths],
    (parts, paths) => {
      const found = resolved(narrow, paths);
      if (isNone(found)) return undefined;
      const reading = { parts, pkOf: (id: string) => kept.get(id)?.pk };
      const ranked = conjuncts(found)
        .map((one) => ({ one, rows: rowsOf(one, reading) }))
        .sort((a, b) => a.rows - b.rows);
      const entities = allOf(ranked.map(({ one }) => one), reading);
      for (const path of hiddenPaths) {
        const id = paths.get(path);
        if (id === undefined) continue;
        entities.subtract(scanned({ id, over: { table: "name" } }, reading));
      }
      const named = ranked.every(({ one }) => isName(one));
      const labels = ranked.map(({ one }) => labelOf(one));
      return {
        label: named ? ["walk", ...labels].join(" ") : labels.join(", "),
        rows: named ? undefined : ranked[0]?.rows,
        exact: isExact(found),
        entities,
      };
    },
  );
}

interface Reading {
  readonly parts: readonly Part[];
  readonly pkOf: (id: string) => number | undefined;
}

/** The entities that a plan stands for. */
function entitiesOf(found: Found, reading: Reading): EntitySet {
  const set = new EntitySet();
  switch (found.op) {
    case "scan":
      return scanned(found, reading);
    case "ids":
      for (const id of found.ids) {
        const pk = reading.pkOf(id);
        if (pk !== undefined) set.add(pk);
      }
      return set;
    case "every":
      for (const { live } of reading.parts) set.union(live);
      return set;
    case "any":
      for (const one of found.of) set.union(entitiesOf(one, reading));
      return set;
    case "all":
      return allOf(found.of, reading);
  }
}

function allOf(of: readonly Found[], reading: Reading): EntitySet {
  const [first, ...others] = of;
  if (first === undefined) return new EntitySet();
  const set = entitiesOf(first, reading);
  for (const one of others) {
    if (!isUnknown(one)) set.intersect(entitiesOf(one, reading));
  }
  return set;
}

function scanned(
  { id, over }: Pick<Extract<Found, { op: "scan" }>, "id" | "over">,
  { parts }: Reading,
): EntitySet {
  const set = new EntitySet();
  for (const part of parts) part.add(id, over, set);
  return set;
}

/** How many rows of the index stand for it, at most. */
function rowsOf(found: Found, reading: Reading): number {
  switch (found.op) {
    case "scan":
      return reading.parts.reduce(
        (sum, part) => sum + part.count(found.id, found.over),
        0,
      );
    case "ids":
      return found.ids.length;
    case "every":
      return Infinity;
    case "any":
      return found.of.reduce((sum, one) => sum + rowsOf(one, reading), 0);
    case "all":
      return Math.min(...found.of.map((one) => rowsOf(one, reading)));
  }
}

function isName(found: Found): boolean {
  return found.op === "every" ||
    found.op === "scan" && found.over.table === "name" && found.exact;
}

function isUnknown({ op }: Found): boolean {
  return op === "every";
}
