import { Problem } from "@hiraku/kernel";
import type { Names } from "../context/names.ts";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { AttributeDraft } from "../entity/attribute.ts";
import { isOfPersons, refusePersonId } from "../entity/no_persons.ts";
import {
  asMembers,
  type EntityDraft,
  readFragment,
  readId,
} from "../entity/read_entity.ts";

/** Why an entity from outside was not taken. */
export type Refusal =
  | "person"
  | "operational"
  | "other_type"
  | "other_entity"
  | "unreadable";

/** What the outside tells of one entity. */
export interface Told {
  readonly id: string;
  /** ISO 8601 in UTC, or empty. */
  readonly at: string;
  /** As it is now; missing when it was deleted. */
  readonly draft?: EntityDraft;
}

/** Reads an entity of a notification or an answer of the outside broker. */
export function readFollowed(
  sent: unknown,
  names: Names,
  types: ReadonlySet<string>,
): Told | Refusal {
  try {
    const members = asMembers(sent);
    const id = readId(members.id);
    refusePersonId(id);
    const deletedAt = instant(members.deletedAt);
    if (deletedAt !== "") return { id, at: deletedAt };
    const draft = draftOf(id, members, names);
    if (draft.types.some((type) => OPERATIONAL_TYPES.includes(type))) {
      return "operational";
    }
    if (!draft.types.some((type) => types.has(type))) return "other_type";
    return { id, at: instant(members.modifiedAt), draft };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return isOfPersons(error) ? "person" : "unreadable";
  }
}

// CIM 009 5.8.6: what was deleted stands in a notification as NGSI-LD Null.
function draftOf(id: string, sent: unknown, names: Names): EntityDraft {
  const fragment = readFragment(sent, names);
  const attributes: Record<string, AttributeDraft[]> = {};
  for (const [iri, instances] of Object.entries(fragment.attributes)) {
    const present = instances.filter((one) => "content" in one);
    if (present.length > 0) attributes[iri] = present;
  }
  const { types, scopes = [] } = fragment;
  if (types.length === 0) throw new Problem("BadRequestData", "No type");
  return { id, types, scopes, attributes };
}

function instant(sent: unknown): string {
  const at = typeof sent === "string" ? Date.parse(sent) : NaN;
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}
