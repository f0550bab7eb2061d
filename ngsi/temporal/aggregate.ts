import { Problem } from "@hiraku/kernel";
import { type RawBuilder, sql, type Store } from "@hiraku/kernel/store";
import { refused } from "../query/refusal.ts";
import { type InstanceSelection, iso, selected, texts } from "./evolution.ts";
import { type HistoryTables, SCOPE } from "./history_tables.ts";
import type { Measure } from "./measure.ts";
import { type Period, periodStart } from "./period.ts";
import { timeColumn } from "./temporal_query.ts";

/** CIM 009 4.5.19.1 */
export const AGGREGATION_METHODS = [
  "totalCount",
  "distinctCount",
  "sum",
  "avg",
  "min",
  "max",
  "stddev",
  "sumsq",
] as const;
export type AggregationMethod = typeof AGGREGATION_METHODS[number];

export interface Aggregation {
  readonly methods: readonly AggregationMethod[];
  /** Undefined spans the whole range. */
  readonly period: Period | undefined;
}

/** Value, start and end of a period. */
export type AggregatedValue = readonly [unknown, string, string];

/** The aggregated evolution of one attribute instance. */
export interface AggregatedAttribute {
  readonly attribute: string;
  readonly dataset: string;
  readonly relationship: boolean;
  readonly values: ReadonlyMap<AggregationMethod, readonly AggregatedValue[]>;
}

/** Reads names of methods. Throws `BadRequestData`. */
export function readMethods(
  names: readonly string[],
  parameter = "aggrMethods",
): AggregationMethod[] {
  if (names.length === 0) throw refused(parameter, "missing");
  return [...new Set(names)].map((name) => {
    const method = AGGREGATION_METHODS.find((one) => one === name);
    if (method === undefined) throw refused(parameter, "not a method");
    return method;
  });
}

const MOST_PERIODS = 100_000;

type Kind = Measure["kind"];
const COUNTED: readonly AggregationMethod[] = ["totalCount", "distinctCount"];
const NUMERIC: readonly AggregationMethod[] = AGGREGATION_METHODS;
const ORDERED: readonly AggregationMethod[] = [...COUNTED, "min", "max"];
// Tables 4.5.19.1-1 to -3.
const ELIGIBLE: Readonly<Record<Kind, readonly AggregationMethod[]>> = {
  number: NUMERIC,
  boolean: NUMERIC,
  text: ORDERED,
  object: COUNTED,
  array: [...ORDERED, "avg", "sum"],
  dateTime: ORDERED,
  date: ORDERED,
  time: [...ORDERED, "avg"],
  uri: COUNTED,
  relationship: COUNTED,
};

interface Row extends Partial<Record<AggregationMethod, number | null>> {
  readonly entity: string;
  readonly attribute: string;
  readonly dataset: string;
  readonly period: number;
  /** Which kinds there are: a bit for each, in the order of `KINDS`. */
  readonly kinds: number;
  readonly minText?: string | null;
  readonly maxText?: string | null;
}

const KINDS = Object.keys(ELIGIBLE) as Kind[];

const kindBits = sql`bit_or(CASE kind ${
  sql.join(
    KINDS.map((kind, i) => sql`WHEN ${sql.lit(kind)} THEN ${sql.lit(1 << i)}`),
    sql` `,
  )
} ELSE 0 END)::INTEGER`;

/** Only what is asked for is computed: some of it costs more than all the rest. */
const COLUMNS: Readonly<Record<AggregationMethod, RawBuilder<unknown>>> = {
  totalCount: sql`count(*)::DOUBLE AS "totalCount"`,
  distinctCount: sql`(CASE WHEN count(text) = 0 THEN count(DISTINCT number)
    ELSE count(DISTINCT coalesce(text, number::VARCHAR)) END)::DOUBLE
    AS "distinctCount"`,
  sum: sql`sum(number) AS "sum"`,
  avg: sql`avg(number) AS "avg"`,
  stddev: sql`stddev_pop(number) AS "stddev"`,
  sumsq: sql`sum(number * number) AS "sumsq"`,
  min: sql`min(number) AS "min", min(text) AS "minText"`,
  max: sql`max(number) AS "max", max(text) AS "maxText"`,
};

/**
 * Aggregates of the selected instances by entity, one scan for all of them.
 * Throws `InvalidRequest` when an attribute is eligible for none of the methods.
 */
