import type { Language, Municipality } from "@hiraku/kernel";
import { MERGED, withheldMark } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type Area, OutlineMap } from "../../charts/outline_map.tsx";
import { outlinePaths } from "../../charts/outline_paths.ts";
import { type Tile, TileMap } from "../../charts/tile_map.tsx";
import { exactly } from "../../metrics/reading.ts";
import type { Format } from "../../metrics/metric.ts";
import { show } from "../../metrics/reading_text.ts";
import type { Cell, EvaluatedChart } from "../evaluated.ts";
import { cellText, readingOf } from "./chart_words.ts";
import { levelOf, levelStarts, type Scale, scaleOf } from "./levels.ts";

/** Where a district leads; `together` is the row it is counted in. */
export type DistrictLink = (code: string, together: string) => string;

/** Districts in their outlines and as tiles, with the key of both. */
export function DistrictMap(
  {
    id,
    title,
    description,
    language,
    evaluated,
    municipality,
    districtLink,
  }: {
    id: string;
    title: string;
    description: string;
    language: Language;
    evaluated: EvaluatedChart;
    municipality: Municipality;
    districtLink: DistrictLink | undefined;
  },
): JSX.Element | null {
  const column = evaluated.columns[0];
  const scale = mapScale(evaluated, municipality);
  if (column === undefined) return null;
  const tiles = areasOf(evaluated, municipality, language, districtLink);
  const mark = withheldMark("page");
  const outlines = outlinePaths(municipality.districts);
  return (
    <>
      <ul class="key">
        {scale && levelStarts(scale).map((start, at) => (
          <li>
            <span class={`swatch level-${at + 1}`} />
            {cellText(exactly(start), column, language)}–
          </li>
        ))}
        <li>
          <span class="swatch level-withheld" />
          <span lang="ja">{mark.shown}</span>: {mark.explained[language]}
        </li>
      </ul>
      {outlines && municipality.outlines && (
        <OutlineMap
          id={id}
          title={title}
          description={description}
          outlines={outlines}
          areas={tiles}
          source={municipality.outlines.source[language]}
        />
      )}
      {tiles.length > 0 && (
        <TileMap
          id={id}
          title={title}
          description={description}
          tiles={tiles}
        />
      )}
      <ul class="tiles">
        {tiles.map(({ name, words, note, level }) => (
          <li class={level === undefined ? "level-withheld" : `level-${level}`}>
            <span>{name}</span>
            <span>
              <strong>{words}</strong>
              {note && <small>{note}</small>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Levels of a map: of its districts, without people whose district is not known. */
export function mapScale(
  { columns, rows }: EvaluatedChart,
  { districts }: Municipality,
): Scale | undefined {
  const known = new Set(districts.map(({ code }) => code));
  return scaleOf(
    rows.filter(({ code }) => code.split(MERGED).some((one) => known.has(one)))
      .map(({ cells }) => readingOf(cells[0])),
    columns[0]?.format,
  );
}

/** What a map shows of every district; districts counted together show the same. */
export function areasOf(
  evaluated: EvaluatedChart,
  municipality: Municipality,
  language: Language,
  districtLink?: DistrictLink,
): (Area & Tile)[] {
  const { columns, rows } = evaluated;
  const format = columns[0]?.format ?? "count";
  const scale = mapScale(evaluated, municipality);
  return municipality.districts.map(({ code, name, position }) => {
    const row = rows.find((one) => one.code.split(MERGED).includes(code));
    const cell = row?.cells[0];
    return {
      code,
      name: name[language],
      href: districtLink?.(code, row?.code ?? code),
      position,
      level: levelOf(scale, readingOf(cell)),
      words: cell === undefined ? "–" : cellText(cell, { format }, language),
      spoken: isWithheld(cell, format)
        ? withheldMark("page").spoken[language]
        : undefined,
      note: row !== undefined && row.code.includes(MERGED)
        ? language === "ja" ? "合算" : "merged"
        : "",
    };
  });
}

function isWithheld(cell: Cell | undefined, format: Format): boolean {
  const reading = readingOf(cell);
  return reading !== undefined &&
    show(reading, format, "ja").status === "withheld";
}
