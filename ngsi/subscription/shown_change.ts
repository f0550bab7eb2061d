import type { Names } from "../context/names.ts";
import {
  type Attribute,
  carried,
  CARRIES,
  type Content,
} from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { SCOPE } from "../entity/scope.ts";
import { NGSI_LD_NULL } from "../entity/value.ts";
import { counterpart, saysTheSame } from "./attribute_differences.ts";
import type { Subscription } from "./subscription.ts";
import type { EntityChange } from "./trigger.ts";

type Attributes = Record<string, readonly Attribute[]>;
type Shown = Pick<Subscription, "triggers" | "watched" | "view" | "names"> & {
  readonly showChanges: boolean;
};

/**
 * The entity as a notification shows it after a change: what is deleted stands
 * as NGSI-LD Null, and what it was before beside it if that is asked for, CIM
 * 009 5.8.6. The entity itself when there is nothing of the kind to show.
 */
export function shownChange(change: EntityChange, shown: Shown): Entity {
  const { before, after } = change;
  const entity = after ?? before;
  if (entity === undefined) throw new Error("A change of nothing");
  if (after === undefined) return deletedEntity(entity, change, shown);
  const attributes: Attributes = {};
  for (const [iri, { updated, deleted }] of change.differences) {
    const stays = !deleted && !(updated && shown.showChanges);
    if (stays || iri === SCOPE) continue;
    const now = after.attributes[iri] ?? [];
    const old = before?.attributes[iri] ?? [];
    const current = shown.showChanges
      ? now.map((one) => withPrevious(one, counterpart(one, old), shown.names))
      : now;
    const gone = old.filter((one) => counterpart(one, now) === undefined);
    attributes[iri] = [
      ...current,
      ...deletedInstances(gone, now.length === 0, change.at, shown),
    ];
  }
  const scopeless = change.differences.get(SCOPE)?.deleted === true;
  if (Object.keys(attributes).length === 0 && !scopeless) return after;
  return {
    ...after,
    ...scopeless ? { scopes: [NGSI_LD_NULL] } : {},
    attributes: { ...after.attributes, ...attributes },
  };
}

function deletedEntity(
  entity: Entity,
  { at }: EntityChange,
  shown: Shown,
): Entity {
  const attributes: Attributes = {};
  const bare = shown.triggers.has("entityDeleted") && !shown.showChanges;
  for (const [iri, instances] of Object.entries(entity.attributes)) {
    const told = shown.triggers.has("entityDeleted") ||
      (shown.watched?.has(iri) ?? true);
    if (bare || !told) continue;
    attributes[iri] = deletedInstances(instances, true, at, shown);
  }
  const { expiresAt: _, ...rest } = entity;
  return { ...rest, scopes: [], attributes };
}

/** Without their values, all instances of an attribute go as one. */
function deletedInstances(
  gone: readonly Attribute[],
  all: boolean,
  at: string,
  shown: Shown,
): Attribute[] {
  const [first] = gone;
  const each = shown.showChanges || shown.view.datasets !== undefined;
  if (!all || each || first === undefined) {
    return gone.map((one) => deletedInstance(one, at, shown));
  }
  const { datasetId: _, ...content } = first.content;
  const whole = { ...first, content: content as Content };
  return [deletedInstance(whole, at, shown)];
}

function deletedInstance(
  one: Attribute,
  at: string,
  { view, showChanges, names }: Shown,
): Attribute {
  const { type, datasetId } = one.content;
  const content = {
    type,
    ...(datasetId === undefined ? {} : { datasetId }),
    [CARRIES[type]]: nullOf(type),
    ...(showChanges ? previous(one.content, names) : {}),
    ...(view.sysAttrs ? { deletedAt: at } : {}),
  };
  const { createdAt, modifiedAt } = one;
  return {
    content: content as unknown as Content,
    attributes: {},
    createdAt,
    modifiedAt,
  };
}

function withPrevious(
  one: Attribute,
  old: Attribute | undefined,
  names: Names,
): Attribute {
  if (old === undefined || saysTheSame(old, one)) return one;
  const content = { ...one.content, ...previous(old.content, names) };
  return { ...one, content };
}

function previous(content: Content, names: Names): Record<string, unknown> {
  const carries = CARRIES[content.type];
  const member = `previous${carries[0]?.toUpperCase()}${carries.slice(1)}`;
  const value = carried(content);
  if (content.type !== "VocabProperty") return { [member]: value };
  const words = [content.vocab].flat().map(names.compact);
  return { [member]: words.length === 1 ? words[0] : words };
}

function nullOf(type: Content["type"]): unknown {
  switch (type) {
    case "LanguageProperty":
      return { "@none": NGSI_LD_NULL };
    case "ListProperty":
      return [NGSI_LD_NULL];
    case "ListRelationship":
      return [{ object: NGSI_LD_NULL }];
    default:
      return NGSI_LD_NULL;
  }
}
