import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { EntityStore } from "../entity/entity_store.ts";
import { estimates, largestDriver } from "./estimate.ts";
import { typePath } from "./index_path.ts";
import type { Narrow } from "./narrow.ts";
import {
  conjuncts,
  entitiesOf,
  type Found,
  holdsFor,
  isExact,
  isNone,
  labelOf,
  pathsOf,
  resolved,
} from "./plan.ts";

/** Numbers of entities among which all are that match, in the order of creation. */
export interface Candidates {
  readonly label: string;
  /** Rows of the index that stand for them, at most; unknown for a walk. */
  readonly rows: number | undefined;
  /** Whether all of them match. */
  readonly exact: boolean;
  /** A subquery with the column `entity`, without order. */
  readonly all: RawBuilder<unknown>;
  /** The type, if all entities of it are meant: those are counted already. */
  readonly type?: string;
  /** What to read instead when few of many match. */
  readonly otherwise?: Candidates;
}

/** Chooses what to read: the smallest stretch of the index, or a walk that finds a page sooner. */
export async function candidatesFor(
  { db, index }: EntityStore,
  narrow: Narrow,
  hiddenTypes: readonly string[],
): Promise<Candidates | undefined> {
  const hiddenPaths = hiddenTypes.map(typePath);
  const ids = await index.paths.find(db, [...pathsOf(narrow), ...hiddenPaths]);
  const found = resolved(narrow, ids);
  if (isNone(found)) return undefined;
  const unseen = hiddenPaths.flatMap((path) => ids.get(path) ?? []).map((id) =>
    sql`NOT EXISTS (SELECT 1 FROM index_name h
      WHERE h.path = ${id} AND h.entity = d.entity)`
  );
  const parts = conjuncts(found);
  const names = parts.filter(isName);
  const [walked] = names;
  const exact = isExact(found);

  function from(
    driver: Found | undefined,
    others: readonly Found[],
    rest: Pick<Candidates, "label" | "rows" | "exact">,
  ): Candidates {
    const conditions = [
      sql`1 = 1`,
      ...others.map((one) => holdsFor(db, one)),
      ...unseen,
    ];
    const rows = driver === undefined
      ? sql`SELECT pk AS entity FROM entity`
      : entitiesOf(db, driver);
    const distinct = driver === undefined || isName(driver)
      ? sql``
      : sql`DISTINCT`;
    return {
      ...rest,
      all: sql`SELECT ${distinct} d.entity FROM (${rows}) d
        WHERE ${sql.join(conditions, sql` AND `)}`,
    };
  }

  function walk(isWhole: boolean): Candidates {
    const others = names.filter((one) => one !== walked);
    const label = walked === undefined
      ? "walk all"
      : ["walk", ...names.map(labelOf)].join(" ");
    const walking = from(walked, others, {
      label,
      rows: undefined,
      exact: isWhole,
    });
    const type = isWhole && others.length === 0 ? typeOf(walked) : undefined;
    return type === undefined ? walking : { ...walking, type };
  }

  if (parts.length === names.length || parts.every(isUnknown)) {
    return walk(exact);
  }
  const most = await largestDriver(db);
  const rows = await counted(db, parts, most);
  const smallest = Math.min(...rows);
  const driver = parts[rows.indexOf(smallest)];
  if (driver === undefined || smallest === Infinity) return walk(false);
  const others = parts.filter((one, i) =>
    one !== driver && (isName(one) || (rows[i] ?? Infinity) <= most)
  );
  const driven = from(driver, others, {
    label: [driver, ...others].map(labelOf).join(", "),
    rows: smallest,
    exact: exact && others.length === parts.length - 1,
  });
  if (driven.exact && smallest <= most) return driven;
  const rest = parts.filter((one) => one !== driver);
  const otherwise = from(driver, rest, {
    label: [driver, ...rest].map(labelOf).join(", "),
    rows: smallest,
    exact,
  });
  return smallest > most
    ? { ...walk(false), otherwise }
    : { ...driven, otherwise };
}

const FEW = 500;

/** Counts what may be read first, without counting far where little is enough. */
async function counted(
  db: EntityStore["db"],
  parts: readonly Found[],
  most: number,
): Promise<readonly number[]> {
  const values = parts.filter((one) => !isName(one));
  let counts = await estimates(db, values, FEW);
  if (Math.min(...counts) > FEW) counts = await estimates(db, values, most);
  const least = Math.min(...counts);
  // A type is looked up fast for each of a few, and need not be counted.
  const cap = Math.min(least, most);
  const names = least <= FEW
    ? parts.filter(isName).map(() => Infinity)
    : (await estimates(db, parts.filter(isName), cap))
      .map((count) => count > cap ? Infinity : count);
  const all = [...counts];
  const named = [...names];
  return parts.map((one) =>
    (isName(one) ? named.shift() : all.shift()) ?? Infinity
  );
}

function typeOf(found: Found | undefined): string | undefined {
  const path = found?.op === "scan" ? found.path : "";
  return path.startsWith(typePath(""))
    ? path.slice(typePath("").length)
    : undefined;
}

function isName(found: Found): boolean {
  return found.op === "scan" && found.over.table === "name" &&
    found.exact;
}

function isUnknown({ op }: Found): boolean {
  return op === "every";
}
