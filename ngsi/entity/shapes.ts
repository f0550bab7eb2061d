import type { Entity } from "./entity.ts";
import type { Shape } from "./ready_entity.ts";

/** Where one begins with the same names; what follows is told apart by the next. */
class Step {
  readonly #next = new Map<string, Step>();
  place: number | undefined;

  to(name: string): Step {
    let step = this.#next.get(name);
    if (step === undefined) this.#next.set(name, step = new Step());
    return step;
  }
}

// No type, attribute or kind is called so.
const END = "";

/** The shapes of entities, each once. */
export class Shapes {
  readonly all: Shape[] = [];
  readonly #start = new Step();

  /** Where in `all` the shape of an entity stands. */
  placeOf(entity: Entity): number {
    const { types, attributes } = entity;
    let step = this.#start;
    for (const type of types) step = step.to(type);
    step = step.to(END);
    for (const iri in attributes) {
      step = step.to(iri);
      for (const { content } of attributes[iri] ?? []) {
        step = step.to(content.type);
      }
      step = step.to(END);
    }
    return step.place ??= this.all.push(shapeOf(entity)) - 1;
  }
}

function shapeOf({ types, attributes }: Entity): Shape {
  const kinds = Object.entries(attributes).map(([iri, instances]) => [
    iri,
    instances.map(({ content: { type } }) => ({ content: { type } })),
  ]);
  return {
    types,
    attributes: Object.fromEntries(kinds) as Shape["attributes"],
  };
}
