/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "preact";
import type { Estimate } from "../explore/answer.ts";
import type { MeasuredMetric } from "../explore/measures.ts";
import {
  amountWords,
  changeWords,
  estimatedText,
  intervalWords,
  STATUS,
} from "./estimate_words.ts";
import { Folded } from "./folded.tsx";
import { written } from "../metrics/written.ts";

const TEXT = {
  interval: { ja: "95%の範囲", en: "95 % interval" },
  certain: { ja: "確かさ", en: "How sure" },
  before: { ja: "比較", en: "Compared" },
  change: { ja: "増減", en: "Change" },
} as const satisfies Record<string, Text>;

/** The table behind a chart. */
export function EstimateTable(
  { language, metric, title, of, rows, compared, folds }: {
    language: Language;
    metric: MeasuredMetric;
    title: string;
    /** What a row is. */
    of: string;
    rows: readonly { readonly name: string; readonly estimate: Estimate }[];
    compared: boolean;
    /** Set where a script makes the rows once they are looked at. */
    folds: boolean;
  },
): JSX.Element {
  const headings = [
    estimatedText(metric),
    TEXT.interval,
    TEXT.certain,
    ...compared ? [TEXT.before, TEXT.change] : [],
  ];
  return (
    <Folded language={language} title={title} folds={folds}>
      {(wanted) => (
        <>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              {headings.map((heading) => (
                <th
                  scope="col"
                  class={heading === TEXT.certain ? undefined : "number"}
                >
                  {heading[language]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {wanted &&
              rows.map(({ name, estimate }) => (
                <tr key={estimate.code}>
                  <th scope="row">{name}</th>
                  <td class="number">
                    {estimate.status === "not_measured"
                      ? "–"
                      : written(estimate.value, "count")}
                  </td>
                  <td class="number">{intervalWords(estimate)}</td>
                  <td>{STATUS[estimate.status][language]}</td>
                  {compared && (
                    <>
                      <td class="number">
                        {estimate.before ? amountWords(estimate.before) : "–"}
                      </td>
                      <td class="number">
                        {changeWords(estimate, language) ?? "–"}
                      </td>
                    </>
                  )}
                </tr>
              ))}
          </tbody>
        </>
      )}
    </Folded>
  );
}
