import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type Card, type Facet, FACETS } from "../catalogue/card.ts";
import type { Found, Sought } from "../catalogue/search.ts";
import { THEMES } from "../dataset.ts";
import type { Elsewhere } from "../harvest/elsewhere.ts";
import { ElsewhereSection } from "./elsewhere_section.tsx";
import { inLanguage, Layout } from "./layout.tsx";
import {
  CADENCES,
  cityDate,
  FORMAT_NAMES,
  number,
  periodText,
} from "./words.ts";

const TEXT = {
  title: { ja: "オープンデータ", en: "Open data" },
  lead: {
    ja:
      "市の標準オープンデータと、スーパーアプリの利用統計を、だれでも自由に使える形で公開しています。統計は一人ひとりの記録を含まず、人数の少ない数値は秘匿しています。",
    en:
      "Standard open data of the cities and statistics on the use of their super apps, free for anyone to use. Statistics hold no record of any person, and small counts are withheld.",
  },
  none: {
    ja:
      "公開されたデータはまだありません。最初の集計と秘匿処理が済むと、ここに並びます。",
    en:
      "Nothing has been published yet. Data appear here after the first aggregation and disclosure control.",
  },
  nothing: {
    ja:
      "条件に合うデータが見つかりませんでした。言葉を短くするか、絞り込みを外してください。",
    en: "Nothing was found. Try fewer words or remove a filter.",
  },
  ask: {
    ja: "ほしいデータを市に伝える",
    en: "Tell the city which data you need",
  },
  search: { ja: "データを探す", en: "Search" },
  words: {
    ja: "キーワード（例: ひなん、人口、AED）",
    en: "Words (such as evacuation, population, AED)",
  },
  go: { ja: "検索", en: "Search" },
  filters: { ja: "絞り込み", en: "Filters" },
  clear: { ja: "条件をすべて外す", en: "Clear all" },
  results: { ja: "件のデータセット", en: "datasets" },
  updated: { ja: "更新", en: "Updated" },
  cadence: { ja: "頻度", en: "Frequency" },
  quality: { ja: "品質", en: "Quality" },
  pages: { ja: "ページ", en: "Pages" },
  previous: { ja: "前へ", en: "Previous" },
  next: { ja: "次へ", en: "Next" },
  machine: { ja: "機械で読む", en: "For machines" },
  sheet: { ja: "標準", en: "Standard" },
} as const satisfies Record<string, Text>;

const FACET_NAMES: Readonly<Record<Facet, Text>> = {
  city: { ja: "自治体", en: "Municipality" },
  theme: { ja: "分野", en: "Theme" },
  format: { ja: "形式", en: "Format" },
  standard: { ja: "標準データセット", en: "Standard sheet" },
  licence: { ja: "ライセンス", en: "Licence" },
  cadence: { ja: "更新頻度", en: "Frequency" },
};
const SHOWN_VALUES = 12;
export const CARDS_A_PAGE = 20;

interface CatalogueProps {
  readonly language: Language;
  readonly found: Found;
  readonly sought: Sought;
  /** From 1. */
  readonly page: number;
  /** How many there are without any condition. */
  readonly total: number;
  /** Names of what facets count, by their values. */
  readonly names: ReadonlyMap<string, Text>;
  /** Set on the page of one city. */
  readonly only?: Pick<Municipality, "code" | "name" | "colour">;
  /** What other portals have of the same words. */
  readonly elsewhere: readonly Elsewhere[];
}

