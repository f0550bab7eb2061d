import { TYPES_WITHOUT_HISTORY } from "../context/hosted_context.ts";
import {
  type Attribute,
  type Content,
  datasetOf,
} from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import type { Changed } from "../entity/entity_writer.ts";
import { NGSI_LD_NULL } from "../entity/value.ts";
import { ENTITY, SCOPE } from "./history_tables.ts";
import { measureOf } from "./measure.ts";

/** A row of the history, as it may wait in the outbox; the names are short because there are many. */
export interface HistoryRow {
  readonly e: string;
  /** Types, a JSON array. */
  readonly t: string;
  readonly a: string;
  readonly d: string;
  /** observedAt, createdAt, modifiedAt, deletedAt. */
  readonly o: string | null;
  readonly c: string;
  readonly m: string;
  readonly x: string | null;
  readonly k: string;
  readonly n: number | null;
  readonly s: string | null;
  /** `{content, attributes, expiresAt}` as JSON. */
  readonly v: string;
  /** expiresAt. */
  readonly f?: string;
  /** Whether it stands for earlier rows with the same observedAt. */
  readonly u?: true;
}

type Instances = readonly Attribute[];
const NONE: Instances = [];

/** Whether the broker keeps what such an entity was. */
export function hasHistory({ types }: Pick<Entity, "types">): boolean {
  return !types.some((type) => TYPES_WITHOUT_HISTORY.includes(type));
}

/**
 * What a change adds to the history, CIM 009 4.5.7: every instance it made or
 * deleted.
 */
export function rowsOfChange(
  { id, before, after, at }: Changed,
): HistoryRow[] {
  const entity = after ?? before;
  if (entity === undefined || !hasHistory(entity)) return [];
  const { types } = entity;
  // What goes because its time is over is not deleted by anyone.
  if (after === undefined && hasEnded(before, at)) return [];
  const rows: HistoryRow[] = [];
  const t = JSON.stringify(types);
  const old = before?.attributes ?? {};
  const left = after?.attributes ?? {};
  for (const iri in left) {
    const now = left[iri] ?? NONE;
    const then = old[iri] ?? NONE;
    if (now === then) continue;
    for (const one of now) {
      if (!then.includes(one)) rows.push(rowOf(id, t, iri, one));
    }
  }
  for (const iri in old) {
    const now = left[iri] ?? NONE;
    const then = old[iri] ?? NONE;
    if (now === then) continue;
    const datasets = now.map(datasetOf);
    for (const one of then) {
      if (!datasets.includes(datasetOf(one)) && !hasEnded(one, at)) {
        rows.push(deletedRow(id, t, iri, one, at));
      }
    }
  }
  addScopes(rows, id, t, before, after, at);
  addEntity(rows, id, t, before, after, at);
  return rows;
}

function hasEnded(
  one: { readonly expiresAt?: string } | undefined,
  at: string,
): boolean {
  return one?.expiresAt !== undefined &&
    Date.parse(one.expiresAt) <= Date.parse(at);
}

export function rowOf(
  entity: string,
  types: string,
  attribute: string,
  { content, attributes, createdAt, modifiedAt, expiresAt }: Attribute,
): HistoryRow {
  const { kind, number, text } = measureOf(content);
  return {
    e: entity,
    t: types,
    a: attribute,
    d: content.datasetId ?? "@none",
    o: content.observedAt ?? null,
    c: createdAt,
    m: modifiedAt,
    x: null,
    k: kind,
    n: number,
    s: text,
    v: JSON.stringify({ content, attributes, expiresAt }),
    ...expiresAt === undefined ? {} : { f: expiresAt },
  };
}

/** The end of an instance, CIM 009 4.5.7. */
export function deletedRow(
  entity: string,
  types: string,
  attribute: string,
  { content, createdAt }: Pick<Attribute, "content" | "createdAt">,
  at: string,
  observedAt?: string,
): HistoryRow {
  const { type, datasetId } = content;
  const ended = {
    type,
    ...CARRIES_NULL[type],
    ...datasetId === undefined ? {} : { datasetId },
    ...observedAt === undefined ? {} : { observedAt },
  };
  return {
    e: entity,
    t: types,
    a: attribute,
    d: datasetId ?? "@none",
    o: observedAt ?? null,
    c: createdAt,
    m: at,
    x: at,
    k: "deleted",
    n: null,
    s: null,
    v: JSON.stringify({ content: ended, attributes: {} }),
  };
}

const CARRIES_NULL: Readonly<Record<Content["type"], object>> = {
  Property: { value: NGSI_LD_NULL },
  GeoProperty: { value: NGSI_LD_NULL },
  LanguageProperty: { languageMap: { "@none": NGSI_LD_NULL } },
  VocabProperty: { vocab: NGSI_LD_NULL },
  JsonProperty: { json: NGSI_LD_NULL },
  ListProperty: { valueList: [NGSI_LD_NULL] },
  Relationship: { object: NGSI_LD_NULL },
  ListRelationship: { objectList: [{ object: NGSI_LD_NULL }] },
};

// CIM 009 4.5.6
function addScopes(
  rows: HistoryRow[],
  id: string,
  types: string,
  before: Entity | undefined,
  after: Entity | undefined,
  at: string,
): void {
  const then = before?.scopes ?? [];
  const now = after?.scopes ?? [];
  if (String(then) === String(now)) return;
  rows.push(scopeRow(id, types, now, at));
}

export function scopeRow(
  entity: string,
  types: string,
  scopes: readonly string[],
  at: string,
  observedAt = at,
): HistoryRow {
  const [first, ...more] = scopes;
  const gone = first === undefined;
  const value = gone || more.length > 0 ? scopes : first;
  const observed = gone ? {} : { observedAt };
  return {
    e: entity,
    t: types,
    a: SCOPE,
    d: "@none",
    o: gone ? null : observedAt,
    c: at,
    m: at,
    x: gone ? at : null,
    k: gone ? "deleted" : "scope",
    n: null,
    s: scopes.join(" "),
    v: JSON.stringify({
      content: { type: "Property", value, ...observed },
      attributes: {},
    }),
  };
}

function addEntity(
  rows: HistoryRow[],
  id: string,
  types: string,
  before: Entity | undefined,
  after: Entity | undefined,
  at: string,
): void {
  if (before !== undefined && after !== undefined) return;
  rows.push(
    entityRow(
      id,
      types,
      after?.createdAt ?? before?.createdAt ?? at,
      at,
      after === undefined,
    ),
  );
}

/** That an entity came to be or went. */
export function entityRow(
  entity: string,
  types: string,
  createdAt: string,
  at: string,
  gone: boolean,
): HistoryRow {
  return {
    e: entity,
    t: types,
    a: ENTITY,
    d: "@none",
    o: null,
    c: createdAt,
    m: at,
    x: gone ? at : null,
    k: gone ? "deleted" : "entity",
    n: null,
    s: null,
    v: "{}",
  };
}
