import type { Projection } from "../query/projection.ts";
import type { Entity } from "./entity.ts";

/** CIM 009 6.3.7 */
export const REPRESENTATIONS = ["normalized", "concise", "simplified"] as const;
/** How much of an entity an answer spells out. */
export type Representation = typeof REPRESENTATIONS[number];

/** How an answer shows entities. */
export interface View {
  readonly representation: Representation;
  /** Whether createdAt, modifiedAt and expiresAt are shown, CIM 009 6.3.11. */
  readonly sysAttrs: boolean;
  /** The only members shown, CIM 009 4.21. */
  readonly pick?: Projection;
  /** Members not shown; one with a projection of its own is shown without those. */
  readonly omit?: Projection;
  /** Languages wanted, such as `fr-CH,fr;q=0.9,*;q=0.5`, CIM 009 4.15. */
  readonly lang?: string;
  /** The only instances shown, `@none` for the default ones, CIM 009 4.5.5. */
  readonly datasets?: ReadonlySet<string>;
}

/** Entities that relationships of the answer lead to, CIM 009 4.5.23.2. */
export interface Linked {
  readonly entities: ReadonlyMap<string, Entity>;
  /** How many relationships are followed from one entity to the next. */
  readonly level: number;
  /** Ids that are not followed again, CIM 009 6.5.3.1 `containedBy`. */
  readonly containedBy?: ReadonlySet<string>;
}

/** Whether a member, `id`, `type`, `scope` or an attribute's IRI, is shown. */
export function shows({ pick, omit }: View, member: string): boolean {
  if (pick !== undefined && !pick.members.has(member)) return false;
  return !(omit?.members.has(member) ?? false) ||
    omit?.members.get(member) !== undefined;
}

/** How the entities are shown that a relationship leads to. */
export function viewBehind(view: View, relationship: string): View {
  const { pick, omit, ...rest } = view;
  const inner = pick?.members.get(relationship);
  const left = omit?.members.get(relationship);
  return {
    ...rest,
    ...inner === undefined ? {} : { pick: inner },
    ...left === undefined ? {} : { omit: left },
  };
}

const keys = new WeakMap<View, string>();

/** The same text for views that show the same. */
export function viewKey(view: View): string {
  let key = keys.get(view);
  if (key === undefined) {
    const { representation, sysAttrs, pick, omit, lang, datasets } = view;
    key = `${representation}${sysAttrs ? "+" : ""}`;
    if (pick ?? omit ?? lang ?? datasets) {
      key += JSON.stringify([
        pick && members(pick),
        omit && members(omit),
        lang,
        datasets && [...datasets],
      ]);
    }
    keys.set(view, key);
  }
  return key;
}

function members(projection: Projection): unknown[] {
  return [...projection.members].map(([member, inner]) =>
    inner === undefined ? member : [member, members(inner)]
  );
}
