import type { Pattern } from "./pattern.ts";

/** A query of CIM 009 4.9, its names expanded. */
export type Q =
  | { readonly op: "all" | "any"; readonly of: readonly Q[] }
  | Term;

export type Term = ExistenceTerm | EqualityTerm | OrderTerm | PatternTerm;

export interface ExistenceTerm {
  readonly op: "exists" | "absent";
  readonly path: Path;
}
export interface EqualityTerm {
  readonly op: "==" | "!=";
  readonly path: Path;
  readonly anyOf: readonly (Literal | Range)[];
}
export interface OrderTerm {
  readonly op: ">" | ">=" | "<" | "<=";
  readonly path: Path;
  readonly value: Literal;
}
export interface PatternTerm {
  readonly op: "~=" | "!~=";
  readonly path: Path;
  readonly pattern: Pattern;
}

/** `name` is a URI or a word, written without quotes. */
export type Literal =
  | { readonly kind: "text" | "name"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | {
    readonly kind: "number" | "dateTime" | "date" | "time";
    /** Of times: milliseconds since 1970, or since midnight. */
    readonly value: number;
  };

/** Both ends included. */
export interface Range {
  readonly from: Literal;
  readonly to: Literal;
}

/** A relationship that is followed. */
export interface Hop {
  readonly relationship: string;
  /** Only to entities of one of these types, if any are given. */
  readonly types: readonly string[];
}

/** Where the value is: over relationships, down attributes, then into a value. */
export interface Path {
  readonly hops: readonly Hop[];
  /** IRIs of the attribute and of attributes of attributes; none for a member of the entity. */
  readonly names: readonly string[];
  /** A member that is not an attribute, such as `observedAt`. */
  readonly system?: SystemName;
  /** Names in square brackets: members of a compound value, or a language. */
  readonly members?: readonly string[];
}

export const ENTITY_MEMBERS = [
  "id",
  "type",
  "scope",
  "createdAt",
  "modifiedAt",
  "expiresAt",
  "deletedAt",
] as const;
export const ATTRIBUTE_MEMBERS = [
  "createdAt",
  "modifiedAt",
  "expiresAt",
  "deletedAt",
  "observedAt",
  "datasetId",
  "unitCode",
  "valueType",
  "objectType",
] as const;
export const TIMES: readonly string[] = [
  "createdAt",
  "modifiedAt",
  "expiresAt",
  "deletedAt",
  "observedAt",
];
export type SystemName =
  | typeof ENTITY_MEMBERS[number]
  | typeof ATTRIBUTE_MEMBERS[number];

/** The terms of a query. */
export function termsOf(q: Q): readonly Term[] {
  return "of" in q ? q.of.flatMap(termsOf) : [q];
}

/** How many relationships a query follows. */
export function linkDepth(q: Q): number {
  return Math.max(...termsOf(q).map(({ path }) => path.hops.length));
}

/** Whether a query looks at an attribute, and not at system members only. */
export function asksForAttribute(q: Q): boolean {
  return termsOf(q).some(({ path }) =>
    path.names.length > 0 || path.hops.length > 0
  );
}
