import { z } from "zod";
import { DateTime, Geometry, Iri, RawJson, Value } from "./value.ts";

const shared = {
  datasetId: z.union([Iri, z.literal("@none")]).optional(),
  observedAt: DateTime.optional(),
};
const Word = z.string().min(1);
const Words = z.union([Word, z.array(Word).nonempty()]);

const Property = z.strictObject({
  type: z.literal("Property"),
  value: Value,
  unitCode: Word.optional(),
  valueType: Word.optional(),
  ...shared,
});

const GeoProperty = z.strictObject({
  type: z.literal("GeoProperty"),
  value: Geometry,
  ...shared,
});

// RFC 5646 in outline: letters and digits in groups of up to eight.
const LanguageTag = z.string().regex(
  /^(@none|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$/,
);
const LanguageProperty = z.strictObject({
  type: z.literal("LanguageProperty"),
  languageMap: z.record(
    LanguageTag,
    z.union([z.string(), z.array(z.string())]),
  ).refine((map) => Object.keys(map).length > 0, { error: "empty" }),
  ...shared,
});

const VocabProperty = z.strictObject({
  type: z.literal("VocabProperty"),
  vocab: Words,
  ...shared,
});

const JsonProperty = z.strictObject({
  type: z.literal("JsonProperty"),
  json: RawJson,
  ...shared,
});

const ListProperty = z.strictObject({
  type: z.literal("ListProperty"),
  valueList: z.array(Value),
  unitCode: Word.optional(),
  valueType: Word.optional(),
  ...shared,
});

const Relationship = z.strictObject({
  type: z.literal("Relationship"),
  object: z.union([Iri, z.array(Iri).nonempty()]),
  objectType: Words.optional(),
  ...shared,
});

const ListRelationship = z.strictObject({
  type: z.literal("ListRelationship"),
  objectList: z.array(z.union([
    z.strictObject({ object: Iri }),
    Iri.transform((object) => ({ object })),
  ])),
  objectType: Words.optional(),
  ...shared,
});

/** What an attribute instance says of itself, CIM 009 4.5.2 to 4.5.24. */
export const Content = z.discriminatedUnion("type", [
  Property,
  GeoProperty,
  LanguageProperty,
  VocabProperty,
  JsonProperty,
  ListProperty,
  Relationship,
  ListRelationship,
]);
export type Content = z.infer<typeof Content>;
export type Kind = Content["type"];

/** The member that carries each kind's value, and all members that are its own. */
export const KINDS: Readonly<
  Record<Kind, { carries: string; members: readonly string[] }>
> = {
  Property: kind("value", Property),
  GeoProperty: kind("value", GeoProperty),
  LanguageProperty: kind("languageMap", LanguageProperty),
  VocabProperty: kind("vocab", VocabProperty),
  JsonProperty: kind("json", JsonProperty),
  ListProperty: kind("valueList", ListProperty),
  Relationship: kind("object", Relationship),
  ListRelationship: kind("objectList", ListRelationship),
};

function kind(carries: string, schema: z.ZodObject) {
  return { carries, members: Object.keys(schema.shape) };
}

export function isKind(name: unknown): name is Kind {
  return typeof name === "string" && Object.hasOwn(KINDS, name);
}

/** One instance of an attribute as sent, its names expanded. */
export interface AttributeDraft {
  readonly content: Content;
  readonly attributes: Readonly<Record<string, readonly AttributeDraft[]>>;
}

/** One instance of an attribute as kept. */
export interface Attribute {
  readonly content: Content;
  readonly attributes: Readonly<Record<string, readonly Attribute[]>>;
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** CIM 009 4.22, in UTC with milliseconds. */
  readonly expiresAt?: string;
}
