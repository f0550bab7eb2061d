import type { Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { askedText, boardPath } from "../board_address.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { BoardPageProps } from "./board_page_props.ts";
import { ChartTable } from "./chart_table.tsx";
import { titleOf } from "./chart_words.ts";
import { type BarTo, Drawing, MOST_BARS, MOST_LINKS } from "./drawing.tsx";
import { embedPath } from "../../embed/embed_path.ts";
import { plainly, remarksOf } from "./remarks.ts";
import { Sources } from "./sources.tsx";

const TEXT = {
  empty: {
    ja: "この条件に当てはまる数値はありません。",
    en: "There is no figure for these filters.",
  },
  unanswered: {
    ja: "この図は、公開された表では次の条件で絞り込めません:",
    en: "Published tables cannot narrow this figure by:",
  },
  embed: { ja: "埋め込み用", en: "To embed" },
  more: {
    ja: "上位のみを図に示しています。すべては表にあります。",
    en: "The largest are drawn; all are in the table.",
  },
} as const satisfies Record<string, Text>;

/** Kinds that want the whole width. */
const WIDE: readonly string[] = [
  "map",
  "grid",
  "cohorts",
  "list",
  "multiples",
];
/** Kinds that are tables by themselves. */
const TABLES: readonly string[] = ["grid", "cohorts", "list"];

/** One chart with its table, its sources and its files. */
export function ChartSection(
  { language, municipality, evaluated, asked, histories, cite, chart: one }:
    & BoardPageProps
    & { chart: EvaluatedChart },
): JSX.Element {
  const { board, filters } = evaluated;
  const { chart } = one;
  const path = inLanguage(language, boardPath(municipality.code, board.id));
  const query = askedText(asked);
  const by = chart.kind === "map"
    ? "districtCode"
    : "by" in chart && chart.kind !== "trend" && chart.kind !== "multiples"
    ? chart.by
    : undefined;
  const linked = cite === undefined && by !== undefined &&
    board.filters.includes(by) && chart.apart?.includes(by);
  const chosen = filters.find(({ dimension }) => dimension === by);
  const barTo: BarTo | undefined = !linked ? undefined : (code) => {
    const isChosen = chosen?.chosen === code;
    // Chosen once more, a bar is no longer chosen, where none need be.
    const value = isChosen && !chosen.always ? undefined : code;
    return { href: path + askedText(asked, { [by]: value }), isChosen };
  };
  const unanswered = one.unanswered.filter((name) => name in asked.at);
  const drawn = !TABLES.includes(chart.kind);
  // Bars of which none has a length say nothing that a sentence does not.
  const empty = chart.kind === "bars" && plainly(one) !== undefined;
  const graphic = drawn && one.rows.length > 0 &&
    (chart.kind !== "map" || municipality.outlines !== undefined);
  return (
    <section
      class={WIDE.includes(chart.kind)
        ? "figure wide-figure"
        : barTo && one.rows.length > MOST_BARS
        ? "figure tall-figure"
        : "figure"}
      aria-labelledby={chart.id}
    >
      <h2 id={chart.id}>{titleOf(one, language)}</h2>
      {chart.note && <p>{chart.note[language]}</p>}
      {unanswered.length > 0 && (
        <p class="notice">
          {TEXT.unanswered[language]} {unanswered.map((name) =>
            filters.find(({ dimension }) => dimension === name)
              ?.title[language] ?? name
          ).join(language === "ja" ? "、" : ", ")}
        </p>
      )}
      {one.rows.length === 0 ? <p class="meta">{TEXT.empty[language]}</p> : (
        <>
          {remarksOf(one, language).map((said) => <p class="meta">{said}</p>)}
          {drawn && !empty && (
            <figure>
              <Drawing
                language={language}
                evaluated={one}
                municipality={municipality}
                barTo={barTo}
                districtLink={cite === undefined
                  ? (code, together) =>
                    board.filters.includes("districtCode")
                      ? `${path}${askedText(asked, { districtCode: together })}`
                      : inLanguage(
                        language,
                        `/dashboards/${municipality.code}/explore?districtCode=${code}`,
                      )
                  : undefined}
              />
            </figure>
          )}
          {chart.kind === "bars" && !empty &&
            one.rows.length > (barTo ? MOST_LINKS : MOST_BARS) && (
            <p class="meta">{TEXT.more[language]}</p>
          )}
          <ChartTable
            language={language}
            evaluated={one}
            {...cite === undefined && by !== undefined &&
              board.filters.includes(by) && {
              drillDown: (code: string) =>
                `${path}${askedText(asked, { [by]: code })}`,
            }}
          />
        </>
      )}
      <Sources
        language={language}
        evidence={one.evidence}
        histories={histories}
        of={chart.title[language]}
        cite={cite}
      />
      {cite === undefined && (
        <p class="files">
          <a href={`${path}/${chart.id}.csv${query}`}>
            CSV<span class="visually-hidden">: {chart.title[language]}</span>
          </a>
          {graphic && (
            <>
              <a href={`${path}/${chart.id}.svg${query}`}>
                SVG
                <span class="visually-hidden">: {chart.title[language]}</span>
              </a>
              <hiraku-png
                data-svg={`${path}/${chart.id}.svg${query}`}
                data-title={chart.title[language]}
              />
              <a href={embedPath(path, `/${chart.id}${query}`)}>
                {TEXT.embed[language]}
                <span class="visually-hidden">: {chart.title[language]}</span>
              </a>
            </>
          )}
        </p>
      )}
    </section>
  );
}
