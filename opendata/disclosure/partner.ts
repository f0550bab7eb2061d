/** Cells of one block are each other's partners. */
const BLOCK = 5;

/**
 * A partner for a withheld cell, chosen by a secret from the candidates (places
 * in public order) of its block; from the nearest when the block has none. Were
 * the choice public, or the neighbourhood not mutual, the pattern would say
 * which of two cells was withheld for its own sake. Public order goes by size
 * where there is one, so that a partner could as well have been the small one.
 */
export function partner(
  candidates: readonly number[],
  near: number,
  secret: () => number,
): number | undefined {
  const blockOf = (at: number) => Math.floor(at / BLOCK);
  const own = candidates.filter((at) => blockOf(at) === blockOf(near));
  const pool = own.length > 0
    ? own
    : candidates.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))
      .slice(0, BLOCK);
  return pool[Math.floor(secret() * pool.length)];
}
