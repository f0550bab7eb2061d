import { defaultNames, type MayWrite } from "@hiraku/ngsi";
import type { Caller } from "./identity/caller.ts";

const judges = new WeakMap<readonly string[], MayWrite>();

/** What a caller may write, if it is limited to entity types. */
export function mayWrite({ entityTypes }: Caller): MayWrite | undefined {
  if (entityTypes === undefined || entityTypes.length === 0) return undefined;
  let judge = judges.get(entityTypes);
  if (judge === undefined) {
    judge = judgeOf(entityTypes);
    judges.set(entityTypes, judge);
  }
  return judge;
}

/** An entity is written only by who may write every one of its types. */
function judgeOf(patterns: readonly string[]): MayWrite {
  const { expand } = defaultNames("");
  const types = new Set(
    patterns.filter((one) => !one.endsWith("*")).map(expand),
  );
  const beginnings = patterns.filter((one) => one.endsWith("*"))
    .map((one) => one.slice(0, -1));
  return (all) =>
    all.every((type) =>
      types.has(type) || beginnings.some((one) => type.startsWith(one))
    );
}
