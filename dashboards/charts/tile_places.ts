/** A place on the tile map, in whole tiles from the upper left. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Something with a longitude and latitude, or neither. */
export interface Located {
  readonly position: readonly [number, number] | undefined;
}

/**
 * Gives every district one tile near where it lies: the outer ones choose
 * first, each the free tile nearest to its true place. Those without a
 * position take what is left.
 */
export function tilePlaces(
  all: readonly Located[],
  columns: number,
): Place[] {
  const rows = Math.ceil(all.length / columns) + 1;
  const free = new Set(
    Array.from({ length: rows * columns }, (_, at) => at),
  );
  const target = all.map((one) => wanted(one, all, columns, rows));
  const order = all.map((_, at) => at).sort((a, b) =>
    outward(target[b], columns, rows) - outward(target[a], columns, rows)
  );
  const places: Place[] = [];
  for (const at of order) {
    const { column, row } = target[at] ?? { column: 0, row: 0 };
    let best = -1;
    let nearest = Infinity;
    for (const tile of free) {
      const far = (tile % columns - column) ** 2 +
        (Math.floor(tile / columns) - row) ** 2;
      if (far >= nearest) continue;
      best = tile;
      nearest = far;
    }
    free.delete(best);
    places[at] = { column: best % columns, row: Math.floor(best / columns) };
  }
  return trimmed(places);
}

/** Drops empty rows above and below. */
function trimmed(places: readonly Place[]): Place[] {
  const used = [...new Set(places.map((one) => one.row))].sort((a, b) => a - b);
  return places.map(({ column, row }) => ({ column, row: used.indexOf(row) }));
}

function wanted(
  { position }: Located,
  all: readonly Located[],
  columns: number,
  rows: number,
): Place {
  const known = all.flatMap((one) => one.position ? [one.position] : []);
  if (position === undefined) return { column: columns, row: rows };
  const rank = (at: 0 | 1) =>
    known.filter((one) => one[at] < position[at]).length /
    Math.max(1, known.length - 1);
  return { column: rank(0) * (columns - 1), row: (1 - rank(1)) * (rows - 1) };
}

function outward(
  place: Place | undefined,
  columns: number,
  rows: number,
): number {
  if (place === undefined) return 0;
  return Math.hypot(
    place.column - (columns - 1) / 2,
    place.row - (rows - 1) / 2,
  );
}
