import type { Language, Municipality, Text } from "@hiraku/kernel";
import { addresses, inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ScrollTable } from "../../charts/scroll_table.tsx";
import { CityFrame } from "../../city_frame.tsx";
import { sentence } from "../../metrics/reading_text.ts";
import { boardPath, metricsPath } from "../board_address.ts";
import {
  allCuts,
  isEverything,
  type ListedMetric,
  type MetricsOfDataset,
  type WantedMetrics,
} from "../list_metrics.ts";
import { metricBoardId } from "../metric_board.ts";
import { periodName } from "../periods.ts";
import { Choice } from "./filter_form.tsx";

export const METRICS_TITLE: Text = { ja: "すべての指標", en: "All metrics" };

const TEXT = {
  lead: {
    ja:
      "どの指標も、公表している区分（校区・年齢・ミニアプリなど）と時間で見られます。ことばか区分で探すと、定義と最新の値を並べます。",
    en:
      "Every metric over time and by all it is published by: district, age, mini-app and more. Found by words or by a dimension, they stand with definition and newest figure.",
  },
  form: { ja: "指標を探す", en: "Find a metric" },
  words: { ja: "ことば", en: "Words" },
  by: { ja: "区分", en: "Published by" },
  any: { ja: "すべて", en: "Any" },
  show: { ja: "探す", en: "Find" },
  reset: { ja: "条件を消す", en: "Clear" },
  metric: { ja: "指標", en: "Metric" },
  newest: { ja: "最新の値", en: "Newest figure" },
  cuts: { ja: "区分", en: "By" },
  about: { ja: "この数値について", en: "about this figure" },
  choose: { ja: "区分を選んで表示", en: "of one value at a time" },
  notYet: { ja: "未公表", en: "not published yet" },
  none: { ja: "当てはまる指標はありません。", en: "No metric fits." },
  json: { ja: "定義の一覧（JSON）", en: "All definitions as JSON" },
} as const satisfies Record<string, Text>;

/** Every metric of the registry, by dataset, with its newest figure. */
export function MetricsPage(
  { language, municipality, wanted, datasets }: {
    language: Language;
    municipality: Municipality;
    wanted: WantedMetrics;
    datasets: readonly MetricsOfDataset[];
  },
): JSX.Element {
  const { code } = municipality;
  const path = metricsPath(code);
  const count = datasets.reduce((sum, { metrics }) => sum + metrics.length, 0);
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={METRICS_TITLE}
      lead={TEXT.lead}
      path={path + wantedText(wanted)}
    >
      <form
        class="filters"
        method="get"
        action={inLanguage(language, path)}
        aria-label={TEXT.form[language]}
      >
        <p>
          <label for="by-q">{TEXT.words[language]}</label>
          <input
            id="by-q"
            name="q"
            type="search"
            maxlength={80}
            value={wanted.words}
          />
        </p>
        <Choice
          name="by"
          label={TEXT.by[language]}
          none={TEXT.any[language]}
          chosen={wanted.by}
          values={allCuts().map(({ code, name }) => [code, name[language]])}
        />
        <p class="buttons">
          <button type="submit">{TEXT.show[language]}</button>
          {wantedText(wanted) !== "" && (
            <a href={inLanguage(language, path)}>{TEXT.reset[language]}</a>
          )}
        </p>
      </form>
      <p class="meta" role="status">
        {count === 0
          ? TEXT.none[language]
          : language === "ja"
          ? `${count}件の指標`
          : `${count} ${count === 1 ? "metric" : "metrics"}`}
      </p>
      {datasets.map((one) => (
        <section class="metric-list" aria-labelledby={`of-${one.id}`}>
          <h2 id={`of-${one.id}`}>
            <a href={inLanguage(language, addresses("", code, one.id).landing)}>
              {one.title[language]}
            </a>
          </h2>
          {isEverything(wanted)
            ? <Names language={language} code={code} metrics={one.metrics} />
            : <Details language={language} code={code} {...one} />}
        </section>
      ))}
      <p class="files">
        <a href={`/api/v1/metrics/${code}`}>{TEXT.json[language]}</a>
      </p>
    </CityFrame>
  );
}

/** Metrics by name alone. */
function Names(
  { language, code, metrics }: {
    language: Language;
    code: string;
    metrics: readonly ListedMetric[];
  },
) {
  return (
    <ul class="metric-names">
      {metrics.map(({ metric: { id, title }, isPublished }) => (
        <li>
          <a href={inLanguage(language, boardPath(code, metricBoardId(id)))}>
            {title[language]}
          </a>
          {!isPublished && <small>{TEXT.notYet[language]}</small>}
        </li>
      ))}
    </ul>
  );
}

/** Metrics with their definitions and newest figures. */
function Details(
  { language, code, title, metrics }: MetricsOfDataset & {
    language: Language;
    code: string;
  },
) {
  return (
    <ScrollTable
      language={language}
      caption={title[language]}
      captionShown={false}
    >
      <thead>
        <tr>
          <th scope="col">{TEXT.metric[language]}</th>
          <th scope="col" class="number">{TEXT.newest[language]}</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((listed) => (
          <Row language={language} code={code} listed={listed} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Row(
  { language, code, listed: { metric, cuts, newest, isPublished } }: {
    language: Language;
    code: string;
    listed: ListedMetric;
  },
) {
  const path = inLanguage(language, boardPath(code, metricBoardId(metric.id)));
  return (
    <tr>
      <th scope="row">
        <a href={path}>
          {metric.title[language]}
        </a>
        <small>{metric.definition[language]}</small>
        {cuts.length > 0 && (
          <small>
            {TEXT.cuts[language]}: {cuts.map(({ name }) => name[language])
              .join(language === "ja" ? "・" : ", ")}
          </small>
        )}
      </th>
      <td class="number">
        {newest === undefined
          ? (
            <small>
              {(isPublished ? TEXT.choose : TEXT.notYet)[language]}
            </small>
          )
          : (
            <>
              <a href={`${path}#headlines`}>
                {sentence(newest.reading, metric, language)}
                <span class="visually-hidden">
                  : {metric.title[language]}, {TEXT.about[language]}
                </span>
              </a>
              <small>{periodName(newest.period)[language]}</small>
            </>
          )}
      </td>
    </tr>
  );
}

function wantedText({ words, by }: WantedMetrics): string {
  const search = new URLSearchParams({
    ...words !== "" && { q: words },
    ...by !== undefined && { by },
  }).toString();
  return search === "" ? "" : `?${search}`;
}
