/** How a level is drawn besides its colour: lines so far apart, or dots. */
export interface LevelPattern {
  readonly level: 1 | 2 | 3 | 4 | 5;
  /** Size of the tile that is repeated. */
  readonly size: number;
  /** Lines of the tile; empty for a plain ground. */
  readonly d: string;
}

/** Denser as the level rises, so that levels are told apart without colour. */
export const LEVEL_PATTERNS: readonly LevelPattern[] = [
  { level: 1, size: 8, d: "" },
  { level: 2, size: 12, d: "M6 5v2" },
  { level: 3, size: 10, d: "M0 10L10 0" },
  { level: 4, size: 6, d: "M0 6L6 0" },
  { level: 5, size: 6, d: "M0 6L6 0M0 0L6 6" },
];
