/** One instant of a running count. */
export interface Point {
  readonly at: string;
  readonly people: number;
}

/**
 * The newest point that may be shown of a count that is still running: at
 * least `threshold` new people since the point shown last, and at least
 * `threshold` more after it. The argument stands in `step.md`.
 */
export function nextStep<P extends Point>(
  points: readonly P[],
  last: Point | undefined,
  threshold: number,
): P | undefined {
  const ordered = points.toSorted((a, b) => a.at < b.at ? -1 : 1);
  const now = ordered.at(-1)?.people ?? 0;
  return ordered.findLast((point) =>
    point.at > (last?.at ?? "") &&
    point.people - (last?.people ?? 0) >= threshold &&
    now - point.people >= threshold
  );
}
