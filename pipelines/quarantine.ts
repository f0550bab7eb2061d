import { type Clock, Problem, ulid } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { contractFor, type EventLine, SEALED } from "@hiraku/pipelines/events";
import type { Warehouse } from "./warehouse.ts";

/** Which events of the quarantine are meant; all without one. */
export interface QuarantineFilter {
  readonly type?: string;
  readonly code?: string;
  readonly field?: string;
}

/** Events that broke their contract in the same way. */
export interface QuarantineGroup {
  readonly type: string;
  readonly code: string;
  readonly field: string;
  readonly rows: number;
  readonly oldest: string;
  readonly newest: string;
}

/** One event in quarantine as an operator may see it; its person is left out. */
export interface QuarantinedEvent {
  readonly eventId: string | null;
  readonly type: string | null;
  readonly occurredAt: string | null;
  readonly receivedAt: string | null;
  readonly code: string;
  readonly field: string;
  /** Names of the fields it had and the values that fit their own field. */
  readonly data: unknown;
}

/**
 * How events are mended: fields of the line or of `data` that are set to a
 * constant or left out, such as `{ set: { "data.method": "qr" } }`.
 */
export interface MendingRule {
  readonly set: Readonly<Record<string, unknown>>;
  readonly drop: readonly string[];
}

export interface Replay {
  readonly matched: number;
  /** Written to the landing folder again. */
  readonly replayed: number;
  /** Left in quarantine: they still break their contract, or nothing of them was kept. */
  readonly stillBroken: number;
}

function matching(
  { type, code, field }: QuarantineFilter,
): RawBuilder<unknown> {
  const parts = [
    type === undefined ? sql`true` : sql`type = ${type}`,
    code === undefined ? sql`true` : sql`code = ${code}`,
    field === undefined ? sql`true` : sql`field = ${field}`,
  ];
  return sql.join(parts, sql` and `);
}

export async function quarantineGroups(
  warehouse: Warehouse,
  filter: QuarantineFilter = {},
): Promise<QuarantineGroup[]> {
  const instant = (column: string) =>
    sql`strftime(${sql.ref(column)}, '%Y-%m-%dT%H:%M:%SZ')`;
  const { rows } = await sql<QuarantineGroup>`
    select coalesce(type, '(unknown)') as type, code, field,
      count(*)::bigint as rows,
      coalesce(min(${instant("received_at")}), '') as oldest,
      coalesce(max(${instant("received_at")}), '') as newest
    from quarantine where ${matching(filter)}
    group by all order by rows desc, type, code, field`.execute(warehouse);
  return rows;
}

export async function quarantinedEvents(
  warehouse: Warehouse,
  filter: QuarantineFilter,
  limit: number,
): Promise<QuarantinedEvent[]> {
  const rows = await warehouse.selectFrom("quarantine")
    .select([
      "event_id",
      "type",
      "occurred_at",
      "received_at",
      "code",
      "field",
      "data",
    ])
    .where(matching(filter) as RawBuilder<boolean>)
    .orderBy("received_at", "desc").limit(limit).execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    occurredAt: row.occurred_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    code: row.code,
    field: row.field,
    data: parsed(row.data),
  }));
}

/**
 * Mends events by a rule and lands again those that now fit their contract,
 * under their own id, so that a second replay adds nothing. They pass the
 * suppression list like any other. An event stays in quarantine until what is
 * mended of it is on the disk.
 */
