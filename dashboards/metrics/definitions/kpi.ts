import { type Metric, metric, OWNERS, SHARE, TIMES } from "../metric.ts";

const owner = OWNERS.digital;

/** Figures that the city set itself targets for, by month. */
export const kpiMetrics: readonly Metric[] = [
  metric("kpi_installs", "kpi.kpi.value", {
    title: {
      ja: "累計インストール数（月末）",
      en: "Cumulative installs, month end",
    },
    definition: {
      ja:
        "アプリストアが報告するインストールの累計。登録者数とは別の数え方で、目標もこの数に対するものです。",
      en:
        "Cumulative installs as the app stores report them. They are not registrants, and targets are of this count.",
    },
    at: { indicator: "installs" },
    additivity: "stock",
    each: ["level"],
    unit: TIMES,
    owner,
  }),
  metric("kpi_penetration", "kpi.kpi.value", {
    title: { ja: "人口あたりインストール率", en: "Installs an inhabitant" },
    definition: {
      ja:
        "累計インストール数を人口で割った値。1人が複数の端末に入れることがあります。",
      en:
        "Cumulative installs over inhabitants; one person may install on several devices.",
    },
    at: { indicator: "penetration" },
    additivity: "none",
    each: ["level"],
    format: "share",
    unit: SHARE,
    owner,
  }),
];
