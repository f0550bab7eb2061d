import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { valueOf } from "../../metrics/reading.ts";
import { withUnit, written } from "../../metrics/written.ts";
import type { EvaluatedHeadline } from "../evaluated.ts";
import { periodName } from "../periods.ts";
import type { BoardPageProps } from "./board_page_props.ts";
import { BigFigure } from "./chart_table.tsx";
import { Sources } from "./sources.tsx";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  before: { ja: "前回比", en: "from the last" },
  yearBefore: { ja: "前年度同月比", en: "from the year before" },
  same: { ja: "増減なし", en: "unchanged" },
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
