import type { Names } from "../context/names.ts";
import { type Attribute, type Content, KINDS } from "./attribute.ts";
import type { Entity } from "./entity.ts";
import { datasetOf, readsAsInstance } from "./read_attribute.ts";
import { looksLikeGeometry } from "./value.ts";

/** CIM 009 6.3.7 */
export const REPRESENTATIONS = ["normalized", "concise", "simplified"] as const;
/** How much of an entity an answer spells out. */
export type Representation = typeof REPRESENTATIONS[number];

/** How an answer shows entities. */
export interface View {
  readonly representation: Representation;
  /** Whether createdAt and modifiedAt are shown, CIM 009 6.3.11. */
  readonly sysAttrs: boolean;
  /** The only members shown: `id`, `type` and attribute IRIs, CIM 009 4.21. */
  readonly pick?: ReadonlySet<string>;
  /** Members not shown, named likewise. */
  readonly omit?: ReadonlySet<string>;
}

type Rendered = Record<string, unknown>;

/** An entity as JSON, without `@context`, its names compacted. */
export function renderEntity(
  entity: Entity,
  view: View,
  names: Names,
): Rendered {
  const shown = (member: string) =>
    (view.pick?.has(member) ?? true) && !view.omit?.has(member);
  const types = entity.types.map(names.compact);
  const rendered: Rendered = {
    ...(shown("id") ? { id: entity.id } : {}),
    ...(shown("type") ? { type: oneOrMany(types) } : {}),
    ...times(entity, view),
  };
  for (const [iri, instances] of Object.entries(entity.attributes)) {
    if (!shown(iri)) continue;
    rendered[names.compact(iri)] = renderInstances(instances, view, names);
  }
  return rendered;
}

function renderInstances(
  instances: readonly Attribute[],
  view: View,
  names: Names,
): unknown {
  const several = instances.length > 1;
  switch (view.representation) {
    case "simplified": {
      const simple = instances.map((one) =>
        [datasetOf(one), simplified(compacted(one.content, names))] as const
      );
      return several
        ? { dataset: Object.fromEntries(simple) } // CIM 009 4.5.4
        : simple[0]?.[1];
    }
    case "concise":
      return oneOrMany(
        instances.map((one) => concise(one, view, names, several)),
      );
    case "normalized":
      return oneOrMany(instances.map((one) => normalized(one, view, names)));
  }
}

function normalized(one: Attribute, view: View, names: Names): Rendered {
  const rendered: Rendered = {
    ...compacted(one.content, names),
    ...times(one, view),
  };
  for (const [iri, instances] of Object.entries(one.attributes)) {
    rendered[names.compact(iri)] = renderInstances(instances, view, names);
  }
  return rendered;
}

// CIM 009 4.5.2.3
function concise(
  one: Attribute,
  view: View,
  names: Names,
  several: boolean,
): unknown {
  const { type, ...rest } = normalized(one, view, names);
  const { content } = one;
  const plain = Object.keys(rest).length === 1 && !several;
  if (content.type === "GeoProperty") return plain ? content.value : rest;
  if (content.type !== "Property") return rest;
  // Without its type a plain Property with such a value would be read as a GeoProperty.
  if (looksLikeGeometry(content.value)) return { type, ...rest };
  return plain && !isAmbiguous(content.value) ? content.value : rest;
}

function isAmbiguous(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some(readsAsInstance)
    : readsAsInstance(value);
}

// CIM 009 4.5.4
function simplified(content: Content): unknown {
  switch (content.type) {
    case "Property":
    case "GeoProperty":
      return content.value;
    case "Relationship":
      return content.object;
    case "ListRelationship":
      return content.objectList.map(({ object }) => object);
    case "ListProperty":
      return content.valueList;
    default: {
      const { carries } = KINDS[content.type];
      return { [carries]: (content as Rendered)[carries] };
    }
  }
}

function compacted(content: Content, names: Names): Content {
  const compact = (words: string | string[]) =>
    Array.isArray(words) ? words.map(names.compact) : names.compact(words);
  const wide: Rendered = { ...content };
  for (const member of ["vocab", "objectType", "valueType"]) {
    if (member in wide) wide[member] = compact(wide[member] as string);
  }
  return wide as Content;
}

function times(
  { createdAt, modifiedAt }: { createdAt: string; modifiedAt: string },
  view: View,
): Rendered {
  return view.sysAttrs ? { createdAt, modifiedAt } : {};
}

function oneOrMany<T>(all: readonly T[]): T | readonly T[] | undefined {
  return all.length > 1 ? all : all[0];
}
