/** What the city knows of one cell and never publishes beside its value. */
export interface Fact {
  /** The count, or the magnitude in its smallest unit. */
  readonly value: number;
  /** Contributors of a magnitude; undefined for counts. */
  readonly contributors?: number;
  /** The largest contributions, largest first. */
  readonly largest?: readonly number[];
  readonly households?: number;
  /** The weight of the cell's own, when a column gives it. */
  readonly weight?: number;
}

/** Facts of every cell of a family, in its order. */
export type Facts = readonly Fact[];
