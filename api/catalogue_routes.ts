import { Problem } from "@hiraku/kernel";
import {
  atomFeed,
  type Card,
  datasetNode,
  dcatCatalogue,
  newsOfCard,
  newsOfVersion,
  RDF_TYPES,
  type RdfFormat,
  rdfText,
  robots,
  type Shelf,
  sitemap,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { nothingHere } from "./opendata_files.ts";

const DATASETS_A_PAGE = 100;
const NEWS = 50;
const FORMATS: Readonly<Record<string, RdfFormat>> = {
  jsonld: "jsonld",
  ttl: "ttl",
  xml: "xml",
  rdf: "xml",
};

/** What machines read of the catalogue: DCAT in three forms, news, and maps for search engines. */
export function catalogueRoutes(
  { shelf, origin }: { shelf: Shelf; origin: string },
): Hono<Env> {
  const app = new Hono<Env>();

  app.get("/robots.txt", (c) => c.text(robots(origin)));
  app.get(
    "/sitemap.xml",
    async (c) =>
      c.body(sitemap(await shelf.cards(), origin), 200, {
        "Content-Type": "application/xml",
      }),
  );
  app.get("/opendata/feed.atom", async (c) => {
    const newest = (await shelf.cards()).toSorted((a, b) =>
      a.modified < b.modified ? 1 : -1
    ).slice(0, NEWS);
    return atom(c, "/opendata/feed.atom", "Hiraku オープンデータ", [
      ...newest.map((card) => newsOfCard(card, origin)),
    ]);
  });
  app.get("/opendata/:name{catalog\\.(?:jsonld|ttl|xml|rdf)}", (c) => {
    const format = FORMATS[c.req.param("name").slice(8)] ?? "jsonld";
    return catalogueAnswer(c, { shelf, origin, format });
  });
  app.get(
    "/opendata/:code/:record{[a-z0-9_]+\\.(?:jsonld|ttl|xml|rdf|atom)}",
    async (c) => {
      const { code, record } = c.req.param();
      const [dataset = "", extension = ""] = record.split(".");
      if (extension !== "atom") {
        const format = FORMATS[extension] ?? "jsonld";
        return await recordAnswer(c, { shelf, origin, format, code, dataset });
      }
      const versions = await shelf.versions(code, dataset, NEWS);
      const [newest] = versions;
      if (newest === undefined) throw nothingHere();
      return atom(
        c,
        `/opendata/${code}/${dataset}.atom`,
        newest.manifest.title.ja,
        versions.map(({ manifest, withdrawn }) =>
          newsOfVersion(manifest, withdrawn, origin)
        ),
      );
    },
  );

  function atom(
    c: Context<Env>,
    path: string,
    title: string,
    news: Parameters<typeof atomFeed>[2],
  ): Response {
    return c.body(atomFeed(origin + path, title, news), 200, {
      "Content-Type": "application/atom+xml",
    });
  }
  return app;
}

interface Asked {
  readonly shelf: Shelf;
  readonly origin: string;
  readonly format: RdfFormat;
}

/**
 * A page of the catalogue. Pages follow the order of first publication, and
 * each names the dataset after which the next begins: what is added or
 * withdrawn meanwhile moves no dataset from one page to another, where a
 * harvester would miss and then delete it.
 */
export async function catalogueAnswer(
  c: Context<Env>,
  { shelf, origin, format }: Asked,
): Promise<Response> {
  const after = c.req.query("after");
  const since = c.req.query("modified_since");
  const page = pageNumber(c.req.query("page"));
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new Problem("BadRequestData", "'modified_since' is not a date");
  }
  const cards = (await shelf.cards()).filter(({ modified }) =>
    since === undefined || Date.parse(modified) >= Date.parse(since)
  );
  const from = after === undefined
    ? (page - 1) * DATASETS_A_PAGE
    : cards.findIndex((card) => keyOf(card) > after);
  const beyond = from < 0 || (from >= cards.length && from > 0);
  if (beyond && page > 1 && cards.length > 0 && after === undefined) {
    throw new Problem("ResourceNotFound", "There is no such page");
  }
  const part = from < 0 ? [] : cards.slice(from, from + DATASETS_A_PAGE);
  const last = part.at(-1);
  const more = from >= 0 && from + part.length < cards.length;
  const versions = await Promise.all(
    part.map(({ municipality, dataset }) =>
      shelf.latest(municipality.code, dataset)
    ),
  );
  const address = (query: Record<string, string>) => {
    const all = new URLSearchParams({
      ...since !== undefined && { modified_since: since },
      ...query,
    });
    const extension = format === "xml" ? "xml" : format;
    return `${origin}/opendata/catalog.${extension}?${all}`;
  };
  const nodes = dcatCatalogue({
    datasets: part.flatMap(({ issued }, at) => {
      const manifest = versions[at]?.manifest;
      return manifest === undefined ? [] : [{ manifest, issued }];
    }),
    total: cards.length,
    size: DATASETS_A_PAGE,
    address: address({
      page: String(page),
      ...after !== undefined && { after },
    }),
    first: address({ page: "1" }),
    ...(more && last !== undefined && {
      next: address({ page: String(page + 1), after: keyOf(last) }),
    }),
  }, origin);
  return rdfAnswer(c, rdfText(nodes, format), format);
}

function keyOf({ issued, id }: Card): string {
  return `${issued} ${id}`;
}

function pageNumber(text = "1"): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new Problem("BadRequestData", "'page' is not a number from 1");
}

/** The record of one dataset. */
export async function recordAnswer(
  c: Context<Env>,
  { shelf, origin, format, code, dataset }:
    & Asked
    & { code: string; dataset: string },
): Promise<Response> {
  const card = await shelf.card(code, dataset);
  const latest = await shelf.latest(code, dataset);
  if (card === undefined || latest === undefined) throw nothingHere();
  const node = datasetNode(
    { manifest: latest.manifest, issued: card.issued },
    origin,
  );
  return rdfAnswer(c, rdfText([node], format), format);
}

function rdfAnswer(
  c: Context<Env>,
  text: string,
  format: RdfFormat,
): Response {
  const type = RDF_TYPES[format];
  return c.body(text, 200, {
    "Content-Type": format === "jsonld" ? type : `${type}; charset=utf-8`,
    "Access-Control-Allow-Origin": "*",
    Vary: "Accept",
  });
}
