import { sql } from "@hiraku/kernel/store";
import type { Warehouse } from "../warehouse.ts";

/** How what events were stamped with agrees with what was stored, by field. */
export interface Drift {
  readonly field: "district" | "ageBand" | "sex" | "resident";
  /** Events of which both are known. */
  readonly compared: number;
  readonly different: number;
  /** Events without the stamp that history could fill. */
  readonly filled: number;
}

const FIELDS = [
  ["district", "district", "district"],
  ["ageBand", "age_band", "age_band"],
  ["sex", "sex", "sex"],
  ["resident", "resident", "(resident_status = 'resident')"],
] as const;

/** Drift of the events from `from` up to `to`; counts only. */
export async function attributeDrift(
  warehouse: Warehouse,
  from: Date,
  to: Date,
): Promise<Drift[]> {
  const columns = FIELDS.flatMap(([field, stamped, stored]) => {
    const e = sql`e.${sql.ref(stamped)}`;
    const h = sql.raw(
      stored.replace(/\b(district|age_band|sex|resident_status)\b/, "h.$1"),
    );
    const valid = sql`(h.valid_to is null or e.occurred_at < h.valid_to)`;
    return [
      sql`count(*) filter (${valid} and ${e} is not null and ${h} is not null)
        as ${sql.ref(`${field}Compared`)}`,
      sql`count(*) filter (${valid} and ${e} <> ${h})
        as ${sql.ref(`${field}Different`)}`,
      sql`count(*) filter (${valid} and ${e} is null and ${h} is not null)
        as ${sql.ref(`${field}Filled`)}`,
    ];
  });
  const { rows: [counts] } = await sql<Record<string, number>>`
    select ${sql.join(columns)} from (
      select * from event
      where subject is not null and tier = 'jpki'
        and occurred_at >= ${from} and occurred_at < ${to}
    ) e asof join attribute_history h
      on e.subject = h.subject and e.occurred_at >= h.valid_from`
    .execute(warehouse);
  return FIELDS.map(([field]) => ({
    field,
    compared: Number(counts?.[`${field}Compared`] ?? 0),
    different: Number(counts?.[`${field}Different`] ?? 0),
    filled: Number(counts?.[`${field}Filled`] ?? 0),
  }));
}
