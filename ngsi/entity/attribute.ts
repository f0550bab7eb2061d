import type { Geometry } from "./geometry.ts";
import type { Json } from "./value.ts";

interface Shared {
  /** Absent from the default instance, CIM 009 4.5.5. */
  readonly datasetId?: string;
  readonly observedAt?: string;
  /** Native JSON-LD type of the value, an IRI. */
  readonly valueType?: string;
}
interface Targets extends Omit<Shared, "valueType"> {
  /** Entity types of the targets, IRIs. */
  readonly objectType?: string | readonly string[];
}

interface Property extends Shared {
  readonly type: "Property";
  readonly value: Json;
  readonly unitCode?: string;
  /** What an `ngsildproof` vouches for. */
  readonly entityIdSealed?: string;
  /** An IRI. */
  readonly entityTypeSealed?: string;
}
interface GeoProperty extends Shared {
  readonly type: "GeoProperty";
  readonly value: Geometry;
}
interface LanguageProperty extends Shared {
  readonly type: "LanguageProperty";
  readonly languageMap: Readonly<Record<string, string | readonly string[]>>;
}
interface VocabProperty extends Shared {
  readonly type: "VocabProperty";
  /** IRIs. */
  readonly vocab: string | readonly string[];
}
interface JsonProperty extends Shared {
  readonly type: "JsonProperty";
  readonly json: Json;
}
interface ListProperty extends Shared {
  readonly type: "ListProperty";
  readonly valueList: readonly Json[];
  readonly unitCode?: string;
}
interface Relationship extends Targets {
  readonly type: "Relationship";
  readonly object: string | readonly string[];
}
interface ListRelationship extends Targets {
  readonly type: "ListRelationship";
  readonly objectList: readonly { readonly object: string }[];
}

/** What an attribute instance says of itself, CIM 009 4.5.2 to 4.5.24; every name is an IRI. */
export type Content =
  | Property
  | GeoProperty
  | LanguageProperty
  | VocabProperty
  | JsonProperty
  | ListProperty
  | Relationship
  | ListRelationship;
export type Kind = Content["type"];

/** The member that carries each kind's value. */
export const CARRIES = {
  Property: "value",
  GeoProperty: "value",
  LanguageProperty: "languageMap",
  VocabProperty: "vocab",
  JsonProperty: "json",
  ListProperty: "valueList",
  Relationship: "object",
  ListRelationship: "objectList",
} as const satisfies Record<Kind, string>;

const CARRIERS: ReadonlySet<string> = new Set(Object.values(CARRIES));

/** Whether a member of an instance carries a value of some kind. */
export function isCarrier(member: string): boolean {
  return CARRIERS.has(member);
}

/** The value that an instance carries, whatever its kind. */
export function carried(content: Content): unknown {
  return (content as unknown as Record<string, unknown>)[CARRIES[content.type]];
}

/** The kind that a `type` names; V1.7 called one kind otherwise. */
export function kindNamed(name: unknown): Kind | undefined {
  if (typeof name !== "string") return undefined;
  if (Object.hasOwn(CARRIES, name)) return name as Kind;
  return name === "VocabularyProperty" ? "VocabProperty" : undefined;
}

/** One instance of an attribute as sent, its names expanded. */
export interface AttributeDraft {
  readonly content: Content;
  readonly expiresAt?: string;
  readonly attributes: Readonly<Record<string, readonly AttributeDraft[]>>;
}

/** One instance of an attribute as kept. */
export interface Attribute {
  readonly content: Content;
  readonly attributes: Readonly<Record<string, readonly Attribute[]>>;
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** When the instance is to go by itself, CIM 009 4.22. */
  readonly expiresAt?: string;
}

/** The datasetId of an instance; the default instance has `@none`. */
export function datasetOf({ content }: { readonly content: Content }): string {
  return content.datasetId ?? "@none";
}
