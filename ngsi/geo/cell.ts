import type { Box } from "./box.ts";

// A quadtree over longitude and latitude. A cell's number lies between those of
// its descendants, so that all of them are one range; 24 levels end at about
// two metres and fit what a double holds exactly.
const LEVELS = 24;
const SIDE = 2 ** LEVELS;

/** Numbers of cells from the first to the last. */
export type CellRange = readonly [first: number, last: number];

/** The one to four cells under which a box is kept. */
export function cellsOf(box: Box): readonly number[] {
  return cellsAt(box, levelFor(box, 1));
}

const known = new WeakMap<Box, readonly CellRange[]>();

/** Every cell under which something that meets the box may be kept. */
export function cellRanges(box: Box): readonly CellRange[] {
  let ranges = known.get(box);
  if (ranges === undefined) known.set(box, ranges = rangesOf(box));
  return ranges;
}

function rangesOf(box: Box): readonly CellRange[] {
  const level = levelFor(box, 7);
  const size = 4 ** (LEVELS - level);
  const ranges: [number, number][] = [];
  const cells = cellsAt(box, level).sort((a, b) => a - b);
  for (const cell of cells) {
    const last = ranges.at(-1);
    if (last?.[1] === cell - size - 1) last[1] = cell + size - 1;
    else ranges.push([cell - size + 1, cell + size - 1]);
  }
  for (const cell of ancestors(cells, size)) ranges.push([cell, cell]);
  return ranges;
}

/** The deepest level at which a box reaches over `steps` borders at most. */
function levelFor(box: Box, steps: number): number {
  let level = LEVELS;
  let { west, east, south, north } = onGrid(box);
  while (east - west > steps || north - south > steps) {
    level -= 1;
    west = Math.floor(west / 2);
    east = Math.floor(east / 2);
    south = Math.floor(south / 2);
    north = Math.floor(north / 2);
  }
  return level;
}

function cellsAt(box: Box, level: number): number[] {
  const size = 4 ** (LEVELS - level);
  const side = 2 ** (LEVELS - level);
  const { west, east, south, north } = onGrid(box);
  const cells: number[] = [];
  for (let x = Math.floor(west / side); x <= Math.floor(east / side); x++) {
    for (
      let y = Math.floor(south / side);
      y <= Math.floor(north / side);
      y++
    ) cells.push(interleaved(x, y) * 2 * size + size);
  }
  return cells;
}

/** The cells around cells of a size, each once. */
function* ancestors(
  cells: Iterable<number>,
  size: number,
): Iterable<number> {
  let around = new Set(cells);
  for (let wider = size * 4; wider <= 4 ** LEVELS; wider *= 4) {
    const next = new Set<number>();
    for (const cell of around) {
      next.add(Math.floor(cell / (2 * wider)) * 2 * wider + wider);
    }
    yield* next;
    around = next;
  }
}

function onGrid({ west, east, south, north }: Box): Box {
  return {
    west: step((west + 180) / 360),
    east: step((east + 180) / 360),
    south: step((south + 90) / 180),
    north: step((north + 90) / 180),
  };
}

function step(part: number): number {
  return Math.min(SIDE - 1, Math.max(0, Math.floor(part * SIDE)));
}

const HALF = 2 ** (LEVELS / 2);

function interleaved(x: number, y: number): number {
  const high = spread(Math.floor(x / HALF)) | spread(Math.floor(y / HALF)) << 1;
  const low = spread(x % HALF) | spread(y % HALF) << 1;
  return high * SIDE + low;
}

/** Puts a zero before every one of twelve bits. */
function spread(bits: number): number {
  let wide = (bits | bits << 8) & 0x00ff00ff;
  wide = (wide | wide << 4) & 0x0f0f0f0f;
  wide = (wide | wide << 2) & 0x33333333;
  return (wide | wide << 1) & 0x55555555;
}