/** The public list: search, filters, and a card for each dataset. */
export function CataloguePage(props: CatalogueProps): JSX.Element {
  const { language, found, page, total, only } = props;
  const title = only === undefined ? TEXT.title : {
    ja: `${only.name.ja}の${TEXT.title.ja}`,
    en: `${TEXT.title.en} of ${only.name.en}`,
  };
  const path = pathOf(props);
  const from = (page - 1) * CARDS_A_PAGE;
  return (
    <Layout
      language={language}
      title={title}
      path={path}
      alternates={[
        { type: "application/ld+json", href: "/opendata/catalog.jsonld" },
        { type: "text/turtle", href: "/opendata/catalog.ttl" },
        { type: "application/rdf+xml", href: "/opendata/catalog.xml" },
        { type: "application/atom+xml", href: "/opendata/feed.atom" },
      ]}
      city={only}
    >
      <h1>{title[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      {total === 0 ? <p class="card">{TEXT.none[language]}</p> : (
        <>
          <SearchForm {...props} />
          <div class="catalogue">
            <Filters {...props} />
            <section aria-labelledby="results">
              <h2 id="results">
                {number(found.cards.length)} {TEXT.results[language]}
              </h2>
              {found.cards.length === 0 && (
                <p class="card">
                  {TEXT.nothing[language]}{" "}
                  <a href={inLanguage(language, "/opendata/request")}>
                    {TEXT.ask[language]}
                  </a>
                </p>
              )}
              <ul class="cards">
                {found.cards.slice(from, from + CARDS_A_PAGE).map((card) => (
                  <CardItem language={language} card={card} />
                ))}
              </ul>
              <Pages {...props} />
            </section>
          </div>
        </>
      )}
      <ElsewhereSection language={language} found={props.elsewhere} />
      <Machines language={language} />
    </Layout>
  );
}

function pathOf({ only }: Pick<CatalogueProps, "only">): string {
  return only === undefined ? "/opendata" : `/opendata/${only.code}`;
}

function SearchForm({ language, sought, only }: CatalogueProps) {
  return (
    <form
      method="get"
      action={inLanguage(language, pathOf({ ...only && { only } }))}
      class="search"
      role="search"
      aria-label={TEXT.search[language]}
    >
      <label for="q">{TEXT.words[language]}</label>
      <div>
        <input id="q" name="q" type="search" value={sought.words ?? ""} />
        {FACETS.flatMap((facet) =>
          (sought.chosen?.[facet] ?? []).map((value) => (
            <input type="hidden" name={facet} value={value} />
          ))
        )}
        <button type="submit">{TEXT.go[language]}</button>
      </div>
    </form>
  );
}

/** The address of the list with other conditions. */
function addressOf(
  { language, sought, only }: CatalogueProps,
  change: {
    facet?: Facet;
    values?: readonly string[];
    page?: number;
    none?: boolean;
  },
): string {
  const query = new URLSearchParams();
  if (sought.words && !change.none) query.set("q", sought.words);
  for (const facet of FACETS) {
    const values = change.facet === facet
      ? change.values ?? []
      : change.none
      ? []
      : sought.chosen?.[facet] ?? [];
    for (const value of values) query.append(facet, value);
  }
  if (change.page !== undefined && change.page > 1) {
    query.set("page", String(change.page));
  }
  const path = inLanguage(language, pathOf({ ...only && { only } }));
  return query.size === 0 ? path : `${path}?${query}`;
}

function Filters(props: CatalogueProps) {
  const { language, found, sought, names, only } = props;
  const chosen = FACETS.some((facet) => sought.chosen?.[facet]?.length);
  return (
    <aside class="filters" aria-label={TEXT.filters[language]}>
      {(chosen || sought.words) && (
        <p>
          <a href={addressOf(props, { none: true })}>{TEXT.clear[language]}</a>
        </p>
      )}
      {FACETS.map((facet) => {
        if (facet === "city" && only !== undefined) return null;
        const counts = [...found.facets[facet]].sort(([a, n], [b, m]) =>
          m - n || (a < b ? -1 : 1)
        );
        if (counts.length === 0) return null;
        const own = sought.chosen?.[facet] ?? [];
        return (
          <details
            open={facet === "city" || facet === "theme" || own.length > 0}
          >
            <summary>{FACET_NAMES[facet][language]}</summary>
            <ul>
              {counts.slice(0, SHOWN_VALUES).map(([value, count]) => {
                const on = own.includes(value);
                const values = on
                  ? own.filter((one) => one !== value)
                  : [...own, value];
                return (
                  <li>
                    <a
                      href={addressOf(props, { facet, values })}
                      aria-current={on ? "true" : undefined}
                    >
                      {names.get(`${facet} ${value}`)?.[language] ?? value}
                    </a>{" "}
                    <span class="meta">{number(count)}</span>
                  </li>
                );
              })}
            </ul>
          </details>
        );
      })}
    </aside>
  );
}

const NAMES = new WeakMap<readonly Card[], ReadonlyMap<string, Text>>();

/** What the values of facets are called. */
export function facetNames(
  cards: readonly Card[],
): ReadonlyMap<string, Text> {
  const known = NAMES.get(cards);
  if (known !== undefined) return known;
  const names = new Map<string, Text>();
  for (const { municipality, standard } of cards) {
    names.set(`city ${municipality.code}`, municipality.name);
    if (standard === undefined) continue;
    const name = `${standard.number} ${standard.name}`;
    names.set(`standard ${standard.number}`, { ja: name, en: name });
  }
  for (const [theme, name] of Object.entries(THEMES)) {
    names.set(`theme ${theme}`, name);
  }
  for (const [format, name] of Object.entries(FORMAT_NAMES)) {
    names.set(`format ${format}`, name);
  }
  for (const [cadence, name] of Object.entries(CADENCES)) {
    names.set(`cadence ${cadence}`, name);
  }
  NAMES.set(cards, names);
  return names;
}

function CardItem({ language, card }: { language: Language; card: Card }) {
  const { municipality, dataset, standard } = card;
  return (
    <li>
      <h3>
        <a
          href={inLanguage(
            language,
            `/opendata/${municipality.code}/${dataset}`,
          )}
        >
          {card.title[language]}
        </a>
      </h3>
      <p class="meta">
        {municipality.name[language]} · {THEMES[card.theme][language]}
        {standard && ` · ${TEXT.sheet[language]} ${standard.number}`}
      </p>
      <p>{card.description[language]}</p>
      <p class="tags">
        {card.formats.filter((one) => one !== "zip").map((format) => (
          <span>{FORMAT_NAMES[format][language]}</span>
        ))}
      </p>
      <p class="meta">
        {card.temporal && (
          <>
            {periodText(card.temporal, language)}
            <br />
          </>
        )}
        {TEXT.updated[language]} {cityDate(card.modified)}
        {" · "}
        {TEXT.cadence[language]} {CADENCES[card.cadence][language]}
        {" · "}
        {number(card.rows)}
        {language === "ja" ? "行" : " rows"}
        {" · "}
        {TEXT.quality[language]} {Math.round(card.score * 100)}%
      </p>
    </li>
  );
}

function Pages(props: CatalogueProps) {
  const { language, found, page } = props;
  const last = Math.ceil(found.cards.length / CARDS_A_PAGE);
  if (last <= 1) return null;
  return (
    <nav class="pages" aria-label={TEXT.pages[language]}>
      {page > 1 && (
        <a rel="prev" href={addressOf(props, { page: page - 1 })}>
          {TEXT.previous[language]}
        </a>
      )}
      <span>{page} / {last}</span>
      {page < last && (
        <a rel="next" href={addressOf(props, { page: page + 1 })}>
          {TEXT.next[language]}
        </a>
      )}
    </nav>
  );
}

const MACHINES = [
  ["DCAT (JSON-LD)", "/opendata/catalog.jsonld"],
  ["DCAT (Turtle)", "/opendata/catalog.ttl"],
  ["DCAT (RDF/XML)", "/opendata/catalog.xml"],
  ["CKAN API", "/api/3/action/package_search"],
  ["Atom", "/opendata/feed.atom"],
] as const;

function Machines({ language }: { language: Language }) {
  return (
    <section aria-labelledby="machines">
      <h2 id="machines">{TEXT.machine[language]}</h2>
      <ul class="inline">
        {MACHINES.map(([name, href]) => (
          <li>
            <a href={href}>{name}</a>
          </li>
        ))}
        <li>
          <a href={inLanguage(language, "/opendata/request")}>
            {TEXT.ask[language]}
          </a>
        </li>
      </ul>
    </section>
  );
}
