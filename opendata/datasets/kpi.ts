import { z } from "zod";
import { figure, month, oneOf } from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

/** Key figures with the city's targets. */
export const kpi = dataset({
  id: "kpi",
  title: { ja: "重要業績評価指標（KPI）", en: "Key performance indicators" },
  description: {
    ja:
      "市が定めた目標と実績です。インストール数はアプリストアの累計で、登録者数とは別の数え方です。",
    en:
      "The city's targets and what was reached. Installs are cumulative downloads as the stores count them, which is not registrants.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "目標の達成状況を示すため",
    en: "To show how targets are met",
  },
  keywords: [{ ja: "KPI", en: "KPI" }],
  tables: {
    kpi: figures({
      title: { ja: "実績と目標", en: "Reached and aimed for" },
      description: {
        ja: "月末時点の実績と、その年度の目標",
        en:
          "What was reached at the end of the month and the fiscal year's target",
      },
      row: z.object({
        month: month(),
        indicator: oneOf({ ja: "指標", en: "Indicator" }, {
          installs: { ja: "累計インストール数", en: "Cumulative installs" },
          uninstalls: {
            ja: "累計アンインストール数",
            en: "Cumulative uninstalls",
          },
          penetration: {
            ja: "人口あたりインストール率",
            en: "Installs an inhabitant",
          },
        }),
        level: oneOf({ ja: "段階", en: "Level" }, {
          output: { ja: "アウトプット", en: "Output" },
          outcome: { ja: "アウトカム", en: "Outcome" },
        }),
        fiscalYear: figure({ ja: "年度", en: "Fiscal year" }),
        value: figure({ ja: "実績", en: "Reached" }),
        target: figure({ ja: "目標", en: "Target" }).nullable(),
      }),
      period: "month",
      measures: ["fiscalYear", "value", "target"],
      reason: {
        ja: "アプリストアが報告する合計であるため",
        en: "Totals as the app stores report them",
      },
    }),
  },
});
