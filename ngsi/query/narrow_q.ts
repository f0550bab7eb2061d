import {
  cut,
  DEEPEST_MEMBERS,
  DEEPEST_NAMES,
  existencePath,
  isIndexable,
  LONGEST_TEXT,
  partialPath,
  placeOf,
  valuePath,
  type ValueSlot,
} from "../index/index_path.ts";
import {
  anyOf,
  type Bounds,
  named,
  type Narrow,
  type Scan,
  startingWith,
} from "./narrowing.ts";
import type { Literal, OrderTerm, Path, Q, Range } from "./q.ts";

const UNKNOWN: Narrow = { op: "every", exact: false };

/** What the index says about a query of CIM 009 4.9. */
export function narrowQ(q: Q): Narrow {
  if ("of" in q) return { op: q.op, of: q.of.map(narrowQ) };
  const { path } = q;
  const places = placesOf(path);
  switch (q.op) {
    case "absent":
      return UNKNOWN;
    case "exists":
      return isPlain(path) && path.members === undefined &&
          path.system === undefined
        ? named(existencePath(placeOf(path.names)))
        : holders(path);
    case "==":
      return equals(path, places, q.anyOf);
    case "~=":
      return q.pattern.prefix === "" || places === undefined
        ? holders(path)
        : withPartial(
          path,
          places.of.map((place) =>
            scan("text", place, startingWith(q.pattern.prefix), false, false)
          ),
        );
    case "!=":
    case "!~=":
      return holders(path);
    default:
      return ordered(q, places);
  }
}

/** Places in the index where the values of a path are, if it goes so deep. */
interface Places {
  readonly of: readonly string[];
  readonly exact: boolean;
}

function placesOf(path: Path): Places | undefined {
  const { names, system, members = [] } = path;
  const onlyTimes = names.length === 0
    ? ["createdAt", "modifiedAt"]
    : ["observedAt"];
  if (!isPlain(path)) return undefined;
  if (system !== undefined) {
    return onlyTimes.includes(system)
      ? { of: [placeOf(names, system)], exact: true }
      : undefined;
  }
  if (members.length > DEEPEST_MEMBERS) return undefined;
  const [only] = members;
  const place = placeOf(names, undefined, members);
  if (members.length !== 1 || only === undefined) {
    return { of: [place], exact: true };
  }
  // One member may also be a language: any, or one in whatever case.
  if (only === "*") return { of: [place, placeOf(names)], exact: false };
  const lower = placeOf(names, undefined, [only.toLowerCase()]);
  return lower === place
    ? { of: [place], exact: true }
    : { of: [place, lower], exact: false };
}

/** Whether the path stays in the entity and goes no deeper than the index. */
function isPlain({ hops, names }: Path): boolean {
  return hops.length === 0 && names.length <= DEEPEST_NAMES;
}

/** The entities that have the attribute a path begins with. */
function holders({ hops, names }: Path): Narrow {
  const attribute = hops[0]?.relationship ?? names[0];
  return attribute === undefined
    ? UNKNOWN
    : named(existencePath(attribute), false);
}

function equals(
  path: Path,
  places: Places | undefined,
  wanted: readonly (Literal | Range)[],
): Narrow {
  const ends = wanted.flatMap((one) =>
    "from" in one ? [one.from, one.to] : one
  );
  if (places === undefined || !ends.every((one) => fits(one, path))) {
    return holders(path);
  }
  const exact = places.exact && ends.every(isWhole);
  return withPartial(
    path,
    wanted.flatMap((one) => {
      const { from, to } = "from" in one ? one : { from: one, to: one };
      const bounds = {
        from: { value: boundOf(from) },
        to: { value: boundOf(to) },
      };
      return places.of.flatMap((place) =>
        slotsOf(from).flatMap((slot) =>
          path.system === undefined
            ? [
              scan(slot, place, bounds, false, exact),
              scan(slot, place, bounds, true, exact),
            ]
            : scan(slot, place, bounds, false, exact)
        )
      );
    }),
  );
}

function ordered(
  { op, path, value }: OrderTerm,
  places: Places | undefined,
): Narrow {
  if (places === undefined || !fits(value, path)) return holders(path);
  const whole = isWhole(value);
  const open = whole && (op === ">" || op === "<");
  const bound = { value: boundOf(value), open };
  const bounds = op.startsWith(">") ? { from: bound } : { to: bound };
  const exact = places.exact && whole;
  const [slot = "text"] = slotsOf(value);
  return withPartial(
    path,
    places.of.map((place) => scan(slot, place, bounds, false, exact)),
  );
}

function scan(
  slot: ValueSlot,
  place: string,
  bounds: Bounds,
  isElement: boolean,
  exact: boolean,
): Scan {
  const table = slot === "text" || slot === "reference" ? "text" : "number";
  return {
    op: "scan",
    path: valuePath(slot, place, isElement),
    over: { table, bounds },
    exact,
  };
}

/** Adds the entities whose attribute is not indexed in full. */
function withPartial({ names }: Path, scans: readonly Scan[]): Narrow {
  const [attribute] = names;
  return anyOf(
    attribute === undefined
      ? scans
      : [...scans, named(partialPath(attribute), false)],
  );
}

function slotsOf({ kind }: Literal): readonly ValueSlot[] {
  return kind === "text" || kind === "name" ? ["text", "reference"] : [kind];
}

/** Whether the index can be asked for such a literal at such a path. */
function fits(literal: Literal, { system }: Path): boolean {
  if (system !== undefined) return literal.kind === "dateTime";
  return typeof literal.value !== "string" || isIndexable(literal.value);
}

function isWhole({ value }: Literal): boolean {
  return typeof value !== "string" || value.length < LONGEST_TEXT;
}

function boundOf({ value }: Literal): number | string {
  return typeof value === "string" ? cut(value) : Number(value);
}
