import { Problem } from "@hiraku/kernel";
import {
  askedElsewhere,
  boardNamed,
  ChartEmbed,
  ExploreEmbed,
  openBoard,
  readAsked,
} from "@hiraku/dashboards";
import { inLanguage } from "@hiraku/opendata";
import { Hono } from "hono";
import { askedCity } from "./asked_city.ts";
import { chartScripts } from "./assets.ts";
import { type ExploreParts, exploreShown } from "./explore_routes.tsx";
import { pageHeaders } from "./page_headers.ts";
import type { Env } from "./identity/caller.ts";

/**
 * Figures for frames of other sites. They stand before whoever calls is looked
 * for, so that no session and no key plays a part.
 */
export function embedRoutes(
  { origin, ancestors, ...parts }: ExploreParts & {
    readonly origin: string;
    /** Origins whose pages may show them; `*` for all. */
    readonly ancestors: readonly string[];
  },
): Hono<Env> {
  const { municipalities, shelf, scripts } = parts;
  const app = new Hono<Env>();
  const headers = pageHeaders(origin, ancestors);
  app.use("/embed/*", headers);
  app.use("/en/embed/*", headers);
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/embed/:code{[0-9]{6}}/explore`, async (c) => {
      const elsewhere = askedElsewhere(
        new URL(c.req.url).searchParams,
        askedCity(c, municipalities),
      );
      if (elsewhere !== undefined) {
        return c.redirect(inLanguage(language, elsewhere.frame), 303);
      }
      const shown = await exploreShown(c, parts);
      return c.html(<ExploreEmbed language={language} {...shown} />);
    });
    app.get(`${at}/embed/:code{[0-9]{6}}/boards/:board/:chart`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const board = boardNamed(c.req.param("board"));
      if (board === undefined) {
        throw new Problem("ResourceNotFound", "There is no such board");
      }
      const asked = readAsked(board, c.req.query());
      const opened = await openBoard({ municipality, shelf }, board, asked);
      const chart = opened.evaluated.charts.find((one) =>
        one.chart.id === c.req.param("chart")
      );
      if (chart === undefined) {
        throw new Problem("ResourceNotFound", "There is no such figure");
      }
      c.header("Cache-Control", "public, max-age=300");
      return c.html(
        <ChartEmbed
          language={language}
          municipality={municipality}
          evaluated={opened.evaluated}
          histories={opened.histories}
          asked={asked}
          chart={chart}
          scripts={await chartScripts(scripts)}
        />,
      );
    });
  }
  return app;
}
