import { type Change, existing } from "./change.ts";

/** What a purge takes of an entity, CIM 009 5.6.21: all, all but some, or some attributes. */
export type Purge =
  | "all"
  | { readonly keep: ReadonlySet<string> }
  | { readonly drop: ReadonlySet<string> };

/** CIM 009 5.6.21 for one entity; names are IRIs, `scope` stands for itself. */
export function purging(purge: Purge, now: string): Change {
  return (current) => {
    const entity = existing(current);
    if (purge === "all") return undefined;
    const stays = (member: string) =>
      "keep" in purge ? purge.keep.has(member) : !purge.drop.has(member);
    const attributes = Object.entries(entity.attributes)
      .filter(([iri]) => stays(iri));
    return {
      ...entity,
      scopes: stays("scope") ? entity.scopes : [],
      modifiedAt: now,
      attributes: Object.fromEntries(attributes),
    };
  };
}
