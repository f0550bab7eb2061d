/** What queries find entities by; a path stands for a place in an entity and the kind of value there. */
export interface IndexTables {
  index_path: { id: number; path: string };
  /** Segments of the index: the entities they have rows of, and those they say are gone. */
  index_segment: { id: number; entities: Uint8Array; gone: Uint8Array };
  /** The rows that a segment has for a path, as a `Column` in bytes. */
  index_column: {
    segment: number;
    path: number;
    entities: Uint8Array;
    keys: Uint8Array;
    more: Uint8Array;
  };
  /** Entities, a JSON array of their numbers, the rows of which are in no segment yet. */
  index_log: { seq: number; entities: string };
  /**
   * How many entities of a type there are (`attribute` and `kind` empty), how
   * many have an attribute of a kind, and how many instances an attribute has
   * (`type` and `kind` empty); apart for entities of operational types.
   */
  inventory: {
    hidden: number;
    type: string;
    attribute: string;
    kind: string;
    total: number;
  };
}
