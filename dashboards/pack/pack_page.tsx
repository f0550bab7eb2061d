import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CityFrame } from "../city_frame.tsx";
import { conditionsOf } from "../boards/conditions.ts";
import type { EvaluatedBoard } from "../boards/evaluated.ts";
import { boardsToChoose } from "../boards/board_named.ts";
import { ChartSection } from "../boards/page/chart_section.tsx";
import { MonthChoice } from "../boards/page/filter_form.tsx";
import { Headlines } from "../boards/page/headlines.tsx";
import { provenanceFacts } from "../boards/provenance_facts.ts";
import type { Pack } from "./read_pack.ts";

const TEXT = {
  title: { ja: "議会資料", en: "Council pack" },
  lead: {
    ja: "選んだ画面を1つの資料にまとめます。印刷するとA4に収まります。",
    en: "Chosen boards in one document. Printed, it fits A4.",
  },
  choose: { ja: "まとめる画面", en: "Boards to gather" },
  month: { ja: "時点", en: "As of" },
  newest: { ja: "最新", en: "Newest" },
  clear: { ja: "条件を消す", en: "Clear" },
  gather: { ja: "まとめる", en: "Gather" },
  contents: { ja: "目次", en: "Contents" },
  decision: { ja: "役立てる判断", en: "Decision it serves" },
  owner: { ja: "所管", en: "Owner" },
  empty: {
    ja: "この画面の数値はまだ公開されていません。",
    en: "Nothing of this board has been published yet.",
  },
  notes: { ja: "出典と算出方法", en: "Sources and methods" },
} as const satisfies Record<string, Text>;

/** Boards gathered for print: contents, filters, figures and footnotes. */
export function PackPage(
  { language, municipality, pack, search }: {
    language: Language;
    municipality: Municipality;
    pack: Pack;
    /** The end of the address. */
    search: string;
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/pack`;
  const { boards, notes, histories, cite } = pack;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={`${path}${search}`}
      kind="pack"
    >
      <Chooser
        language={language}
        action={inLanguage(language, path)}
        chosen={boards.map(({ board }) => board.id)}
        months={pack.months}
        asked={new URLSearchParams(search)}
      />
      {boards.length > 0 && (
        <section class="pack-contents" aria-labelledby="contents">
          <h2 id="contents">{TEXT.contents[language]}</h2>
          <ol>
            {boards.map(({ board, evaluated }) => (
              <li>
                <a href={`#${board.id}`}>{board.title[language]}</a>
                <ul>
                  {evaluated.charts.map(({ chart }) => (
                    <li>
                      <a href={`#${chart.id}`}>{chart.title[language]}</a>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
            <li>
              <a href="#notes">{TEXT.notes[language]}</a>
            </li>
          </ol>
        </section>
      )}
      {boards.map(({ board, evaluated, asked }) => {
        const props = {
          language,
          municipality,
          evaluated,
          asked,
          histories,
          cite,
        };
        return (
          <section class="pack-board" aria-labelledby={board.id}>
            <h2 id={board.id}>{board.title[language]}</h2>
            <p class="lead">{board.question[language]}</p>
            <Conditions language={language} evaluated={evaluated} />
            {evaluated.headlines.length > 0 && <Headlines {...props} />}
            {evaluated.charts.length === 0 && (
              <p class="card">{TEXT.empty[language]}</p>
            )}
            <div class="charts">
              {evaluated.charts.map((chart) => (
                <ChartSection {...props} chart={chart} />
              ))}
            </div>
          </section>
        );
      })}
      {boards.length > 0 && (
        <section class="pack-board" aria-labelledby="notes">
          <h2 id="notes">{TEXT.notes[language]}</h2>
          <ol class="pack-notes">
            {notes.map((one, at) => (
              <li id={`note-${at + 1}`}>
                {one.metric && <strong>{one.metric.title[language]}</strong>}
                {provenanceFacts(
                  one,
                  histories.get(one.source.version.manifest.dataset) ?? [],
                ).map(({ label, value, code }) => (
                  <span>
                    {" "}
                    {label[language]}:{" "}
                    {code ? <code>{value[language]}</code> : value[language]}
                    {language === "ja" ? "。" : "."}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        </section>
      )}
    </CityFrame>
  );
}

function Chooser(
  { language, action, chosen, months, asked }: {
    language: Language;
    action: string;
    chosen: readonly string[];
    months: readonly string[];
    asked: URLSearchParams;
  },
) {
  const kept = [...asked].filter(([name, value]) =>
    name !== "boards" && name !== "month" && value !== ""
  );
  return (
    <form class="filters pack-form" method="get" action={action}>
      <fieldset>
        <legend>{TEXT.choose[language]}</legend>
        <ul class="pack-choices">
          {boardsToChoose(chosen).map(({ id, title }) => (
            <li>
              <label>
                <input
                  type="checkbox"
                  name="boards"
                  value={id}
                  checked={chosen.includes(id)}
                />{" "}
                {title[language]}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <MonthChoice
        name="month"
        label={TEXT.month[language]}
        none={TEXT.newest[language]}
        chosen={asked.get("month") ?? undefined}
        months={months}
        language={language}
      />
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p class="buttons">
        <button type="submit">{TEXT.gather[language]}</button>
        {asked.size > 0 && <a href={action}>{TEXT.clear[language]}</a>}
      </p>
    </form>
  );
}

/** What the figures of a board are narrowed to, for those who only have the paper. */
function Conditions(
  { language, evaluated }: { language: Language; evaluated: EvaluatedBoard },
) {
  const { board } = evaluated;
  const facts = [
    ...conditionsOf(evaluated),
    { label: TEXT.decision, value: board.decision },
    { label: TEXT.owner, value: board.owner },
  ];
  return (
    <dl class="purpose">
      {facts.map(({ label, value }) => (
        <div>
          <dt>{label[language]}</dt>
          <dd>{value[language]}</dd>
        </div>
      ))}
    </dl>
  );
}
