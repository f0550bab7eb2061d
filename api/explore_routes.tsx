import { type Layout, type Municipalities, Problem } from "@hiraku/kernel";
import { explore, ExplorePage, readQuestion } from "@hiraku/dashboards";
import { Hono } from "hono";
import { askedCity } from "./asked_city.ts";
import type { Env } from "./identity/caller.ts";

/** Free combination over frozen noisy cubes: a page, and the same answer as JSON. */
export function exploreRoutes(
  { layout, municipalities }: {
    layout: Layout;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards/:code{[0-9]{6}}/explore`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const question = readQuestion(c.req.query());
      return c.html(
        <ExplorePage
          language={language}
          municipality={municipality}
          question={question}
          exploration={await explore(layout, municipality, question)}
          search={new URL(c.req.url).search}
        />,
      );
    });
  }
  app.get("/api/v1/explore/:code{[0-9]{6}}", async (c) => {
    const municipality = askedCity(c, municipalities);
    const question = readQuestion(c.req.query());
    const { months, month, table, refused, estimates, sigma, sha256 } =
      await explore(layout, municipality, question);
    if (month === undefined) {
      throw new Problem("ResourceNotFound", "No month is frozen yet");
    }
    if (refused !== undefined) {
      throw new Problem("BadRequestData", refused.en);
    }
    return c.json({
      municipality: municipality.code,
      month,
      by: question.by,
      at: question.at,
      table,
      sigma,
      interval: 0.95,
      sha256,
      months,
      estimates,
    });
  });
  return app;
}
