import { Problem } from "@hiraku/kernel";
import { TYPES_WITHOUT_HISTORY } from "../context/hosted_context.ts";
import type { Names } from "../context/names.ts";
import {
  type AttributeDraft,
  CARRIES,
  kindNamed,
} from "../entity/attribute.ts";
import { attributeName } from "../entity/attribute_name.ts";
import { isPlace } from "../entity/place.ts";
import {
  deletionOf,
  normalized,
  readInstance,
} from "../entity/read_attribute.ts";
import { asMembers, readId, readTypes } from "../entity/read_entity.ts";
import { refusePersonId } from "../entity/no_persons.ts";
import { readScopes } from "../entity/scope.ts";
import {
  bad,
  checkDateTime,
  isMembers,
  type Members,
} from "../entity/value.ts";

/** One instance as sent: a state, or the end of the instance. */
export interface InstanceDraft {
  readonly iri: string;
  readonly draft: AttributeDraft;
  /** When it was deleted, CIM 009 4.5.7. */
  readonly deletedAt?: string;
}

/** Scopes from a certain time on; from now on when it is not said. */
export interface ScopeDraft {
  readonly scopes: readonly string[];
  readonly observedAt?: string;
}

/** Additions to a temporal evolution as sent, its names expanded. */
export interface EvolutionFragment {
  readonly types: readonly string[];
  readonly scopes: readonly ScopeDraft[];
  readonly instances: readonly InstanceDraft[];
}

/** A temporal evolution as sent, CIM 009 5.2.20. */
export interface EvolutionDraft extends EvolutionFragment {
  readonly id: string;
}

// CIM 009 5.2.2: times that are sent are ignored.
const NO_ATTRIBUTES: ReadonlySet<string> = new Set(
  "id type @context scope expiresAt createdAt modifiedAt deletedAt".split(" "),
);

/** Throws `BadRequestData`. */
export function readEvolution(sent: unknown, names: Names): EvolutionDraft {
  const members = asMembers(sent);
  if (members.type === undefined) throw bad("type", "missing");
  const id = readId(members.id);
  refusePersonId(id);
  return { id, ...readEvolutionFragment(members, names) };
}

/** Throws `BadRequestData`. */
export function readEvolutionFragment(
  sent: unknown,
  names: Names,
): EvolutionFragment {
  const members = asMembers(sent);
  const { type, scope, expiresAt } = members;
  const types = type === undefined ? [] : readTypes(type, names);
  if (types.some((one) => TYPES_WITHOUT_HISTORY.includes(one))) {
    throw new Problem(
      "BadRequestData",
      "Entities of this type have no history here",
    );
  }
  if (expiresAt !== undefined) checkDateTime(expiresAt, "expiresAt");
  return {
    types,
    scopes: scope === undefined ? [] : readScopeDrafts(scope),
    instances: Object.keys(members).flatMap((name) => {
      if (NO_ATTRIBUTES.has(name)) return [];
      const { iri, label } = attributeName(name, names);
      return instancesOf(members[name])
        .map((one) => readOne(iri, label, one, names));
    }),
  };
}

// CIM 009 4.5.6
function readScopeDrafts(sent: unknown): ScopeDraft[] {
  const given = Array.isArray(sent) ? sent : [sent];
  if (!given.some(isMembers)) return [{ scopes: readScopes(sent) }];
  return given.map((one) => {
    if (!isMembers(one) || one.type !== "Property") throw bad("scope");
    const { value, observedAt } = one;
    return {
      scopes: readScopes(value),
      ...observedAt === undefined
        ? {}
        : { observedAt: checkDateTime(observedAt, "scope.observedAt") },
    };
  });
}

/**
 * Reads an instance of one attribute, alone or in a fragment of an evolution,
 * CIM 009 5.6.14.
 */
export function readAttributeInstance(
  sent: unknown,
  iri: string,
  names: Names,
): InstanceDraft {
  const alone = isMembers(sent) && kindNamed(sent.type) !== undefined;
  if (alone) return readOne(iri, "(whole)", sent, names);
  const { instances } = readEvolutionFragment(sent, names);
  const [one, ...more] = instances.filter((given) => given.iri === iri);
  if (one === undefined || more.length > 0 || instances.length > 1) {
    throw bad("(whole)", "not one instance of the attribute");
  }
  return one;
}

function instancesOf(sent: unknown): readonly unknown[] {
  return Array.isArray(sent) && sent.every(isMembers) ? sent : [sent];
}

function readOne(
  iri: string,
  label: string,
  sent: unknown,
  names: Names,
): InstanceDraft {
  if (deletionOf(sent) !== undefined) return readEnd(iri, label, sent);
  const draft = readInstance(label, sent, names);
  if (isPlace(iri) && draft.content.type !== "GeoProperty") {
    throw bad(label, "not a GeoProperty");
  }
  return { iri, draft };
}

function readEnd(iri: string, label: string, sent: unknown): InstanceDraft {
  const { kind } = normalized(label, sent);
  const { datasetId, observedAt, deletedAt = observedAt }: Members =
    isMembers(sent) ? sent : {};
  const content = {
    type: kind,
    [CARRIES[kind]]: "",
    ...typeof datasetId === "string" ? { datasetId } : {},
    ...observedAt === undefined ? {} : {
      observedAt: checkDateTime(observedAt, `${label}.observedAt`),
    },
  } as AttributeDraft["content"];
  return {
    iri,
    draft: { content, attributes: {} },
    deletedAt: checkDateTime(deletedAt, `${label}.deletedAt`),
  };
}
