import assert from "node:assert/strict";
import { evaluate } from "../evaluation/mod.ts";
import { equationText } from "./equation_text.ts";
import {
  assumptionDetail,
  assumptionName,
  errorsText,
  warningText,
} from "./finding_words.ts";
import { modelsOf, tableOf } from "./models_of.ts";
import type { Question } from "./read_figures.ts";

const UNITS = ["a", "b", "c", "d", "e", "f", "g"];
const DESIGNS = ["did", "its", "sc", "rd", "ols"] as const;
/** Acronyms that Japanese texts write so, too. */
const LATIN = /HC\d|CR1|p値/g;

/** Figures of a design: one series, one treated unit, or three of seven. */
function observedOf(design: Question["design"]) {
  const single = design === "its" || design === "rd";
  const treated = design === "sc" ? 1 : 3;
  return (single ? ["all"] : UNITS).flatMap((unit, u) =>
    Array.from({ length: 30 }, (_, at) => ({
      unit,
      treated: single || u < treated,
      month: "",
      since: at - 15,
      value: 100 + 7 * u + ((at * (u + 3) * 5) % 11) +
        (u < treated && at >= 15 ? 20 : 0),
    }))
  );
}

Deno.test("every model of every design is told in Japanese on Japanese pages, and in no column's name", () => {
  const told: string[] = [];
  for (const design of DESIGNS) {
    const observed = observedOf(design);
    const question = { design, treated: ["a"] } as unknown as Question;
    for (const { design: of, spec } of modelsOf(question, observed)) {
      const evaluation = evaluate(of, tableOf(observed), spec);
      const japanese = [
        equationText(evaluation.model, "ja"),
        errorsText(evaluation.errors, "ja"),
        ...evaluation.warnings.map((one) => warningText(one, "ja")),
        ...evaluation.assumptions.flatMap((one) => [
          assumptionName(one, "ja"),
          assumptionDetail(one, "ja"),
        ]),
      ];
      for (const one of japanese) {
        assert.doesNotMatch(one.replace(LATIN, ""), /[A-Za-z]{2}/, one);
      }
      const english = equationText(evaluation.model, "en");
      assert.doesNotMatch(english, /value|since|\blog\b|undefined/, english);
      assert.match(english, /the estimate is/);
      for (const one of evaluation.assumptions) {
        assert.doesNotMatch(assumptionDetail(one, "en"), / at -?\d/);
      }
      told.push(japanese[0] ?? "");
    }
  }

  assert.equal(told.length, 14);
  assert.equal(
    told[0],
    "数値 = 単位の効果 + 月の効果 + 介入。推定値は「介入」の係数",
  );
  assert.ok(
    told.some((one) => one.startsWith("介入の前後12か月に")),
    `${told}`,
  );
});
