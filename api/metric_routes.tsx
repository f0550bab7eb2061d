import {
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  answerMetric,
  historiesOf,
  listMetrics,
  metricDefinitions,
  metricOrNone,
  MetricsPage,
  provenanceFacts,
  type Shelf,
} from "@hiraku/dashboards";
import { Hono } from "hono";
import { askedCity } from "./asked_city.ts";
import type { Env } from "./identity/caller.ts";

const CODE = ":code{[0-9]{6}}";
const MOST_WORDS = 80;

/** Every metric of the registry: a list for people, definitions and figures for programs. */
export function metricRoutes(
  { shelf, municipalities }: {
    shelf: Shelf;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards/${CODE}/metrics`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const wanted = {
        words: (c.req.query("q") ?? "").trim(),
        by: c.req.query("by") || undefined,
      };
      if (wanted.words.length > MOST_WORDS) unfit("q");
      if (wanted.by !== undefined && !/^[A-Za-z]{1,40}$/.test(wanted.by)) {
        unfit("by");
      }
      return c.html(
        <MetricsPage
          language={language}
          municipality={municipality}
          wanted={wanted}
          datasets={await listMetrics({ municipality, shelf }, wanted)}
        />,
      );
    });
  }
  // Released figures may be read by scripts of any site.
  app.use("/api/v1/metrics/*", async (c, next) => {
    await next();
    c.header("Access-Control-Allow-Origin", "*");
  });
  app.get(`/api/v1/metrics/${CODE}`, (c) => {
    const { code } = askedCity(c, municipalities);
    return c.json({ municipality: code, metrics: metricDefinitions(code) });
  });
  app.get(`/api/v1/metrics/${CODE}/:metric`, async (c) => {
    const municipality = askedCity(c, municipalities);
    const id = c.req.param("metric");
    const metric = metricOrNone(id);
    if (metric === undefined) {
      throw new Problem("ResourceNotFound", "There is no such metric");
    }
    const { searchParams } = new URL(c.req.url);
    const city = { municipality, shelf };
    const answer = await answerMetric(city, metric, searchParams);
    if (answer === undefined) {
      throw new Problem("ResourceNotFound", `'${id}' is not published yet`);
    }
    const { evidence, ...said } = answer;
    c.header("Cache-Control", "no-cache");
    return c.json({
      municipality: municipality.code,
      metric: id,
      title: metric.title,
      unit: metric.unit,
      ...said,
      provenance: await provenanceOf(city, evidence),
    });
  });
  return app;
}

/** What the panel beside every figure says, by the names it says it under. */
async function provenanceOf(
  city: { municipality: Municipality; shelf: Shelf },
  evidence: Parameters<typeof provenanceFacts>[0],
) {
  const histories = await historiesOf(city, [evidence]);
  const { dataset } = evidence.source.version.manifest;
  return provenanceFacts(evidence, histories.get(dataset) ?? [])
    .map(({ label, value, path }) => ({ label, value, path }));
}

function unfit(name: string): never {
  throw new Problem("BadRequestData", `Parameter '${name}' does not fit`);
}
