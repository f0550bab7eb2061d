import type { Text } from "@hiraku/kernel";
import type { Table } from "../evaluation/table.ts";
import type { Observed, Question } from "./read_figures.ts";

/** One model of a question: what is told to the statistics. */
export interface Model {
  readonly title: Text;
  readonly design: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Set where the outcome is a logarithm: the estimate is a relative change. */
  readonly relative: boolean;
}

const post = { column: "since", at_least: 0 };
const cluster = { kind: "cluster", by: "unit" };
/** Tests that few units do not mislead; the same draws whenever the page is asked for. */
const few = { few_clusters: { draws: 999 } };

/** Figures as the statistics take them; logarithms are missing where a figure is 0. */
export function tableOf(observed: readonly Observed[]): Table {
  return {
    columns: ["unit", "since", "treated", "after", "both", "value", "log"],
    rows: observed.map(({ unit, since, treated, value }) => [
      unit,
      String(since),
      String(Number(treated)),
      String(Number(since >= 0)),
      String(Number(treated && since >= 0)),
      String(value),
      value > 0 ? String(Math.log(value)) : "",
    ]),
  };
}

/** The models of a design, the first being the one whose answer is given. */
export function modelsOf(
  { design, treated }: Question,
  observed: readonly Observed[],
): readonly Model[] {
  const months = new Set(observed.map(({ since }) => since)).size;
  const lags = Math.floor(4 * (months / 100) ** (2 / 9));
  const model = (
    ja: string,
    en: string,
    spec: Record<string, unknown>,
    { of = design as string, relative = false } = {},
  ): Model => ({
    title: { ja, en },
    design: of,
    spec: { outcome: relative ? "log" : "value", ...spec },
    relative,
  });
  const panel = {
    form: "panel",
    unit: "unit",
    period: "since",
    treatment: "both",
  };
  const series = {
    time: "since",
    interruption: 0,
    change: "level_and_slope",
    errors: { kind: "newey-west", lags },
  };
  switch (design) {
    case "did":
      return [
        model("単位と月の効果を除くパネル", "Panel, units and months", {
          ...panel,
          ...few,
        }),
        model("2群×前後", "Two groups, before and after", {
          form: "two_by_two",
          treated: "treated",
          post,
          period: "since",
          errors: cluster,
          ...few,
        }),
        model("パネル（対数、増減率）", "Panel of logarithms", panel, {
          relative: true,
        }),
      ];
    case "its":
      return [
        model("水準と傾きの変化", "Change of level and slope", series),
        model("傾きは同じ、水準の変化", "Change of level, one slope", {
          ...series,
          change: "level_with_trend",
        }),
        model("水準と傾き（対数、増減率）", "Logarithms", series, {
          relative: true,
        }),
      ];
    case "rd":
      return [6, 12, 9].map((bandwidth) =>
        model(`前後${bandwidth}か月`, `${bandwidth} months either side`, {
          running: "since",
          cutoff: 0,
          bandwidth,
          treated_side: "at_or_above",
        })
      );
    case "sc":
      return [
        model("合成コントロール", "Synthetic control", {
          unit: "unit",
          period: "since",
          treated: treated[0],
          from: 0,
        }),
        model("合成差の差", "Synthetic difference in differences", {
          unit: "unit",
          period: "since",
          treated: treated[0],
          from: 0,
        }, { of: "sdid" }),
        model("差の差（パネル）", "Difference in differences", panel, {
          of: "did",
        }),
      ];
    case "ols": {
      const after = {
        where: [post],
        estimate: "treated",
        errors: cluster,
        ...few,
      };
      return [
        model("介入後の対象と比較の差", "Treated and others, after", {
          ...after,
          terms: ["treated"],
        }),
        model("月を加える", "With the month", {
          ...after,
          terms: ["treated", "since"],
        }),
      ];
    }
  }
}
