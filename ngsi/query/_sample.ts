import { DEFAULT_VOCABULARY } from "../context/core_context.ts";
import { type Names, namesOf } from "../context/names.ts";
import type { Attribute, Content } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";

export const NOW = "2026-11-01T00:00:00.000Z";
export const NAMES: Names = namesOf(
  { iris: new Map() },
  "urn:test:context",
);

/** The IRI that a test's word stands for. */
export function iri(word: string): string {
  return DEFAULT_VOCABULARY + word;
}

export function attribute(
  content: Content,
  attributes: Record<string, readonly Attribute[]> = {},
): Attribute {
  return { content, attributes, createdAt: NOW, modifiedAt: NOW };
}

export function property(
  value: unknown,
  attributes: Record<string, readonly Attribute[]> = {},
): Attribute {
  return attribute({ type: "Property", value } as Content, attributes);
}

/** An entity with the attributes, named by words of the default vocabulary. */
export function entityOf(
  attributes: Record<string, Attribute | readonly Attribute[]>,
  rest: Partial<Entity> = {},
): Entity {
  return {
    id: "urn:x:1",
    types: [iri("T")],
    scopes: [],
    createdAt: NOW,
    modifiedAt: NOW,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, one]) => [
        NAMES.expand(name),
        [one].flat() as readonly Attribute[],
      ]),
    ),
    ...rest,
  };
}
