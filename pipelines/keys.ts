import { type RawBuilder, sql } from "@hiraku/kernel/store";

/** A member of an event's `data` as text. */
export function member(name: string): RawBuilder<string> {
  return sql`(data->>${sql.lit(name)})`;
}

/** A member of an event's `data` as a number. */
export function numberIn(name: string): RawBuilder<number> {
  return sql`try_cast(data->>${sql.lit(name)} as double)`;
}

/** What stands behind the last dot of the type, such as `opened`. */
export const STEP: RawBuilder<string> = sql`split_part(type, '.', -1)`;
export const MODE: RawBuilder<string> = sql`mode`;
export const EVERY_MODE: RawBuilder<boolean> = sql`true`;

/** The subject where there is one, or else the event by itself. */
export const WHOEVER: RawBuilder<string> = sql`coalesce(subject, event_id)`;

/** The hour of the city's day, such as `07`. */
export const HOUR: RawBuilder<string> =
  sql`strftime(occurred_at + interval 9 hour, '%H')`;

/** A tally's keys as three columns; what is missing is `unknown`, what is not there empty. */
export function threeKeys(
  keys: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  return sql.join([0, 1, 2].map((at) => {
    const key = keys[at] === undefined
      ? sql`''`
      : sql`coalesce(cast(${keys[at]} as varchar), 'unknown')`;
    return sql`${key} as ${sql.ref(`k${at + 1}`)}`;
  }));
}
