import { matchesScope, type ScopeQuery } from "../query/scope_query.ts";
import type { Instance } from "./instance.ts";
import type { TemporalQuery } from "./temporal_query.ts";

/** A stretch of time in milliseconds since 1970, without its end. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The interval of a temporal query. */
function stretchOf({ timerel, timeAt, endTimeAt }: TemporalQuery): Stretch {
  const at = Date.parse(timeAt ?? "");
  switch (timerel) {
    case "before":
      return { from: -Infinity, to: at };
    case "after":
      return { from: at, to: Infinity };
    case "between":
      return { from: at, to: Date.parse(endTimeAt ?? "") };
    default:
      return { from: -Infinity, to: Infinity };
  }
}

/** When each scope was valid: until the next one, CIM 009 4.18. */
function validity(every: readonly Instance[]): [Instance, Stretch][] {
  return every.map((one, i) => [
    one,
    { from: one.at, to: every[i + 1]?.at ?? Infinity },
  ]);
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.from < b.to && b.from < a.to;
}

/** The scopes of an interval: those that were valid in it, CIM 009 annex C.5.16. */
export function scopesIn(
  every: readonly Instance[],
  query: TemporalQuery,
): Instance[] {
  const { explicit, timeproperty, lastN = Infinity } = query;
  const asked = stretchOf(query);
  if (!explicit) return every.slice(-lastN);
  if (timeproperty !== "observedAt") {
    return every.filter((one) => {
      const at = one[timeproperty];
      if (at === undefined) return false;
      const ms = Date.parse(at);
      return overlap({ from: ms, to: ms + Number.EPSILON }, asked) ||
        ms === asked.from;
    });
  }
  return validity(every)
    .filter(([, valid]) => overlap(valid, asked))
    .map(([one]) => one);
}

/** The stretches of an interval in which the scopes meet a query. */
export function scopeStretches(
  every: readonly Instance[],
  scopes: ScopeQuery,
  query: TemporalQuery,
): Stretch[] {
  const asked = stretchOf(query);
  return validity(every).flatMap(([one, valid]) => {
    const meets = one.deletedAt === undefined &&
      matchesScope(scopes, { scopes: valuesOf(one) });
    return meets && overlap(valid, asked) ? [valid] : [];
  });
}

/** Whether an instance belongs to one of the stretches. */
export function isWithin(
  stretches: readonly Stretch[],
): (one: Instance) => boolean {
  return ({ at }) => stretches.some(({ from, to }) => at >= from && at < to);
}

function valuesOf({ content }: Instance): string[] {
  return content.type === "Property"
    ? [content.value as string | string[]].flat()
    : [];
}
