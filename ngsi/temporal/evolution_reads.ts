import { Problem } from "@hiraku/kernel";
import { type RawBuilder, sql, type Store } from "@hiraku/kernel/store";
import { type GeoQuery, matchesGeo } from "../query/geo_query.ts";
import { matchesQ } from "../query/match_q.ts";
import type { Q } from "../query/q.ts";
import type { ScopeQuery } from "../query/scope_query.ts";
import { matchesTypes, type TypeSelection } from "../query/type_selection.ts";
import {
  aggregated,
  type AggregatedAttribute,
  type Aggregation,
} from "./aggregate.ts";
import {
  asEntity,
  type Evolution,
  type InstanceSelection,
  iso,
  loadEvolutions,
  selected,
  texts,
} from "./evolution.ts";
import type { Instance } from "./instance.ts";
import type { History } from "./history.ts";
import type { HistoryTables } from "./history_tables.ts";
import { isWithin, scopeStretches } from "./scope_times.ts";

/** What of the history is asked for. */
export interface EvolutionRequest {
  readonly selection: Omit<InstanceSelection, "now">;
  readonly aggregation?: Aggregation;
}

/** Entities by what they are; all that is given must fit. */
export interface EntitySelector {
  readonly types?: TypeSelection;
  readonly ids?: readonly string[];
  readonly idPattern?: string;
}

/** Which entities' history, CIM 009 5.7.4. */
export interface EvolutionQuery extends EvolutionRequest {
  /** Any of them fits; every entity when there is none. */
  readonly selectors: readonly EntitySelector[];
  /** Only entities with an instance of one of these in the interval. */
  readonly having?: readonly string[];
  readonly q?: Q;
  readonly geo?: GeoQuery;
  readonly scopes?: ScopeQuery;
  /** By id instead of by first appearance, CIM 009 5.7.4.3. */
  readonly byId?: { readonly descending: boolean; readonly collation?: string };
  readonly limit: number;
  readonly offset: number;
  readonly count: boolean;
}

/** The interval that an answer covers when it could not cover all, CIM 009 6.3.10. */
export interface PartialRange {
  readonly start: string;
  readonly end: string;
  /** What `lastN` asked for. */
  readonly size: number | undefined;
}

export interface EvolutionAnswer {
  readonly evolutions: readonly Evolution[];
  /** By entity id, when aggregates were asked for. */
  readonly aggregates?: ReadonlyMap<string, readonly AggregatedAttribute[]>;
  readonly partial?: PartialRange;
  readonly total?: number;
  readonly more: boolean;
}

type Opened = Store<HistoryTables>;

const MOST_CANDIDATES = 20_000;
const MATCHED_AT_ONCE = 200;
/** Instances of one attribute that a filter by value looks at. */
const MATCHED_INSTANCES = 10_000;

/** Retrieve Temporal Evolution of an Entity, CIM 009 5.7.3. Throws `ResourceNotFound`. */
export async function retrieveEvolution(
  history: History,
  id: string,
  request: EvolutionRequest,
): Promise<EvolutionAnswer> {
  const opened = await history.read();
  const answer = await answered(
    opened,
    [id],
    present(request, history),
    history.options.pageSize,
  );
  const [evolution] = answer.evolutions;
  const { query: { explicit }, attributes } = request.selection;
  const nothing = evolution === undefined ||
    (explicit || attributes !== undefined && attributes.length > 0) &&
      isEmpty(evolution) && (answer.aggregates?.get(id) ?? []).length === 0;
  if (!nothing) return answer;
  throw new Problem("ResourceNotFound", "The entity has no such history");
}

/** Query Temporal Evolution of Entities, CIM 009 5.7.4. */
export async function queryEvolutions(
  history: History,
  asked: EvolutionQuery,
): Promise<EvolutionAnswer> {
  const query = present(asked, history);
  const { limit, offset, count } = query;
  const opened = await history.read();
  const candidates = await candidateIds(opened, query);
  const filtered = query.q ?? query.geo ?? query.scopes;
  const ids = filtered === undefined
    ? candidates
    : await matchingIds(opened, candidates, query);
  const page = ids.slice(offset, offset + limit);
  const answer = await answered(opened, page, query, history.options.pageSize);
  return {
    ...answer,
    evolutions: answer.evolutions.map((one) => inScope(one, query)),
    ...count ? { total: ids.length } : {},
    more: limit > 0 && ids.length > offset + limit,
  };
}

type Present<Request> = Request & { readonly selection: InstanceSelection };

function present<Request extends EvolutionRequest>(
  request: Request,
  history: History,
): Present<Request> {
  return {
    ...request,
    selection: { ...request.selection, now: history.now() },
  };
}

async function answered(
  opened: Opened,
  ids: readonly string[],
  { selection, aggregation }: Present<EvolutionRequest>,
  pageSize: number,
): Promise<EvolutionAnswer> {
  if (aggregation !== undefined) {
    const aggregates = await aggregated(opened, ids, selection, aggregation);
    const evolutions = await loadEvolutions(opened, ids, selection, 0);
    return { evolutions, aggregates, more: false };
  }
  const { lastN } = selection.query;
  const fits = lastN !== undefined && lastN <= pageSize;
  const all = await loadEvolutions(
    opened,
    ids,
    selection,
    fits ? lastN : pageSize + 1,
  );
  return fits
    ? { evolutions: all, more: false }
    : cut(all, selection, pageSize);
}

