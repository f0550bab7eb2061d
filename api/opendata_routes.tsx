import {
  cityDay,
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  type Text,
} from "@hiraku/kernel";
import {
  addFeedback,
  type Control,
  type Downloads,
} from "@hiraku/kernel/control";
import {
  CARDS_A_PAGE,
  CataloguePage,
  CodebookPage,
  DatasetPage,
  type Facet,
  facetNames,
  FACETS,
  hasGeography,
  looksPersonal,
  ProtectionPage,
  type PublishedVersion,
  RequestPage,
  search,
  type SearchElsewhere,
  type Shelf,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { catalogueAnswer, recordAnswer } from "./catalogue_routes.ts";
import { gone, nothingHere } from "./opendata_files.ts";
import { rdfAccepted } from "./rdf_accepted.ts";
import { smallBody } from "./small_body.ts";

/** An hourly dataset has hundreds of versions a month; a page names the newest. */
const VERSIONS_SHOWN = 60;
const LONGEST = 1_000;

/** The pages of the open-data site: search, datasets, codebooks, requests. All public. */
export function opendataRoutes(
  { shelf, elsewhere, municipalities, origin, control, clock, downloads }: {
    shelf: Shelf;
    elsewhere: SearchElsewhere;
    municipalities: Municipalities;
    origin: string;
    control: Control;
    clock: Clock;
    downloads: Downloads;
  },
): Hono<Env> {
  const app = new Hono<Env>();

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/opendata`, async (c) => {
      const format = rdfAccepted(c.req.header("Accept"));
      if (format !== undefined) {
        return await catalogueAnswer(c, { shelf, origin, format });
      }
      return await list(c, language);
    });
    app.get(
      `${at}/opendata/protection`,
      (c) => c.html(<ProtectionPage language={language} />),
    );
    app.get(`${at}/opendata/request`, async (c) => {
      const about = await datasetAsked(c.req.query("dataset"));
      return c.html(
        <RequestPage language={language} cities={cities()} about={about} />,
      );
    });
    app.post(`${at}/opendata/request`, smallBody, async (c) => {
      const { city, dataset, text } = await c.req.parseBody();
      const about = await datasetAsked(dataset);
      const typed = typeof text === "string" ? text.trim() : "";
      const code = about?.municipality.code ??
        cities().find((one) => one.code === city)?.code;
      const problem = code === undefined
        ? REFUSED.city
        : typed === "" || typed.length > LONGEST
        ? REFUSED.length
        : looksPersonal(typed)
        ? REFUSED.personal
        : undefined;
      if (problem === undefined && code !== undefined) {
        await addFeedback(control, clock, {
          municipality: code,
          text: typed,
          ...(about && { dataset: about.dataset }),
        });
      }
      return c.html(
        <RequestPage
          language={language}
          cities={cities()}
          about={about}
          {...problem === undefined ? { sent: true } : { problem, typed }}
        />,
        problem === undefined ? 200 : 400,
      );
    });
    app.get(`${at}/opendata/:code{[0-9]{6}}`, async (c) => {
      const only = municipalities.get(c.req.param("code"));
      if (only === undefined) throw nothingHere();
      return await list(c, language, only);
    });
    app.get(`${at}/opendata/:code/:dataset{[a-z0-9_]+}/codebook`, async (c) => {
      const { manifest } = await newest(c.req.param());
      return c.html(<CodebookPage language={language} manifest={manifest} />);
    });
    app.get(`${at}/opendata/:code/:dataset{[a-z0-9_]+}`, async (c) => {
      const { code, dataset } = c.req.param();
      const format = rdfAccepted(c.req.header("Accept"));
      if (format !== undefined) {
        const asked = { shelf, origin, format, code, dataset };
        return await recordAnswer(c, asked);
      }
      const latest = await newest({ code, dataset });
      const municipality = municipalities.get(code);
      if (municipality === undefined) throw nothingHere();
      const [table] = latest.manifest.tables;
      const mapped = latest.manifest.tables.find(hasGeography);
      c.header("Vary", "Accept");
      return c.html(
        <DatasetPage
          language={language}
          origin={origin}
          latest={latest}
          versions={await shelf.versions(code, dataset, VERSIONS_SHOWN)}
          rows={table === undefined ? [] : await shelf.rows(latest, table.id)}
          {...mapped && {
            mapped: {
              table: mapped,
              rows: await shelf.rows(latest, mapped.id),
            },
          }}
          municipality={municipality}
          downloads={await downloads.total(code, dataset)}
          today={cityDay(clock.now())}
        />,
      );
    });
  }

  /** The newest valid version, or why there is none any more. */
  async function newest(
    { code, dataset }: { code: string; dataset: string },
  ): Promise<PublishedVersion> {
    const latest = await shelf.latest(code, dataset);
    if (latest !== undefined) return latest;
    const [withdrawn] = await shelf.versions(code, dataset, 1);
    throw withdrawn === undefined ? nothingHere() : gone(withdrawn);
  }

  function cities(): { code: string; name: Text }[] {
    return [...municipalities.values()].map(({ code, name }) => ({
      code,
      name,
    }));
  }

  async function datasetAsked(id: unknown) {
    if (typeof id !== "string" || id === "") return undefined;
    return await shelf.card(id.slice(0, 6), id.slice(7));
  }

  async function list(
    c: Context<Env>,
    language: Language,
    only?: Municipality,
  ): Promise<Response> {
    const all = await shelf.cards();
    const cards = only === undefined
      ? all
      : all.filter(({ municipality }) => municipality.code === only.code);
    const words = c.req.query("q")?.slice(0, 200) ?? "";
    const chosen: Partial<Record<Facet, string[]>> = {};
    for (const facet of FACETS) {
      const values = c.req.queries(facet);
      if (values !== undefined) chosen[facet] = values;
    }
    const sought = { words, chosen };
    const found = search(cards, sought);
    const last = Math.max(1, Math.ceil(found.cards.length / CARDS_A_PAGE));
    const page = Number(c.req.query("page") ?? 1);
    if (!Number.isInteger(page) || page < 1 || page > last) throw nothingHere();
    // A filter speaks of our own datasets alone.
    const apart = page === 1 && Object.keys(chosen).length === 0
      ? await elsewhere(words)
      : [];
    c.header("Vary", "Accept");
    return c.html(
      <CataloguePage
        elsewhere={apart.filter(({ municipality }) =>
          only === undefined || municipality === only.code
        )}
        language={language}
        found={found}
        sought={sought}
        page={page}
        total={cards.length}
        names={facetNames(cards)}
        {...only && { only }}
      />,
    );
  }

  return app;
}

const REFUSED = {
  city: { ja: "自治体を選んでください。", en: "Choose a municipality." },
  length: {
    ja: "1文字以上1,000文字以内で書いてください。",
    en: "Write between 1 and 1,000 letters.",
  },
  personal: {
    ja:
      "電話番号かメールアドレスのような文字があります。個人がわかることを除いてから送ってください。",
    en:
      "There is something like a telephone number or an e-mail address. Please take it out and send again.",
  },
} as const satisfies Record<string, Text>;
