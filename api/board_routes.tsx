import {
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  type Asked,
  askedText,
  type Board,
  boardCsv,
  boardNamed,
  BoardPage,
  boardSlides,
  boardWorkbook,
  chartCsv,
  chartSvg,
  compareCities,
  comparedHeadline,
  datasetsOf,
  type MadeScripts,
  openBoard,
  type OpenedBoard,
  openPack,
  PackPage,
  readAsked,
  readPack,
  type Shelf,
} from "@hiraku/dashboards";
import { type Context, Hono } from "hono";
import { createHash } from "node:crypto";
import { CSV, PPTX, SVG, takenAway, XLSX } from "./taken_away.ts";
import { askedCity } from "./asked_city.ts";
import { chartScripts } from "./assets.ts";
import type { Env } from "./identity/caller.ts";

const MOST_PAGES = 400;

interface Kept {
  readonly versions: string;
  readonly html: string;
  readonly tag: string;
}

/** Boards of released figures; pages are kept while their datasets stand. */
export function boardRoutes(
  { shelf, municipalities, scripts }: {
    shelf: Shelf;
    municipalities: Municipalities;
    scripts: MadeScripts;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  // Names of a city may change; its pages go with the object they were made from.
  const pages = new WeakMap<Municipality, Map<string, Kept>>();

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/dashboards/:code{[0-9]{6}}/boards/:board`;
    app.get(path, async (c) => {
      const { city, board } = placeOf(c, municipalities);
      const asked = readAsked(board, c.req.query());
      const key = `${language} ${board.id} ${askedText(asked)}`;
      const kept = pages.get(city) ?? new Map<string, Kept>();
      pages.set(city, kept);
      const versions = await versionsOf(shelf, city, board) +
        await versionsCompared(board);
      let page = kept.get(key);
      if (page?.versions !== versions) {
        page = await render(language, city, board, asked, versions);
        kept.delete(key);
        kept.set(key, page);
        const oldest = kept.keys().next().value;
        if (kept.size > MOST_PAGES && oldest !== undefined) {
          kept.delete(oldest);
        }
      }
      c.header("ETag", page.tag);
      c.header("Cache-Control", "no-cache");
      const known = c.req.header("If-None-Match")?.replace(/^W\//, "");
      if (known === page.tag) return c.body(null, 304);
      return c.html(page.html);
    });
    app.get(`${path}/:file`, async (c) => {
      const { city, board } = placeOf(c, municipalities);
      const asked = readAsked(board, c.req.query());
      const opened = await openBoard(
        { municipality: city, shelf },
        board,
        asked,
      );
      return await fileOf(c.req.param("file"), opened, city, asked, language);
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/pack`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const { search, searchParams } = new URL(c.req.url);
      const packed = readPack(searchParams);
      const pack = await openPack({ municipality, shelf }, packed);
      return c.html(
        <PackPage
          language={language}
          municipality={municipality}
          pack={pack}
          search={search}
        />,
      );
    });
  }

  /** Versions of the other cities' dataset that the headline compared is read from. */
  async function versionsCompared(board: Board): Promise<string> {
    const compared = comparedHeadline(board);
    if (compared === undefined || municipalities.size < 2) return "";
    const versions = await Promise.all(
      [...municipalities.keys()].map(async (code) =>
        (await shelf.latest(code, compared.metric.of.dataset))?.manifest.version
      ),
    );
    return ` ${versions.join(",")}`;
  }

  async function render(
    language: Language,
    municipality: Municipality,
    board: Board,
    asked: Asked,
    versions: string,
  ): Promise<Kept> {
    const opened = await openBoard({ municipality, shelf }, board, asked);
    const html = String(
      <BoardPage
        language={language}
        municipality={municipality}
        evaluated={opened.evaluated}
        histories={opened.histories}
        rates={await compareCities(
          [...municipalities.values()].map((one) => ({
            municipality: one,
            shelf,
          })),
          opened.evaluated,
        )}
        asked={asked}
        scripts={await chartScripts(scripts)}
      />,
    );
    const hash = createHash("sha256").update(html).digest("base64url");
    return { versions, html, tag: `"${hash.slice(0, 22)}"` };
  }
  return app;
}

/** A board, or one of its charts, as a file. */
async function fileOf(
  name: string,
  opened: OpenedBoard,
  city: Municipality,
  asked: Asked,
  language: Language,
): Promise<Response> {
  const { evaluated } = opened;
  const stem = `${city.code}_${evaluated.board.id.replaceAll(/[-.]/g, "_")}`;
  if (name === "board.csv") {
    return takenAway(`${stem}.csv`, CSV, boardCsv(evaluated, asked, language));
  }
  if (name === "board.xlsx") {
    const book = await boardWorkbook(opened, language);
    return takenAway(`${stem}.xlsx`, XLSX, book);
  }
  if (name === "board.pptx") {
    const slides = await boardSlides(opened, city, language);
    return takenAway(`${stem}.pptx`, PPTX, slides);
  }
  const [id, form] = name.split(".");
  const chart = evaluated.charts.find((one) => one.chart.id === id);
  const one = `${stem}_${id?.replaceAll("-", "_")}.${form}`;
  if (chart !== undefined && form === "csv") {
    return takenAway(one, CSV, chartCsv(chart, asked, language));
  }
  const svg = chart !== undefined && form === "svg"
    ? chartSvg(chart, language, city)
    : undefined;
  if (svg !== undefined) return takenAway(one, SVG, svg);
  throw new Problem("ResourceNotFound", "There is no such file");
}

/** What a page rests on, in one line. */
async function versionsOf(
  shelf: Shelf,
  { code }: Municipality,
  board: Board,
): Promise<string> {
  const versions = await Promise.all(
    datasetsOf(board).map(async (dataset) => {
      const all = await shelf.history(code, dataset);
      return all.map(({ version, withdrawn }) =>
        `${dataset}/${version}${withdrawn === undefined ? "" : "-"}`
      ).join(" ");
    }),
  );
  return versions.join(";");
}

function placeOf(
  c: Context<Env>,
  municipalities: Municipalities,
): { city: Municipality; board: Board } {
  const board = boardNamed(c.req.param("board") ?? "");
  if (board !== undefined) return { city: askedCity(c, municipalities), board };
  throw new Problem("ResourceNotFound", "There is no such board");
}
