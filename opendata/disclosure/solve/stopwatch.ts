/** Seconds from some start; given in, so that nothing here reads a clock. */
export type Stopwatch = () => number;

/** Seconds left until `limit` on a stopwatch. */
export function left(stopwatch: Stopwatch, limit: number): number {
  return limit - stopwatch();
}