/** Shortens every attribute to the interval in which all of them are whole. */
function cut(
  evolutions: readonly Evolution[],
  { query }: InstanceSelection,
  pageSize: number,
): EvolutionAnswer {
  const { lastN, timerel, timeAt, endTimeAt } = query;
  const backwards = lastN !== undefined;
  const ends = evolutions.flatMap((one) =>
    series(one).flatMap((instances) =>
      instances.length > pageSize ? instances[pageSize - 1]?.at ?? [] : []
    )
  );
  if (ends.length === 0) return { evolutions, more: false };
  const end = backwards ? Math.max(...ends) : Math.min(...ends);
  const within = ({ at }: Instance) => backwards ? at >= end : at <= end;
  const shortened = evolutions.map((one) => ({
    ...one,
    scopes: one.scopes.filter(within),
    attributes: Object.fromEntries(
      Object.entries(one.attributes).map(([iri, instances]) =>
        [iri, instances.filter(within)] as const
      ),
    ),
  }));
  const times = shortened.flatMap(series).flat().map(({ at }) => at);
  const first = iso(times.reduce((a, b) => Math.min(a, b), Infinity));
  const last = iso(times.reduce((a, b) => Math.max(a, b), -Infinity));
  const opening = backwards
    ? timerel === "before" ? timeAt : timerel === "between" ? endTimeAt : last
    : timerel === "after" || timerel === "between"
    ? timeAt
    : first;
  return {
    evolutions: shortened,
    partial: {
      start: opening ?? first,
      end: backwards ? first : last,
      size: lastN,
    },
    more: false,
  };
}

function series({ scopes, attributes }: Evolution): (readonly Instance[])[] {
  return [scopes, ...Object.values(attributes)];
}

/** Only what was true while the scopes met the query, CIM 009 annex C.5.16. */
function inScope(
  evolution: Evolution,
  { scopes, selection }: EvolutionQuery,
): Evolution {
  if (scopes === undefined) return evolution;
  const { everyScope, attributes } = evolution;
  const within = isWithin(scopeStretches(everyScope, scopes, selection.query));
  return {
    ...evolution,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([iri, instances]) =>
        [iri, instances.filter(within)] as const
      ),
    ),
  };
}

function isEmpty(evolution: Evolution): boolean {
  return series(evolution).every((instances) => instances.length === 0);
}

async function selectorConditions(
  opened: Opened,
  selectors: readonly EntitySelector[],
): Promise<RawBuilder<unknown>[]> {
  if (selectors.length === 0) return [];
  const { rows } = await sql<{ types: string }>`
    SELECT DISTINCT types FROM instance`.execute(opened);
  const sets = rows.map(({ types }) => types);
  const each = selectors.map(({ types, ids, idPattern }) => {
    const all: RawBuilder<unknown>[] = [sql`true`];
    if (ids !== undefined) all.push(sql`entity IN ${texts(ids)}`);
    if (types !== undefined) {
      const fitting = sets.filter((set) =>
        matchesTypes(types, JSON.parse(set) as string[])
      );
      all.push(sql`types IN ${texts(fitting)}`);
    }
    if (idPattern !== undefined) {
      all.push(sql`regexp_matches(entity, ${idPattern})`);
    }
    return sql`(${sql.join(all, sql` AND `)})`;
  });
  return [sql`(${sql.join(each, sql` OR `)})`];
}

async function candidateIds(
  opened: Opened,
  query: Present<EvolutionQuery>,
): Promise<string[]> {
  const { selectors, having, byId } = query;
  const { query: temporal, datasets, now } = query.selection;
  const conditions: RawBuilder<unknown>[] = [
    selected({
      query: temporal,
      now,
      withScopes: false,
      ...datasets === undefined ? {} : { datasets },
      ...having === undefined ? {} : { attributes: having },
    }),
    ...await selectorConditions(opened, selectors),
  ];
  const order = byId === undefined
    ? sql`min(seq)`
    : byId.descending
    ? sql`entity DESC`
    : sql`entity`;
  const { rows } = await sql<{ entity: string }>`
    SELECT entity FROM instance WHERE ${sql.join(conditions, sql` AND `)}
    GROUP BY entity ORDER BY ${order} LIMIT ${MOST_CANDIDATES + 1}`
    .execute(opened);
  if (rows.length > MOST_CANDIDATES) {
    throw new Problem(
      "TooManyResults",
      `More than ${MOST_CANDIDATES} entities: narrow the types, ids or interval`,
    );
  }
  const found = rows.map(({ entity }) => entity);
  if (byId?.collation === undefined) return found;
  const { compare } = new Intl.Collator(byId.collation);
  return found.sort((a, b) => byId.descending ? compare(b, a) : compare(a, b));
}

async function matchingIds(
  opened: Opened,
  candidates: readonly string[],
  query: Present<EvolutionQuery>,
): Promise<string[]> {
  const { q, geo, scopes } = query;
  const { attributes: _, datasets: __, ...wide } = query.selection;
  const { lastN: ___, ...interval } = wide.query;
  const matching: string[] = [];
  for (let at = 0; at < candidates.length; at += MATCHED_AT_ONCE) {
    const some = await loadEvolutions(
      opened,
      candidates.slice(at, at + MATCHED_AT_ONCE),
      { ...wide, query: interval, withScopes: true },
      MATCHED_INSTANCES,
    );
    for (const one of some) {
      const entity = asEntity(one);
      const meets = (q === undefined || matchesQ(q, entity)) &&
        (geo === undefined || matchesGeo(geo, entity)) &&
        (scopes === undefined ||
          scopeStretches(one.everyScope, scopes, interval).length > 0);
      if (meets) matching.push(one.id);
    }
  }
  return matching;
}
