import { refuse, type Spec } from "./spec.ts";

/** A parent and its parts, in one of the ways a dimension is grouped. */
export interface Group {
  readonly parent: number;
  readonly parts: readonly number[];
}

/** The codes of one dimension and how they relate. */
export interface Dimension {
  readonly name: string;
  readonly column: string;
  readonly codes: readonly string[];
  readonly at: ReadonlyMap<string, number>;
  /** The code that stands for everything; a dimension by `order` has none. */
  readonly root: number | undefined;
  readonly leaves: readonly number[];
  readonly groups: readonly Group[];
  readonly relation: "partition" | "cover" | "monotone" | "none";
}

/** Columns of a release beside its dimensions. */
const TAKEN = ["value", "status"];

/** The dimensions of a spec; several entries of one name are several trees. */
export function dimensionsOf(spec: Pick<Spec, "dimensions">): Dimension[] {
  const byName = Map.groupBy(
    spec.dimensions.map((given, at) => ({ given, at })),
    (one) => one.given.dim,
  );
  return [...byName].map(([name, entries]) => {
    const field = `dimensions.${entries[0]?.at}`;
    if (TAKEN.includes(name)) {
      refuse(
        `${field}.dim`,
        `'${name}' is a column of every release; name it otherwise and give its column`,
      );
    }
    const columns = new Set(entries.map(({ given }) => given.column ?? name));
    if (columns.size > 1) refuse(field, `'${name}' has two columns`);
    const [column = name] = columns;
    const trees = entries.flatMap(({ given }) => [given.tree ?? []].flat());
    const orders = entries.flatMap(({ given }) => given.order ?? []);
    const relations = new Set(
      entries.flatMap(({ given }) => given.relation ?? []),
    );
    if (relations.size > 1) refuse(field, `'${name}' has two relations`);
    const [relation] = relations;
    if ((trees.length > 0) === (orders.length > 0)) {
      refuse(field, `'${name}' needs either a tree or an order`);
    }
    return trees.length > 0
      ? fromTrees(field, name, column, trees, relation ?? "partition")
      : fromOrder(field, name, column, orders, relation ?? "none");
  });
}

type Relation = Dimension["relation"];

function fromOrder(
  field: string,
  name: string,
  column: string,
  codes: readonly string[],
  relation: Relation,
): Dimension {
  if (relation === "partition" || relation === "cover") {
    refuse(`${field}.relation`, `'${relation}' needs a tree`);
  }
  const at = new Map(codes.map((code, index) => [code, index]));
  if (at.size < codes.length) refuse(`${field}.order`, "a code stands twice");
  return {
    name,
    column,
    codes,
    at,
    root: undefined,
    leaves: codes.map((_, index) => index),
    groups: [],
    relation,
  };
}

function fromTrees(
  field: string,
  name: string,
  column: string,
  trees: readonly Readonly<Record<string, readonly string[]>>[],
  relation: Relation,
): Dimension {
  if (relation === "monotone" || relation === "none") {
    refuse(`${field}.relation`, `'${relation}' needs an order`);
  }
  const at = new Map<string, number>();
  const indexOf = (code: string) => {
    const known = at.get(code) ?? at.size;
    at.set(code, known);
    return known;
  };
  const groups: Group[] = [];
  trees.forEach((tree) => {
    const parts = new Set(Object.values(tree).flat());
    const roots = Object.keys(tree).filter((code) => !parts.has(code));
    if (roots.length === 0) refuse(`${field}.tree`, "it has no root");
    const parents = new Map<string, string>();
    for (const [parent, children] of Object.entries(tree)) {
      for (const child of children) {
        if (parents.has(child)) {
          refuse(`${field}.tree`, `'${child}' stands under two parents`);
        }
        parents.set(child, parent);
      }
      groups.push({ parent: indexOf(parent), parts: children.map(indexOf) });
    }
  });
  const dimension = {
    name,
    column,
    codes: [...at.keys()],
    at,
    root: indexOf(firstRoot(trees[0] ?? {})),
    leaves: [...at.values()].filter((code) =>
      !groups.some((group) => group.parent === code)
    ),
    groups,
    relation,
  };
  for (const tree of trees) {
    for (const code of Object.keys(tree)) {
      const leaves = leavesOf(dimension, at.get(code) ?? 0);
      if (leaves === undefined) {
        refuse(`${field}.tree`, `'${code}' has different parts in two trees`);
      }
    }
  }
  const all = leavesOf(dimension, dimension.root)?.size ?? 0;
  if (all < dimension.leaves.length) {
    refuse(
      `${field}.tree`,
      `a code does not stand under '${dimension.codes[dimension.root]}'`,
    );
  }
  return dimension;
}

function firstRoot(tree: Readonly<Record<string, readonly string[]>>): string {
  const parts = new Set(Object.values(tree).flat());
  return Object.keys(tree).find((code) => !parts.has(code)) ?? "";
}

/** The leaves under a code; `undefined` when its trees disagree or go in circles. */
export function leavesOf(
  { groups, codes }: Pick<Dimension, "groups" | "codes">,
  code: number,
  depth = 0,
): Set<number> | undefined {
  if (depth > codes.length) return undefined;
  const own = groups.filter((group) => group.parent === code);
  if (own.length === 0) return new Set([code]);
  let found: Set<number> | undefined;
  for (const group of own) {
    const leaves = new Set<number>();
    for (const part of group.parts) {
      const under = leavesOf({ groups, codes }, part, depth + 1);
      if (under === undefined) return undefined;
      for (const leaf of under) {
        if (leaves.has(leaf)) return undefined;
        leaves.add(leaf);
      }
    }
    if (found !== undefined && !sameSet(found, leaves)) return undefined;
    found = leaves;
  }
  return found;
}

function sameSet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
