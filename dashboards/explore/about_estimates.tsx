import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { written } from "../metrics/written.ts";
import type { Exploration } from "./explore.ts";

const ABOUT: Text = { ja: "この推計について", en: "About these estimates" };

/** How the estimates were measured, and what they cost anybody in privacy. */
export function AboutEstimates(
  { language, exploration }: { language: Language; exploration: Exploration },
): JSX.Element {
  const { published, answer } = exploration;
  const tables = [
    ...new Set(answer.charts.flatMap(({ table }) => table ?? [])),
  ];
  const facts: [Text, string, boolean?][] = [
    ...tables.map((table): [Text, string] => [
      {
        ja: `測り方（表「${table.id}」）`,
        en: `How table '${table.id}' was measured`,
      },
      language === "ja"
        ? `1人は月に最大${table.most}区分にだけ数え、各区分に標準偏差${
          written(table.sigmas.at(-1) ?? 0, "decimal")
        }の離散ガウス誤差を一度だけ加えて凍結しました。プライバシー予算はρ=${
          table.nanoRho / 1e9
        }（zCDP）。同じ質問の答えはいつも同じです。`
        : `A person counts in ${table.most} cells a month at most; each cell got discrete Gaussian noise with a standard deviation of ${
          written(table.sigmas.at(-1) ?? 0, "decimal")
        } once and was frozen, for rho ${
          table.nanoRho / 1e9
        } (zCDP). The same question always has the same answer.`,
    ]),
    [
      { ja: "プライバシー予算", en: "Privacy budget" },
      language === "ja"
        ? "1人・1年度の上限は、すべての表の合計でρ=0.24です。"
        : "rho 0.24 a person and fiscal year, for all tables together.",
    ],
    [
      { ja: "ほかの表との違い", en: "Beside exact tables" },
      language === "ja"
        ? "公開済みの正確な表とは一致しません。正確な値が要るときはそちらを使ってください。"
        : "It does not agree with published exact tables; use those where an exact figure is needed.",
    ],
    [{ ja: "内容ハッシュ", en: "Content hash" }, published.sha256, true],
  ];
  return (
    <details class="about">
      <summary>{ABOUT[language]}</summary>
      <dl>
        {facts.map(([label, value, code]) => (
          <div>
            <dt>{label[language]}</dt>
            <dd>{code ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