export async function aggregated(
  history: Store<HistoryTables>,
  ids: readonly string[],
  selection: InstanceSelection,
  { methods, period }: Aggregation,
): Promise<Map<string, AggregatedAttribute[]>> {
  const starts = await loadStarts(history, ids, selection);
  const { rows } = await sql<Row>`
    WITH chosen AS (
      SELECT i.entity, attribute, dataset, kind, number, text,
        ${periodOf(selection, starts, period)} AS period
      FROM instance i JOIN (
        SELECT unnest(from_json(${
    JSON.stringify(
      [...starts].map(([e, range]) => periodStarts(e, range, period)),
    )
  }::JSON, '[{"e":"VARCHAR","starts":["DOUBLE"]}]'), recursive := true)
      ) s ON s.e = i.entity
      WHERE ${selected(selection)} AND i.deleted_at IS NULL
        AND i.attribute <> ${SCOPE}
    )
    SELECT entity, attribute, dataset, period::DOUBLE AS period,
      ${kindBits} AS kinds,
      ${sql.join(methods.map((method) => COLUMNS[method]))}
    FROM chosen GROUP BY entity, attribute, dataset, period
    ORDER BY entity, attribute, dataset, period`.execute(history);
  return gathered(rows, methods, (entity, count) => {
    const { start = 0, end = 0 } = starts.get(entity) ?? {};
    return period === undefined ? [start, end] : [
      periodStart(start, period, count),
      periodStart(start, period, count + 1),
    ];
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the periods of each entity begin and end: where the query says, or with its first and last instance. */
async function loadStarts(
  history: Store<HistoryTables>,
  ids: readonly string[],
  selection: InstanceSelection,
): Promise<Map<string, Range>> {
  const { timerel, timeAt, endTimeAt } = selection.query;
  const column = timeColumn(selection.query);
  const { rows } = await sql<{ entity: string } & Range>`
    SELECT entity, epoch_us(min(${column}))::DOUBLE / 1000 AS start,
      epoch_us(max(${column}))::DOUBLE / 1000 AS "end"
    FROM instance
    WHERE entity IN ${texts(ids)} AND ${selected(selection)}
      AND deleted_at IS NULL AND ${column} IS NOT NULL
    GROUP BY entity`.execute(history);
  const from = timerel === "after" || timerel === "between"
    ? Date.parse(timeAt ?? "")
    : undefined;
  const to = timerel === "between"
    ? Date.parse(endTimeAt ?? "")
    : timerel === "before"
    ? Date.parse(timeAt ?? "")
    : undefined;
  return new Map(rows.map(({ entity, start, end }) => [
    entity,
    { start: from ?? start, end: to ?? end },
  ]));
}

/** Which period an instance falls into, counted from 0. */
function periodOf(
  { query }: InstanceSelection,
  starts: ReadonlyMap<string, Range>,
  period: Period | undefined,
): RawBuilder<number> {
  if (period === undefined) return sql`0`;
  const longest = Math.max(
    0,
    ...[...starts.values()].map(({ start, end }) => end - start),
  );
  const length = period.months * 28 * 86_400_000 + period.ms;
  if (longest / length > MOST_PERIODS) {
    throw refused("aggrPeriodDuration", `more than ${MOST_PERIODS} periods`);
  }
  const moment = sql`(epoch_us(${timeColumn(query)})::DOUBLE / 1000)`;
  if (period.months === 0) {
    return sql`floor((${moment} - s.starts[1]) / ${period.ms})`;
  }
  if (period.ms === 0 && [...starts.values()].every(isInEveryMonth)) {
    return sql`(datesub('month',
      make_timestamp((s.starts[1] * 1000)::BIGINT), ${timeColumn(query)})
      // ${period.months})`;
  }
  return sql`len(list_filter(s.starts, lambda x: x <= ${moment})) - 1`;
}

/** Whether every month has the day on which a range starts. */
function isInEveryMonth({ start }: Range): boolean {
  return new Date(start).getUTCDate() <= 28;
}

/** Months differ in length: for them, the starts of all periods; else the first. */
function periodStarts(
  e: string,
  { start, end }: Range,
  period: Period | undefined,
): { e: string; starts: number[] } {
  const starts = [start];
  if (period === undefined || period.months === 0) return { e, starts };
  let next = periodStart(start, period, 1);
  while (next <= end) {
    starts.push(next);
    next = periodStart(start, period, starts.length);
  }
  return { e, starts };
}

function gathered(
  rows: readonly Row[],
  methods: readonly AggregationMethod[],
  rangeOf: (entity: string, period: number) => readonly [number, number],
): Map<string, AggregatedAttribute[]> {
  const entities = new Map<string, AggregatedAttribute[]>();
  let current: AggregatedAttribute | undefined;
  let values = new Map<AggregationMethod, AggregatedValue[]>();
  let of = "";
  for (const row of rows) {
    const key = JSON.stringify([row.entity, row.attribute, row.dataset]);
    const kinds = KINDS.filter((_, i) => row.kinds & (1 << i));
    if (key !== of || current === undefined) {
      of = key;
      values = new Map();
      current = {
        attribute: row.attribute,
        dataset: row.dataset,
        relationship: kinds.includes("relationship"),
        values,
      };
      const all = entities.get(row.entity) ?? [];
      entities.set(row.entity, all);
      all.push(current);
    }
    const eligible = methods.filter((method) =>
      kinds.some((kind) => ELIGIBLE[kind].includes(method))
    );
    if (eligible.length === 0) {
      throw new Problem(
        "InvalidRequest",
        "An attribute is eligible for none of the aggregation methods",
      );
    }
    const [start, end] = rangeOf(row.entity, row.period);
    for (const method of eligible) {
      const list = values.get(method) ?? [];
      values.set(method, list);
      list.push([valueOf(row, method, kinds), iso(start), iso(end)]);
    }
  }
  return entities;
}

function valueOf(
  row: Row,
  method: AggregationMethod,
  kinds: readonly Kind[],
): unknown {
  const asText = !kinds.some((kind) =>
    kind === "number" || kind === "boolean" || kind === "array"
  );
  if (method === "min") return asText ? row.minText : row.min;
  if (method === "max") return asText ? row.maxText : row.max;
  const { avg } = row;
  if (method === "avg" && kinds.includes("time") && typeof avg === "number") {
    return iso(avg).slice(11);
  }
  return row[method];
}
