import {
  type Clock,
  type Language,
  type Layout,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  askedElsewhere,
  awaitedMonths,
  chosenOf,
  type Dimension,
  estimatesCsv,
  estimatesSvg,
  type Exploration,
  explore,
  ExplorePage,
  type MadeScripts,
  MEASURED,
  milestonesOf,
  panelsCsv,
  panelsSvg,
  publishedMonths,
  readBy,
  refusalText,
  type Shelf,
} from "@hiraku/dashboards";
import { inLanguage } from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { gunzipSync } from "node:zlib";
import { CSV, SVG, takenAway } from "./taken_away.ts";
import { askedCity } from "./asked_city.ts";
import { scriptPath } from "./assets.ts";
import type { Env } from "./identity/caller.ts";

const FOREVER = "public, max-age=31536000, immutable";

export interface ExploreParts {
  readonly layout: Layout;
  readonly municipalities: Municipalities;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly scripts: MadeScripts;
}

const CODE = ":code{[0-9]{6}}";
const MONTHS = `/api/v1/explore/${CODE}/months`;

/** What an address shows of a city's frozen months, on a page or in a frame. */
export async function exploreShown(
  c: Context<Env>,
  parts: ExploreParts,
): Promise<Omit<Parameters<typeof ExplorePage>[0], "language">> {
  const { layout, municipalities, shelf, scripts } = parts;
  const municipality = askedCity(c, municipalities);
  const { search, searchParams } = new URL(c.req.url);
  return {
    municipality,
    exploration: await explore(layout, municipality, searchParams),
    awaited: await awaitedMonths(parts, municipality.code),
    milestones: await milestonesOf({ shelf, municipality }),
    search,
    script: scriptPath((await scripts())?.explore),
  };
}

/** A chart, or small charts side by side, in one form; `undefined` where there is none. */
function fileOf(
  exploration: Exploration,
  municipality: Municipality,
  language: Language,
  name: string,
  form: string,
): string | undefined {
  const { charts, panels } = exploration.answer;
  if (name === "panels" && panels !== undefined) {
    return form === "csv"
      ? panelsCsv(panels, exploration, language)
      : form === "svg"
      ? panelsSvg(panels, exploration, municipality, language)
      : undefined;
  }
  const chart = charts.find(({ by }) => by === name);
  if (chart === undefined) return undefined;
  return form === "csv"
    ? estimatesCsv(chart, exploration, language)
    : form === "svg"
    ? estimatesSvg(chart, exploration, municipality, language)
    : undefined;
}

/** Free combination over frozen noisy cubes: a page, its figures as a file, and answers as JSON. */
export function exploreRoutes(parts: ExploreParts): Hono<Env> {
  const { layout, municipalities } = parts;
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards/:code{[0-9]{6}}/explore`, async (c) => {
      const { searchParams } = new URL(c.req.url);
      const elsewhere = askedElsewhere(
        searchParams,
        askedCity(c, municipalities),
      );
      if (elsewhere !== undefined) {
        return c.redirect(inLanguage(language, elsewhere.path), 303);
      }
      const shown = await exploreShown(c, parts);
      return c.html(<ExplorePage language={language} {...shown} />);
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/explore/:file`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const { searchParams } = new URL(c.req.url);
      const [name = "", form = ""] = c.req.param("file").split(".");
      const exploration = await explore(layout, municipality, searchParams);
      const made = exploration &&
        fileOf(exploration, municipality, language, name, form);
      if (made === undefined) {
        throw new Problem("ResourceNotFound", "There is no such file");
      }
      return takenAway(
        `${municipality.code}_explore_${name}.${form}`,
        form === "csv" ? CSV : SVG,
        made,
      );
    });
  }
  app.get("/api/v1/explore/:code{[0-9]{6}}", async (c) => {
    const municipality = askedCity(c, municipalities);
    const { searchParams } = new URL(c.req.url);
    const by = readBy(searchParams.get("by") ?? undefined);
    searchParams.delete("by");
    const exploration = await explore(layout, municipality, searchParams);
    if (exploration === undefined) {
      throw new Problem("ResourceNotFound", "No month is frozen yet");
    }
    const { question, answer, published, names } = exploration;
    const nameIn = (dimension: Dimension, code: string) =>
      names[dimension].find(([known]) => known === code)?.[1];
    const chart = answer.charts.find((one) => one.by === by);
    const [table] = chart?.tables ?? [];
    if (chart === undefined || table === undefined) {
      throw new Problem(
        "BadRequestData",
        refusalText(chart?.refused ?? { why: "crossed" }).en,
      );
    }
    const { estimates, tables } = chart;
    return c.json({
      municipality: municipality.code,
      from: answer.from,
      month: answer.month,
      before: answer.before,
      metric: answer.metric,
      over: MEASURED[answer.metric].sums ? "sum" : "mean",
      timesOfAPerson: answer.clamp,
      by,
      at: { ...question.at, mode: chosenOf(question, "mode") },
      table: table.id,
      sigma: table.sigmas.at(-1),
      tables: tables.map(({ id, sigmas, most, nanoRho, dimensions }) => ({
        id,
        sigma: sigmas.at(-1),
        most,
        rho: nanoRho / 1e9,
        months: dimensions[0]?.codes,
      })),
      interval: 0.95,
      sha256: published.sha256,
      months: published.cube.months,
      estimates: estimates.map((one) => ({
        ...one,
        name: by === "month" ? undefined : nameIn(by, one.code),
      })),
      ...answer.panels && {
        panels: {
          by: answer.panels.by,
          refused: answer.panels.refused &&
            refusalText(answer.panels.refused).en,
          panels: answer.panels.panels.map(({ code, estimates }) => ({
            code,
            name: answer.panels && nameIn(answer.panels.by, code),
            estimates,
          })),
        },
      },
    });
  });
  app.get(`${MONTHS}/:sha256{[0-9a-f]{64}}`, async (c) => {
    const { code } = askedCity(c, municipalities);
    const published = await publishedMonths(layout, code);
    if (published === undefined) {
      throw new Problem("ResourceNotFound", "There is no such file");
    }
    const { sha256 } = published;
    // A month was frozen since the page was read.
    if (c.req.param("sha256") !== sha256) {
      c.header("Cache-Control", "no-store");
      return c.redirect(`${MONTHS.replace(CODE, code)}/${sha256}`, 307);
    }
    const packs = /\bgzip\b/.test(c.req.header("Accept-Encoding") ?? "");
    c.header("Content-Type", "application/octet-stream");
    c.header("Cache-Control", FOREVER);
    c.header("Vary", "Accept-Encoding");
    if (!packs) return c.body(new Uint8Array(gunzipSync(published.gzip)));
    c.header("Content-Encoding", "gzip");
    return c.body(published.gzip);
  });
  return app;
}
