import type { JSX } from "hono/jsx/jsx-runtime";
import { type Located, tilePlaces } from "./tile_places.ts";

export interface Tile extends Located {
  readonly name: string;
  readonly words: string;
  readonly note: string;
  /** 1 (least) to 5 (most); undefined when withheld. */
  readonly level: number | undefined;
}

/** A drawing is always this many tiles wide, so that tiles keep their size. */
const COLUMNS = 7;
const WIDTH = 140;
const HEIGHT = 78;
const GAP = 6;

/** Districts as equal tiles, roughly where they lie; every tile says its figure. */
export function TileMap(
  { id, title, description, tiles }: {
    id: string;
    title: string;
    description: string;
    tiles: readonly Tile[];
  },
): JSX.Element {
  const columns = Math.min(COLUMNS, Math.ceil(Math.sqrt(tiles.length * 1.5)));
  const places = tilePlaces(tiles, columns);
  const rows = Math.max(...places.map((one) => one.row)) + 1;
  return (
    <svg
      class="chart tile-map"
      viewBox={`0 0 ${COLUMNS * (WIDTH + GAP) - GAP} ${
        rows * (HEIGHT + GAP) - GAP
      }`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <defs>
        <pattern
          id={`${id}-hatch`}
          width="10"
          height="10"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="hatch-ground" width="10" height="10" />
          <rect class="hatch" width="4" height="10" />
        </pattern>
      </defs>
      {tiles.map(({ name, words, note, level }, at) => {
        const { column, row } = places[at] ?? { column: 0, row: 0 };
        const x = column * (WIDTH + GAP);
        const y = row * (HEIGHT + GAP);
        return (
          <g class={level === undefined ? undefined : `tile tile-${level}`}>
            <rect
              x={x}
              y={y}
              width={WIDTH}
              height={HEIGHT}
              rx="8"
              fill={level === undefined ? `url(#${id}-hatch)` : undefined}
            />
            <text class="tile-name" x={x + 11} y={y + 25}>{short(name)}</text>
            <text class="tile-value" x={x + 11} y={y + 51}>{words}</text>
            {note && (
              <text class="tile-note" x={x + 11} y={y + 68}>{note}</text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** Cuts a name to what fits a tile; Latin letters are about half as wide. */
function short(name: string): string {
  let room = 16;
  let cut = "";
  for (const letter of name) {
    room -= letter.charCodeAt(0) < 0x2000 ? 1 : 2;
    if (room < 0) return `${cut}…`;
    cut += letter;
  }
  return cut;
}
