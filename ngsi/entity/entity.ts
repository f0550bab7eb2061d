import type { Attribute } from "./attribute.ts";

/** An entity as kept: every name is an IRI, every attribute a list of its instances. */
export interface Entity {
  readonly id: string;
  readonly types: readonly string[];
  /** CIM 009 4.18, in the order given; none if the entity has no scope. */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** When the entity is to go by itself, CIM 009 4.22. */
  readonly expiresAt?: string;
  readonly attributes: Readonly<Record<string, readonly Attribute[]>>;
}
