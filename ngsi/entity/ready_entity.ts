import type { ReadyRows } from "../index/ready_rows.ts";
import type { Entity } from "./entity.ts";

/** What entities that are counted alike have in common. */
export type Shape = Pick<Entity, "types"> & {
  readonly attributes: Readonly<
    Record<
      string,
      readonly { readonly content: Pick<Content, "type"> }[]
    >
  >;
};
type Content = Entity["attributes"][string][number]["content"];

/** An entity as another thread has made it. */
export interface Ready {
  readonly id: string;
  readonly shape: Shape;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly document: string;
  readonly rows: ReadyRows;
}

/**
 * A new entity that was made in another thread; nothing of it expires. Its
 * attributes are read from its document when somebody asks for them.
 */
export class ReadyEntity implements Entity {
  readonly id: string;
  readonly types: readonly string[];
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly modifiedAt: string;
  // Not among the members that a copy would have.
  readonly #shape: Shape;
  readonly #document: string;
  readonly #rows: ReadyRows;
  readonly #read: (document: string) => Entity;
  #whole: Entity | undefined;

  constructor(
    { id, shape, scopes, createdAt, document, rows }: Ready,
    read: (document: string) => Entity,
  ) {
    this.id = id;
    this.types = shape.types;
    this.scopes = scopes;
    this.createdAt = createdAt;
    this.modifiedAt = createdAt;
    this.#shape = shape;
    this.#document = document;
    this.#rows = rows;
    this.#read = read;
  }

  get attributes(): Entity["attributes"] {
    return this.whole.attributes;
  }

  get shape(): Shape {
    return this.#shape;
  }

  get document(): string {
    return this.#document;
  }

  get rows(): ReadyRows {
    return this.#rows;
  }

  /** The same as a plain object. */
  get whole(): Entity {
    return this.#whole ??= this.#read(this.#document);
  }
}

/** An entity whose members are all its own. */
export function plain<E extends Entity | undefined>(entity: E): Entity | E {
  return entity instanceof ReadyEntity ? entity.whole : entity;
}
