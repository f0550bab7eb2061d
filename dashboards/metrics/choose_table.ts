import type { Metric, Part, Where } from "./metric.ts";

/** A metric that would be added up along something it is not additive in. */
export class NotAdditive extends Error {
  override readonly name: string = "NotAdditive";
}

/** A metric that no published table breaks down in the way asked for. */
export class NotPublished extends NotAdditive {
  override readonly name = "NotPublished";
}

/** What of a table says whether a figure can be read from it. */
export interface Shape {
  readonly id: string;
  readonly dimensions: readonly string[];
  /** The table this one breaks down, and values of its dimensions that are implied. */
  readonly total?: {
    readonly table: string;
    readonly at?: Readonly<Record<string, string>> | undefined;
  } | undefined;
}

export interface Chosen {
  readonly id: string;
  /** Values that hold for every row of the table, so that no column says so. */
  readonly implied: Readonly<Record<string, string>>;
  /** Dimensions of which a cell may hold one value only. */
  readonly single: readonly string[];
}

/**
 * The table of a family that answers for a part of a metric by `by` and at
 * `asked`: its total where that has the dimensions, else the smallest breakdown.
 * `undefined` where the family has no such total. Throws `NotPublished` where no
 * table has the dimensions, `NotAdditive` where one would have to be summed away
 * along which the metric does not add up.
 */
export function chooseTable(
  metric: Metric,
  part: Part,
  tables: readonly Shape[],
  by: readonly string[],
  asked: Where,
): Chosen | undefined {
  const base = tables.find(({ id }) => id === part.table);
  if (base === undefined) return undefined;
  const at = { ...part.at, ...asked };
  const wanted = [...new Set([...by, ...Object.keys(at)])];
  const fitting = tables.filter(({ id, dimensions, total }) => {
    if (id === base.id) {
      return wanted.every((name) => dimensions.includes(name));
    }
    if (total?.table !== base.id) return false;
    const implied = total.at ?? {};
    return Object.entries(implied).every(([name, value]) =>
      at[name] === value && !by.includes(name)
    ) && wanted.every((name) => name in implied || dimensions.includes(name));
  }).sort((a, b) => a.dimensions.length - b.dimensions.length);
  const chosen = fitting.find(({ id }) => id === base.id) ?? fitting[0];
  if (chosen === undefined) {
    throw new NotPublished(
      `Metric '${metric.id}' is not published by ${wanted.join(", ")}`,
    );
  }
  const single: string[] = [];
  for (const name of chosen.dimensions) {
    if (by.includes(name) || typeof at[name] === "string") continue;
    if (addsAlong(metric, name, base.dimensions)) continue;
    if (metric.each.includes(name)) {
      single.push(name);
      continue;
    }
    throw new NotAdditive(`Metric '${metric.id}' does not add up over ${name}`);
  }
  return {
    id: chosen.id,
    implied: chosen.id === base.id ? {} : chosen.total?.at ?? {},
    single,
  };
}

/** Whether a metric may be added up along a dimension; `own` are those of its total. */
export function addsAlong(
  { additivity, sums }: Metric,
  dimension: string,
  own: readonly string[],
): boolean {
  if (additivity === "none") return false;
  if (additivity === "events" || sums.includes(dimension)) return true;
  return !own.includes(dimension);
}
