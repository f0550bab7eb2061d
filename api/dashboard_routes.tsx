import {
  type Clock,
  type Layout as Folders,
  type Municipalities,
  Problem,
} from "@hiraku/kernel";
import {
  type Audience,
  AUDIENCES,
  cityFigures,
  CityPage,
  IndexPage,
  type MadeScripts,
  noScripts,
  openShelf,
  type Shelf,
} from "@hiraku/dashboards";
import { Hono } from "hono";
import type { Control } from "@hiraku/kernel/control";
import type { Brokers } from "@hiraku/ngsi";
import { askedCity } from "./asked_city.ts";
import { chartScripts } from "./assets.ts";
import { boardRoutes } from "./board_routes.tsx";
import type { Env } from "./identity/caller.ts";
import { exploreRoutes } from "./explore_routes.tsx";
import { metricRoutes } from "./metric_routes.tsx";
import { surveyRoutes } from "./survey_routes.tsx";
import { evidenceRoutes } from "./evidence_routes.tsx";

/** The public dashboards, from released files only. */
export function dashboardRoutes(
  {
    layout,
    municipalities,
    clock,
    control,
    brokers,
    shelf = openShelf(layout, clock),
    scripts = noScripts,
  }: {
    layout: Folders;
    municipalities: Municipalities;
    clock: Clock;
    /** Where the registers of the city are kept. */
    control?: Control;
    /** What is shown of surveys while they run. */
    brokers?: Brokers;
    shelf?: Shelf;
    /** Scripts that make pages quicker. */
    scripts?: MadeScripts;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  app.route("/", metricRoutes({ shelf, municipalities }));
  app.route("/", boardRoutes({ shelf, municipalities, scripts }));
  app.route(
    "/",
    exploreRoutes({
      layout,
      municipalities,
      shelf,
      clock,
      scripts,
    }),
  );
  app.route("/", evidenceRoutes({ shelf, municipalities, control, scripts }));
  app.route(
    "/",
    surveyRoutes({ shelf, municipalities, brokers, scripts }),
  );
  app.get("/", (c) => c.redirect("/dashboards"));
  app.get("/en", (c) => c.redirect("/en/dashboards"));
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards`, async (c) => {
      const cities = await Promise.all(
        [...municipalities.values()].map((one) => cityFigures(shelf, one)),
      );
      return c.html(<IndexPage language={language} cities={cities} />);
    });
    app.get(`${at}/dashboards/:code`, async (c) => {
      const city = askedCity(c, municipalities);
      const figures = await cityFigures(shelf, city);
      return c.html(
        <CityPage
          language={language}
          figures={figures}
          audience={audienceOf(c.req.query("for"))}
          scripts={await chartScripts(scripts)}
        />,
      );
    });
  }
  return app;
}

function audienceOf(asked: string | undefined): Audience | undefined {
  if (asked === undefined || asked === "") return undefined;
  if (asked in AUDIENCES) return asked as Audience;
  throw new Problem("BadRequestData", "Parameter 'for' does not fit");
}
