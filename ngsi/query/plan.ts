import type { Narrow, Scan } from "./narrowing.ts";

/** What is left of a `Narrow` when the index knows its paths. */
export type Found =
  | { readonly op: "every"; readonly exact: boolean }
  | { readonly op: "all" | "any"; readonly of: readonly Found[] }
  | { readonly op: "ids"; readonly ids: readonly string[] }
  | Stretched;
interface Stretched extends Omit<Scan, "path"> {
  readonly id: number;
  readonly path: string;
}

const EVERY: Found = { op: "every", exact: true };
const UNKNOWN: Found = { op: "every", exact: false };
/** Any of none. */
export const NONE: Found = { op: "any", of: [] };

export function pathsOf(narrow: Narrow): readonly string[] {
  if ("of" in narrow) return narrow.of.flatMap(pathsOf);
  return narrow.op === "scan" ? [narrow.path] : [];
}

export function idsOf(narrow: Narrow): readonly string[] {
  if ("of" in narrow) return narrow.of.flatMap(idsOf);
  return narrow.op === "ids" ? narrow.ids : [];
}

/** Leaves out what was never kept, and what says nothing. */
export function resolved(
  narrow: Narrow,
  ids: ReadonlyMap<string, number>,
): Found {
  switch (narrow.op) {
    case "scan": {
      const id = ids.get(narrow.path);
      return id === undefined ? NONE : { ...narrow, id };
    }
    case "any": {
      const of = narrow.of.map((one) => resolved(one, ids))
        .filter((one) => !isNone(one));
      if (of.some((one) => one.op === "every" && one.exact)) return EVERY;
      if (of.some(({ op }) => op === "every")) return UNKNOWN;
      return alone("any", of);
    }
    case "all": {
      const of = narrow.of.map((one) => resolved(one, ids))
        .flatMap((one) => one.op === "all" ? one.of : one)
        .filter((one) => !(one.op === "every" && one.exact));
      return of.some(isNone) ? NONE : alone("all", of);
    }
    default:
      return narrow;
  }
}

function alone(op: "any" | "all", of: readonly Found[]): Found {
  const [only] = of;
  if (only !== undefined && of.length === 1) return only;
  return op === "all" && of.length === 0 ? EVERY : { op, of };
}

export function isNone(found: Found): boolean {
  return found.op === "any" && found.of.length === 0;
}

/** Whether it stands for the entities that match, and no others. */
export function isExact(found: Found): boolean {
  if ("of" in found) return found.of.every(isExact);
  return found.op === "ids" || found.exact;
}

/** The conditions that all have to hold. */
export function conjuncts(found: Found): readonly Found[] {
  return found.op === "all" ? found.of : [found];
}

/** How it is called in an explanation: kinds and last names only. */
export function labelOf(found: Found): string {
  switch (found.op) {
    case "scan": {
      const name = found.path.split("\n", 1)[0]?.split(/[/#:\s]/).at(-1) ?? "";
      const kind = found.over.table === "name"
        ? found.path.startsWith("T ") ? "type" : "existence"
        : found.over.table;
      return `${kind} ${name}`;
    }
    case "ids":
      return "id";
    case "every":
      return "all";
    default: {
      const sign = found.op === "any" ? " | " : " & ";
      return `(${[...new Set(found.of.map(labelOf))].join(sign)})`;
    }
  }
}
