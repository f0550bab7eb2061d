import {
  type Layout as Folders,
  type Municipalities,
  Problem,
} from "@hiraku/kernel";
import { cityFigures, CityPage, IndexPage } from "@hiraku/dashboards";
import { Hono } from "hono";
import type { Env } from "./identity/caller.ts";

/** The public dashboards, from released files only. */
export function dashboardRoutes(
  { layout, municipalities }: {
    layout: Folders;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/", (c) => c.redirect("/dashboards"));
  app.get("/en", (c) => c.redirect("/en/dashboards"));
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards`, async (c) => {
      const cities = await Promise.all(
        [...municipalities.values()].map((one) => cityFigures(layout, one)),
      );
      return c.html(<IndexPage language={language} cities={cities} />);
    });
    app.get(`${at}/dashboards/:code`, async (c) => {
      const city = municipalities.get(c.req.param("code"));
      if (city === undefined) {
        throw new Problem("ResourceNotFound", "There is no such dashboard");
      }
      const figures = await cityFigures(layout, city);
      return c.html(<CityPage language={language} figures={figures} />);
    });
  }
  return app;
}
