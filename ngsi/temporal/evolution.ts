import { type RawBuilder, sql, type Store } from "@hiraku/kernel/store";
import type { Instance } from "./instance.ts";
import type { Attribute } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { ENTITY, type HistoryTables, SCOPE } from "./history_tables.ts";
import { scopesIn } from "./scope_times.ts";
import {
  inInterval,
  type TemporalQuery,
  timeColumn,
} from "./temporal_query.ts";

/** The temporal evolution of an entity, or the part of it that was asked for, CIM 009 4.5.6. */
export interface Evolution extends Omit<Entity, "scopes" | "attributes"> {
  readonly deletedAt?: string;
  readonly scopes: readonly Instance[];
  /** Every scope it ever had, in the order of time. */
  readonly everyScope: readonly Instance[];
  readonly attributes: Readonly<Record<string, readonly Instance[]>>;
}

/** Which instances of an entity. */
export interface InstanceSelection {
  readonly query: TemporalQuery;
  /** IRIs; every attribute when absent. */
  readonly attributes?: readonly string[];
  readonly withScopes: boolean;
  /** `@none` stands for default instances. */
  readonly datasets?: readonly string[];
  /** The present: what has expired by then is not shown, CIM 009 4.22. */
  readonly now: string;
}

const INSTANCE = "urn:ngsi-ld:Instance:";

export function instanceIdOf(seq: bigint | number): string {
  return `${INSTANCE}${seq}`;
}

/** The row that an instance id names; undefined for an id that none can have. */
export function seqOf(instanceId: string): bigint | undefined {
  const digits = instanceId.startsWith(INSTANCE)
    ? instanceId.slice(INSTANCE.length)
    : "";
  return /^\d{1,18}$/.test(digits) ? BigInt(digits) : undefined;
}

/** Whether a row is a state of a selected attribute. */
export function selected(
  { query, attributes, datasets, now }: InstanceSelection,
): RawBuilder<boolean> {
  const members = attributes === undefined
    ? sql`attribute NOT IN (${ENTITY}, ${SCOPE})`
    : sql`attribute IN ${texts(attributes)}`;
  return sql`(${inInterval(query)} AND ${members}
    AND (expires_at IS NULL OR expires_at > ${now}::TIMESTAMP)
    ${
    datasets === undefined ? sql`` : sql`AND dataset IN ${texts(datasets)}`
  })`;
}

/** A list of texts for `IN`. */
export function texts(items: readonly string[]): RawBuilder<unknown> {
  return sql`(SELECT unnest(from_json(${
    JSON.stringify(items)
  }::JSON, '["VARCHAR"]')))`;
}

interface InstanceRow {
  readonly seq: bigint;
  readonly entity: string;
  readonly attribute: string;
  readonly moment: number;
  readonly created_at: number;
  readonly modified_at: number;
  readonly deleted_at: number | null;
  readonly content: string;
}

/**
 * The evolutions of `ids` in that order, with at most `most` instances of each
 * attribute: the first ones, or the last ones first when the query has `lastN`.
 * Ids without history are left out.
 */
export async function loadEvolutions(
  history: Store<HistoryTables>,
  ids: readonly string[],
  selection: InstanceSelection,
  most: number,
): Promise<Evolution[]> {
  if (ids.length === 0) return [];
  const { query, withScopes } = selection;
  const rows = await loadRows(history, ids, {
    query,
    which: selected(selection),
    most,
  });
  const scopeRows = await loadRows(history, ids, {
    query: WHENEVER,
    which: sql`attribute = ${SCOPE}`,
    most: MOST_SCOPES,
  });
  const instances = gathered(rows);
  const scopes = gathered(scopeRows);
  const outlines = await loadOutlines(history, ids);
  return ids.flatMap((id) => {
    const outline = outlines.get(id);
    if (outline === undefined) return [];
    const everyScope = scopes.get(id)?.get(SCOPE) ?? [];
    return {
      ...outline,
      everyScope,
      scopes: withScopes ? scopesIn(everyScope, query) : [],
      attributes: Object.fromEntries(instances.get(id) ?? []),
    };
  });
}

