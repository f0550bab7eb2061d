import { cityDay, type Role } from "@hiraku/kernel";
import { type Control, registerHistory } from "@hiraku/kernel/control";
import type { z } from "zod";
import { queries } from "./queries.ts";

export type SavedQuery = z.infer<typeof queries.row>;

/** A saved query as it stood from one change to the next. */
export interface QueryVersion {
  /** From 1, in the order of the changes. */
  readonly number: number;
  /** Undefined where it was removed. */
  readonly query: SavedQuery | undefined;
  /** The city's day of the change. */
  readonly on: string;
  /** What whoever changed it was in the city then; `undefined` where nobody kept it. */
  readonly roles: readonly Role[] | undefined;
  /** Columns that differ from the version before; of a first version none. */
  readonly changed: readonly (keyof SavedQuery)[];
}

/** Every version of a saved query, newest first; none where nobody ever saved one of that name. */
export async function queryVersions(
  control: Control,
  municipality: string,
  id: string,
): Promise<QueryVersion[]> {
  const changes = (await registerHistory(
    control,
    { municipality, register: queries.id },
    id,
  )).toReversed();
  const stood = changes.map(({ value }) =>
    value === null ? undefined : queries.row.parse(value)
  );
  return changes.map(({ at, roles }, index): QueryVersion => ({
    number: index + 1,
    query: stood[index],
    on: cityDay(new Date(at)),
    roles,
    changed: differing(stood[index - 1], stood[index]),
  })).toReversed();
}

const COLUMNS = Object.keys(queries.row.shape) as (keyof SavedQuery)[];

function differing(
  before: SavedQuery | undefined,
  now: SavedQuery | undefined,
): (keyof SavedQuery)[] {
  if (before === undefined || now === undefined) return [];
  return COLUMNS.filter((name) => before[name] !== now[name]);
}