export async function replayQuarantine(
  warehouse: Warehouse,
  landing: string,
  clock: Clock,
  filter: QuarantineFilter,
  rule: MendingRule,
): Promise<Replay> {
  const rows = await sql<{
    row: number;
    event_id: string | null;
    occurred_at: Date | null;
    received_at: Date | null;
    key_id: string | null;
    subject: string | null;
    code: string;
    field: string;
    data: unknown;
  }>`
    select rowid as row, event_id, occurred_at, received_at, key_id, subject,
      code, field, data
    from quarantine where ${matching(filter)}`.execute(warehouse)
    .then(({ rows }) => rows);
  const lines: string[] = [];
  const done: number[] = [];
  for (const one of rows) {
    const { event_id, occurred_at, received_at } = one;
    if (event_id === null || occurred_at === null || received_at === null) {
      continue;
    }
    const line = mended(
      {
        ...keptOf(one.data),
        eventId: event_id,
        occurredAt: occurred_at.toISOString(),
        receivedAt: received_at.toISOString(),
        keyId: one.key_id ?? "",
        ...(one.subject !== null && { subject: one.subject }),
      },
      one,
      rule,
    );
    if (line === undefined) continue;
    lines.push(JSON.stringify(line) + "\n");
    done.push(one.row);
  }
  if (lines.length > 0) {
    await writeSegment(landing, clock, lines.join(""));
    await sql`delete from quarantine where rowid in (
      select unnest(from_json(${JSON.stringify(done)}, '["BIGINT"]')))`
      .execute(warehouse);
  }
  return {
    matched: rows.length,
    replayed: lines.length,
    stillBroken: rows.length - lines.length,
  };
}

/** Faults that a schema does not show; the rule must speak of their field. */
const JUDGED_OUTSIDE = [
  "in_the_future",
  "too_old",
  "unknown_version",
  "other_municipality",
  "not_allowed",
];

function mended(
  line: Record<string, unknown>,
  { code, field }: { readonly code: string; readonly field: string },
  { set, drop }: MendingRule,
): EventLine | undefined {
  const type = contractFor(String(line["type"] ?? ""), line["version"]);
  if (type === undefined) return undefined;
  const spoken = [...Object.keys(set), ...drop];
  if (JUDGED_OUTSIDE.includes(code) && !spoken.includes(field)) {
    return undefined;
  }
  const next = structuredClone(line);
  for (const path of drop) change(next, path, undefined);
  for (const [path, value] of Object.entries(set)) change(next, path, value);
  const data = type.data.safeParse(next["data"] ?? {});
  if (!data.success) return undefined;
  if (type.subject === "required" && next["subject"] === undefined) {
    return undefined;
  }
  if (type.subject === "none") delete next["subject"];
  return { version: 1, mode: "normal", ...next, data: data.data } as
    & EventLine
    & Record<string, unknown>;
}

/** Where a field of an event stands in its line. */
const PLACES: Readonly<Record<string, string>> = {
  "attributes.districtCode": "district",
  "attributes.ageBand": "ageBand",
  "attributes.sex": "sex",
  "attributes.resident": "resident",
  "source.miniApp": "miniApp",
  "source.appVersion": "appVersion",
  "source.os": "os",
  "source.provider": "provider",
};
const SETTABLE = ["version", "mode", "disasterEventId", "occurredAt"];

function change(
  line: Record<string, unknown>,
  path: string,
  value: unknown,
): void {
  const [head = "", name] = path.split(".");
  if (head === "data" && name !== undefined) {
    const data = (line["data"] ?? {}) as Record<string, unknown>;
    if (value === undefined) delete data[name];
    else data[name] = value;
    line["data"] = data;
    return;
  }
  const place = PLACES[path] ?? (SETTABLE.includes(path) ? path : undefined);
  if (place === undefined) {
    throw new Problem("BadRequestData", `Field '${path}' cannot be mended`);
  }
  if (value === undefined) delete line[place];
  else if (path === "occurredAt" && value === "receivedAt") {
    line[place] = line["receivedAt"];
  } else line[place] = value;
}

function keptOf(data: unknown): Record<string, unknown> {
  const value = parsed(data) as { kept?: Record<string, unknown> } | null;
  return value?.kept ?? {};
}

function parsed(data: unknown): unknown {
  return typeof data === "string" ? JSON.parse(data) : data;
}

async function writeSegment(
  landing: string,
  clock: Clock,
  text: string,
): Promise<void> {
  await Deno.mkdir(landing, { recursive: true });
  const path = `${landing}/${ulid(clock.now().getTime())}-replay`;
  await Deno.writeTextFile(path, text, { createNew: true });
  using file = await Deno.open(path, { write: true });
  await file.sync();
  await Deno.rename(path, path + SEALED);
}
