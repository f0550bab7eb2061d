import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Metric } from "../../metrics/metric.ts";
import { type Reading, valueOf } from "../../metrics/reading.ts";
import { sentence } from "../../metrics/reading_text.ts";
import { withUnit, written } from "../../metrics/written.ts";
import type { EvaluatedHeadline, ToDate } from "../evaluated.ts";
import { periodName } from "../periods.ts";
import type { BoardPageProps } from "./board_page_props.ts";
import { BigFigure } from "./chart_table.tsx";
import { Sources } from "./sources.tsx";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  before: { ja: "前回比", en: "from the last" },
  yearBefore: { ja: "前年度同月比", en: "from the year before" },
  same: { ja: "増減なし", en: "unchanged" },
  sum: { ja: "年度累計", en: "Fiscal year to date" },
  sumBefore: { ja: "前年度の同じ期間", en: "same months of the year before" },
} as const satisfies Record<string, Text>;

/** The headline figures of a board, with what they were before. */
export function Headlines(
  { language, evaluated, histories, cite }: BoardPageProps,
): JSX.Element {
  const id = cite === undefined
    ? "headlines"
    : `${evaluated.board.id}-headlines`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} class="visually-hidden">{TEXT.headlines[language]}</h2>
      <dl class="tally">
        {evaluated.headlines.map((one) => (
          <div>
            <dt>{one.title[language]}</dt>
            <dd>
              <BigFigure
                language={language}
                cell={one.reading}
                unit={one.metric.unit}
                format={one.metric.format}
              />
              {one.period !== undefined && (
                <span class="meta">{periodName(one.period)[language]}</span>
              )}
              <Compared language={language} headline={one} />
              {one.toDate && (
                <SinceApril language={language} {...one} toDate={one.toDate} />
              )}
              {one.evidence && (
                <Sources
                  language={language}
                  evidence={[one.evidence]}
                  histories={histories}
                  cite={cite}
                  of={one.title[language]}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What happened since the fiscal year began, and in the same months of the one before. */
function SinceApril(
  { language, metric, toDate: { from, reading, yearBefore } }: {
    language: Language;
    metric: Metric;
    toDate: ToDate;
  },
) {
  const words = (one: Reading) => sentence(one, metric, language);
  const before = yearBefore &&
    (language === "ja"
      ? `、${TEXT.sumBefore.ja} ${words(yearBefore)}`
      : `; ${TEXT.sumBefore.en} ${words(yearBefore)}`);
  const since = periodName(from)[language];
  return (
    <span class="changes">
      {language === "ja"
        ? `${TEXT.sum.ja}（${since}から） ${words(reading)}`
        : `${TEXT.sum.en} (from ${since}) ${words(reading)}`}
      {before}
    </span>
  );
}

/** Change from the period before and from the same month a year before, where all are known. */
function Compared(
  { language, headline }: {
    language: Language;
    headline: EvaluatedHeadline;
  },
) {
  const now = valueOf(headline.reading);
  const changes = [
    [TEXT.before, headline.before] as const,
    [TEXT.yearBefore, headline.yearBefore] as const,
  ].flatMap(([title, other]) => {
    const then = valueOf(other?.reading);
    return now === undefined || then === undefined
      ? []
      : [{ title, change: now - then }];
  });
  if (changes.length === 0) return null;
  const { format, unit } = headline.metric;
  const words = (change: number) => {
    const points = written(Math.abs(change), format);
    if (points === written(0, format)) return TEXT.same[language];
    const size = format === "share"
      ? points.replace("%", language === "ja" ? "ポイント" : " points")
      : withUnit(points, unit[language], language);
    return `${change > 0 ? "＋" : "－"}${size}`;
  };
  return (
    <span class="changes">
      {changes.map(({ title, change }) => (
        <span>
          {language === "ja"
            ? `${title.ja} ${words(change)}`
            : `${words(change)} ${title.en}`}
        </span>
      ))}
    </span>
  );
}
