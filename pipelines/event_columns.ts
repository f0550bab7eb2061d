import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { EventLine } from "@hiraku/pipelines/events";

/** The only statement of an event's columns: key of the line, column, DuckDB type. */
export const EVENT_COLUMNS = [
  ["eventId", "event_id", "VARCHAR"],
  ["type", "type", "VARCHAR"],
  ["version", "version", "SMALLINT"],
  ["occurredAt", "occurred_at", "TIMESTAMP"],
  ["receivedAt", "received_at", "TIMESTAMP"],
  ["keyId", "key_id", "VARCHAR"],
  ["miniApp", "mini_app", "VARCHAR"],
  ["appVersion", "app_version", "VARCHAR"],
  ["os", "os", "VARCHAR"],
  ["provider", "provider", "VARCHAR"],
  ["subject", "subject", "VARCHAR"],
  ["tier", "tier", "VARCHAR"],
  ["consent", "consent", "VARCHAR[]"],
  ["district", "district", "VARCHAR"],
  ["ageBand", "age_band", "VARCHAR"],
  ["sex", "sex", "VARCHAR"],
  ["resident", "resident", "BOOLEAN"],
  ["mode", "mode", "VARCHAR"],
  ["disasterEventId", "disaster_event_id", "VARCHAR"],
  ["data", "data", "JSON"],
  ["idempotency", "idempotency", "VARCHAR"],
] as const satisfies readonly (readonly [keyof EventLine, string, string])[];

const FAULT = ["fault", "STRUCT(code VARCHAR, field VARCHAR)"] as const;

/** `"event_id" VARCHAR, …` for CREATE TABLE. */
export function columnDefinitions(): RawBuilder<unknown> {
  return sql.join(
    EVENT_COLUMNS.map(([, column, type]) =>
      sql`${sql.ref(column)} ${sql.raw(type)}`
    ),
  );
}

/** `"event_id", "type", …` */
export function columnNames(): RawBuilder<unknown> {
  return sql.join(EVENT_COLUMNS.map(([, column]) => sql.ref(column)));
}

/** The event lines of sealed segments as rows, with their file name. */
export function linesOf(paths: readonly string[]): RawBuilder<unknown> {
  const columns = [
    ...EVENT_COLUMNS.map(([key, , type]) => [key, type] as const),
    FAULT,
  ];
  const fields = sql.join(
    columns.map(([key, type]) => sql`${sql.ref(key)}: ${sql.lit(type)}`),
  );
  const named = sql.join(
    EVENT_COLUMNS.map(([key, column]) =>
      sql`${sql.ref(key)} as ${sql.ref(column)}`
    ),
  );
  return sql`(
    select ${named}, fault, filename
    from read_json(
      [${sql.join(paths.map((path) => sql.lit(path)))}],
      format = 'newline_delimited', filename = true, columns = {${fields}}
    )
  )`;
}