const WHENEVER: TemporalQuery = { timeproperty: "observedAt", explicit: false };
const MOST_SCOPES = 1_000;

async function loadRows(
  history: Store<HistoryTables>,
  ids: readonly string[],
  { query, which, most }: {
    query: TemporalQuery;
    which: RawBuilder<boolean>;
    most: number;
  },
): Promise<InstanceRow[]> {
  if (most === 0) return [];
  const order = query.lastN === undefined
    ? sql`moment, seq`
    : sql`moment DESC, seq DESC`;
  const { rows } = await sql<InstanceRow>`
    WITH ranked AS (
      SELECT seq, entity, attribute, created_at, modified_at, deleted_at,
        content, coalesce(${timeColumn(query)}, modified_at) AS moment,
        row_number() OVER (PARTITION BY entity, attribute ORDER BY ${order})
          AS rank
      FROM instance WHERE entity IN ${texts(ids)} AND ${which}
    )
    SELECT seq, entity, attribute, content,
      epoch_us(moment)::DOUBLE / 1000 AS moment,
      epoch_ms(created_at)::DOUBLE AS created_at,
      epoch_ms(modified_at)::DOUBLE AS modified_at,
      epoch_ms(deleted_at)::DOUBLE AS deleted_at
    FROM ranked WHERE rank <= ${most} ORDER BY ${order}`.execute(history);
  return rows;
}

/** Instances by entity and attribute, in the order of the rows. */
function gathered(
  rows: readonly InstanceRow[],
): Map<string, Map<string, Instance[]>> {
  const entities = new Map<string, Map<string, Instance[]>>();
  for (const row of rows) {
    let attributes = entities.get(row.entity);
    if (attributes === undefined) {
      entities.set(row.entity, attributes = new Map());
    }
    const instances = attributes.get(row.attribute);
    if (instances === undefined) {
      attributes.set(row.attribute, [instanceOf(row)]);
    } else instances.push(instanceOf(row));
  }
  return entities;
}

function instanceOf(row: InstanceRow): Instance {
  const kept = JSON.parse(row.content) as Pick<
    Attribute,
    "content" | "attributes" | "expiresAt"
  >;
  return {
    ...kept,
    instanceId: instanceIdOf(row.seq),
    createdAt: iso(row.created_at),
    modifiedAt: iso(row.modified_at),
    ...row.deleted_at === null ? {} : { deletedAt: iso(row.deleted_at) },
    at: row.moment,
  };
}

type Outline = Omit<Evolution, "scopes" | "everyScope" | "attributes">;

async function loadOutlines(
  history: Store<HistoryTables>,
  ids: readonly string[],
): Promise<Map<string, Outline>> {
  const { rows } = await sql<{
    entity: string;
    types: string;
    created_at: number;
    modified_at: number;
    deleted_at: number | null;
  }>`
    SELECT entity, arg_max(types, seq) AS types,
      epoch_ms(min(created_at))::DOUBLE AS created_at,
      epoch_ms(max(modified_at))::DOUBLE AS modified_at,
      epoch_ms(arg_max(struct_pack(d := deleted_at), seq)
        FILTER (attribute = ${ENTITY}).d)::DOUBLE AS deleted_at
    FROM instance WHERE entity IN ${texts(ids)} GROUP BY entity`
    .execute(history);
  return new Map(rows.map((row) => [row.entity, {
    id: row.entity,
    types: JSON.parse(row.types) as string[],
    createdAt: iso(row.created_at),
    modifiedAt: iso(row.modified_at),
    ...row.deleted_at === null ? {} : { deletedAt: iso(row.deleted_at) },
  }]));
}

export function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** An evolution as the matchers of queries see it: an entity with every instance at once. */
export function asEntity(evolution: Evolution): Entity {
  return { ...evolution, scopes: [] };
}
