import { xml } from "../formats/xml.ts";
import type { Card } from "./card.ts";

const MOST_ADDRESSES = 50_000;

/** Every page of the open-data site for search engines (sitemaps.org). */
export function sitemap(cards: readonly Card[], origin: string): string {
  const pages = [`${origin}/opendata`, `${origin}/en/opendata`].map((loc) => ({
    loc,
    modified: undefined as string | undefined,
  }));
  const datasets = cards.flatMap(({ municipality, dataset, modified }) =>
    ["", "/en"].map((language) => ({
      loc: `${origin}${language}/opendata/${municipality.code}/${dataset}`,
      modified,
    }))
  );
  const all = [...pages, ...datasets].slice(0, MOST_ADDRESSES);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${
    all.map(({ loc, modified }) =>
      `<url><loc>${xml(loc)}</loc>${
        modified === undefined ? "" : `<lastmod>${modified}</lastmod>`
      }</url>`
    ).join("\n")
  }\n</urlset>\n`;
}

/** Robots may read what is public, and nothing else is there to be found. */
export function robots(origin: string): string {
  return [
    "User-agent: *",
    "Allow: /opendata",
    "Allow: /en/opendata",
    "Disallow: /operations",
    "Disallow: /login",
    "Crawl-delay: 2",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");
}
