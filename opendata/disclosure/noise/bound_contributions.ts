import { createHmac } from "node:crypto";

/** That one person did something in one cell of a month. */
export interface Contribution {
  readonly person: string;
  readonly cell: string;
}

/**
 * At most `most` cells of each person, once each. Which are kept is decided by
 * a keyed rank: not by time, by popularity or by anything a person can see.
 * What a person has kept says nothing of what was cut.
 */
export function boundContributions(
  all: Iterable<Contribution>,
  most: number,
  key: string,
): Contribution[] {
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError("At least one contribution of a person counts");
  }
  const byPerson = new Map<string, Set<string>>();
  for (const { person, cell } of all) {
    const cells = byPerson.get(person) ?? new Set<string>();
    cells.add(cell);
    byPerson.set(person, cells);
  }
  const rank = (person: string, cell: string) =>
    createHmac("sha256", key).update(`${person}\u0000${cell}`).digest("hex");
  return [...byPerson].flatMap(([person, cells]) => {
    const kept = cells.size <= most ? [...cells] : [...cells]
      .map((cell) => ({ cell, rank: rank(person, cell) }))
      .sort((a, b) => a.rank < b.rank ? -1 : 1)
      .slice(0, most)
      .map((one) => one.cell);
    return kept.map((cell) => ({ person, cell }));
  });
}
