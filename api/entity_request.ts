import { Problem } from "@hiraku/kernel";
import {
  asksForAttribute,
  type EntityFilter,
  linkDepth,
  type Names,
  type OrderingParts,
  parsePattern,
  parseQ,
  parseScopeQuery,
  parseTypeSelection,
  projectionDepth,
  readGeoQuery,
  readId,
  readOrdering,
  type Selector,
  type View,
} from "@hiraku/ngsi";

/** The members of a request as sent, by the names of parameters; lists separated by commas. */
export type Sent = Readonly<Partial<Record<string, unknown>>>;

/** How linked entities are put into an answer, CIM 009 4.5.23. */
export interface Join {
  readonly kind: "inline" | "flat";
  readonly level: number;
  readonly containedBy: ReadonlySet<string>;
}

export const FILTER_MEMBERS = `
type id idPattern attrs q scopeQ georel geometry coordinates geoproperty
expandValues jsonKeys csf splitEntities entityMap entityMapLifetime
orderBy orderFrom orderGeometry collation`.trim().split(/\s+/);
export const JOIN_MEMBERS = ["join", "joinLevel", "containedBy"];

const DEEPEST_JOIN = 10;
const OWN = ["id", "type", "scope"];
const SYSTEM = ["createdAt", "modifiedAt", "deletedAt", "expiresAt"];

/** Reads which entities are asked for. Throws `BadRequestData`. */
export function filterOf(
  sent: Sent,
  names: Names,
  selectors: readonly Selector[] | undefined,
  { pick }: Pick<View, "pick"> = {},
): EntityFilter {
  refuseMaps(sent);
  const expandValues = listOf(sent, "expandValues")?.map(names.expand) ?? [];
  listOf(sent, "jsonKeys")?.forEach(names.expand);
  const q = textOf(sent, "q");
  const scopeQ = textOf(sent, "scopeQ");
  const csf = textOf(sent, "csf");
  // It chooses among registrations, of which there are none here.
  if (csf !== undefined) parseQ(csf, names, { parameter: "csf" });
  const members = [...pick?.members.keys() ?? []];
  const attributes = members.filter((name) => !OWN.includes(name));
  // CIM 009 5.7.2.4: at least one of what is shown has to be there.
  const narrows = sent.attrs !== undefined ||
    members.length === attributes.length;
  const always = members.some((name) => SYSTEM.includes(name));
  const geo = ["georel", "geometry", "coordinates"].some((name) =>
    sent[name] !== undefined
  );
  return {
    ...selectors === undefined ? {} : { selectors },
    ...members.length > 0 && narrows && !always ? { attributes } : {},
    ...q === undefined ? {} : { q: parseQ(q, names, { expandValues }) },
    ...scopeQ === undefined ? {} : { scopes: parseScopeQuery(scopeQ) },
    ...geo ? { geo: readGeoQuery(sent, names) } : {},
    ...orderingOf(sent, names),
  };
}

function orderingOf(sent: Sent, names: Names) {
  const { orderBy, orderFrom, orderGeometry, collation } = sent;
  if (orderBy !== undefined) {
    const parts = { orderBy, orderFrom, orderGeometry, collation };
    return { ordering: readOrdering(parts as OrderingParts, names) };
  }
  for (const name of ["orderFrom", "orderGeometry", "collation"]) {
    if (sent[name] !== undefined) throw bad(name, "needs 'orderBy'");
  }
  return {};
}

function refuseMaps(sent: Sent): void {
  flagOf(sent, "splitEntities");
  const lifetime = textOf(sent, "entityMapLifetime");
  if (flagOf(sent, "entityMap") || lifetime !== undefined) {
    throw new Problem("OperationNotSupported", "Entity maps are not here yet");
  }
}

/** The one selector that parameters make. */
export function selectorOf(sent: Sent, names: Names): Selector | undefined {
  const { type, id, idPattern } = sent;
  if (type === undefined && id === undefined && idPattern === undefined) {
    return undefined;
  }
  return readSelector({ type: "*", ...sent, id: listOf(sent, "id") }, names);
}

/** Reads an EntitySelector, CIM 009 5.2.33. Throws `BadRequestData`. */
export function readSelector(sent: Sent, names: Names): Selector {
  const { id } = sent;
  const types = textOf(sent, "type");
  if (types === undefined) throw bad("type", "missing");
  const ids = id === undefined ? undefined : [id].flat().map(readId);
  if (ids?.length === 0) throw bad("id", "empty");
  const pattern = textOf(sent, "idPattern");
  const idPattern = pattern === undefined
    ? undefined
    : parsePattern(pattern, "idPattern");
  return {
    types: parseTypeSelection(types, names),
    ...ids === undefined ? {} : { ids },
    ...idPattern === undefined ? {} : { idPattern },
  };
}

/** Refuses what would read everything, CIM 009 5.7.2.4. */
export function refuseTooWide(
  { selectors, attributes, q, geo }: EntityFilter,
  sent: Sent,
): void {
  const local = sent.local === undefined ? undefined : flagOf(sent, "local");
  const every = selectors?.some(({ types }) => types === "*") ?? true;
  const named = sent.type === "*" || sent.entities !== undefined;
  if (every && named && local === false) {
    throw bad("local", "every type is asked for locally only");
  }
  const narrow = !every || named || attributes !== undefined ||
    (q !== undefined && asksForAttribute(q)) || geo !== undefined;
  if (narrow || local === true) return;
  throw new Problem(
    "BadRequestData",
    "Too wide: ask for a 'type', for 'attrs', with 'q' or 'georel', or with local=true",
  );
}

/** Reads how relationships are followed; what is asked behind one must be within reach. */
export function joinOf(
  sent: Sent,
  { pick, omit }: View,
  { q }: EntityFilter = {},
): Join | undefined {
  const kind = textOf(sent, "join") ?? "@none";
  if (kind !== "inline" && kind !== "flat" && kind !== "@none") {
    throw bad("join", "flat, inline or @none");
  }
  const { joinLevel = "1" } = sent;
  const level = Number(joinLevel);
  if (!/^[1-9]\d?$/.test(String(joinLevel)) || level > DEEPEST_JOIN) {
    throw bad("joinLevel", `a whole number from 1 to ${DEEPEST_JOIN}`);
  }
  const containedBy = new Set(listOf(sent, "containedBy")?.map(readId));
  const reach = kind === "@none" ? 0 : level;
  if (reach === 0 && (sent.joinLevel ?? sent.containedBy) !== undefined) {
    throw bad("joinLevel", "needs 'join'");
  }
  for (const [name, projection] of Object.entries({ pick, omit })) {
    if (projection !== undefined && projectionDepth(projection) > reach) {
      throw bad(name, "deeper than linked entities are followed");
    }
  }
  if (q !== undefined && linkDepth(q) > reach) {
    throw bad("q", "too deep: deeper than linked entities are followed");
  }
  return kind === "@none" ? undefined : { kind, level, containedBy };
}

export function textOf(sent: Sent, name: string): string | undefined {
  const value = sent[name];
  if (value === undefined || typeof value === "string") return value;
  throw bad(name, "not text");
}

export function listOf(sent: Sent, name: string): string[] | undefined {
  const items = textOf(sent, name)?.split(/[,|]/);
  if (items?.includes("")) throw bad(name, "a gap");
  return items;
}

export function flagOf(sent: Sent, name: string): boolean {
  const value = String(sent[name] ?? "false");
  if (value === "true" || value === "false") return value === "true";
  throw bad(name, "true or false");
}

export function bad(name: string, what: string): Problem {
  return new Problem("BadRequestData", `Parameter '${name}': ${what}`);
}
