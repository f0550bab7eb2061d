import type { Entity, Linked, View } from "@hiraku/ngsi";

/** An entity of an answer and how it is shown. */
export interface Shown {
  readonly entity: Entity;
  readonly view: View;
  /** What relationships lead to, if that is put in. */
  readonly linked?: Linked;
}
