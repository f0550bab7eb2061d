import type { Stretch } from "../query/narrowing.ts";
import type { Placed } from "./column.ts";
import type { EntitySet } from "./entity_set.ts";

/** Some rows of the index; newer parts have newer rows of an entity. */
export interface Part {
  /** The entities of which no newer part has rows. */
  readonly live: EntitySet;
  /** Rows of a stretch, at least as many as there are entities. */
  count(path: number, over: Stretch): number;
  /** Adds the entities that have rows in a stretch. */
  add(path: number, over: Stretch, into: EntitySet): void;
  /** The geometries whose bounds meet a box; an entity may come twice. */
  placed(path: number, over: Stretch): readonly Placed[];
}
