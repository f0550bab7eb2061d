import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ScrollTable } from "../charts/scroll_table.tsx";
import type { Evaluation } from "../evaluation/mod.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Fitted } from "./answer_questions.ts";
import { estimateText } from "./estimate_text.ts";

const TEXT = {
  title: { ja: "モデルごとの結果", en: "By model" },
  method: { ja: "方法", en: "Method" },
  estimate: { ja: "推定値", en: "Estimate" },
  interval: { ja: "95%信頼区間", en: "95 % interval" },
  p: { ja: "p値", en: "p" },
  bootstrap: {
    ja: "p値（まとまりのブートストラップ）",
    en: "p, wild cluster bootstrap",
  },
  randomised: { ja: "p値（割り当ての入れ替え）", en: "p, randomisation" },
  n: { ja: "数値の数", en: "Figures used" },
} as const satisfies Record<string, Text>;

/** Every model that could be fitted, with the p-values it has. */
export function SpecificationTable(
  { language, metric, fitted }: {
    language: Language;
    metric: Metric | undefined;
    fitted: readonly Fitted[];
  },
): JSX.Element {
  const few = fitted.some(({ evaluation }) =>
    "fewClusters" in evaluation.details
  );
  const heads = [
    TEXT.method,
    TEXT.estimate,
    TEXT.interval,
    TEXT.p,
    ...(few ? [TEXT.bootstrap, TEXT.randomised] : []),
    TEXT.n,
  ];
  return (
    <>
      <h3>{TEXT.title[language]}</h3>
      <ScrollTable language={language} caption={TEXT.title[language]}>
        <thead>
          <tr>
            {heads.map((one) => (
              <th
                scope="col"
                class={one === TEXT.method ? undefined : "number"}
              >
                {one[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fitted.map(({ model, evaluation }) => {
            const { estimate, interval, pValue, n } = evaluation;
            const say = (value: number) =>
              estimateText(value, metric, model.relative, language);
            return (
              <tr>
                <th scope="row">{model.title[language]}</th>
                <td class="number">{say(estimate)}</td>
                <td class="number">
                  {say(interval.low)} – {say(interval.high)}
                </td>
                <td class="number">{pText(pValue)}</td>
                {few && drawnOf(evaluation).map((one) => (
                  <td class="number">
                    {one === undefined ? "–" : pText(one.pValue)}
                  </td>
                ))}
                <td class="number">{n}</td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
    </>
  );
}

function pText(p: number): string {
  if (Number.isNaN(p)) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

interface Drawn {
  readonly pValue: number;
}

/** The two tests for few clusters, where the model has them. */
function drawnOf({ details }: Evaluation): (Drawn | undefined)[] {
  const few = details["fewClusters"] as
    | { wildBootstrap?: Drawn; randomisation?: Drawn | null }
    | undefined;
  return [few?.wildBootstrap, few?.randomisation ?? undefined];
}
