/**
 * The threshold ladder of the Ministry of Health, Labour and Welfare (NDB and
 * long-term care data guidelines), by inhabitants of the smallest area a row
 * speaks of. The argument stands in `ladder.md`.
 */
export const LADDER = {
  /** Under this many inhabitants an area gets no row of its own. */
  noRowUnder: 2_000,
  /** Under this many inhabitants the strict threshold holds. */
  strictUnder: 25_000,
  strict: 20,
  usual: 10,
} as const;

/** The smallest count that may be shown; an unknown population counts as a small one. */
export function threshold(inhabitants: number | undefined): number {
  if (inhabitants === undefined) return LADDER.strict;
  return inhabitants < LADDER.strictUnder ? LADDER.strict : LADDER.usual;
}
