import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf } from "../board.ts";

/** What services there are and who offers them. */
export const catalogue: Board = {
  id: "catalogue",
  title: { ja: "サービス一覧と提供者", en: "Services and providers" },
  question: {
    ja: "どのサービスを誰が提供し、どれだけ使われているか。",
    en: "Which services are there, who offers them, and are they used?",
  },
  decision: {
    ja: "民間・市民団体の参加を広げる分野",
    en: "Fields in which to win companies and citizens' groups",
  },
  owner: OWNERS.digital,
  audience: ["section", "partner", "public"],
  headlines: [
    {
      metric: "providers",
      at: { stage: "live" },
      title: { ja: "提供中の提供者", en: "Providers that are live" },
    },
    { metric: "miniapp_clicks" },
    { metric: "tasks_done" },
  ],
  charts: [
    listOf(
      "mini-apps",
      { ja: "ミニアプリ", en: "Mini-apps" },
      "service_catalogue.mini_apps",
      ["name", "category", "provider", "state", "instances"],
    ),
    grid(
      "providers",
      { ja: "提供者", en: "Providers" },
      "providers",
      "kind",
      "stage",
    ),
    bars(
      "provider-use",
      { ja: "提供者の種別ごとの利用者", en: "Users by kind of provider" },
      "provider_people",
      "kind",
      { order: "code" },
    ),
    grid(
      "listings",
      { ja: "一覧での表示から起動まで", en: "From list to opening" },
      "listing_people",
      "miniAppId",
      "step",
    ),
    listOf(
      "procedures",
      { ja: "手続", en: "Procedures" },
      "service_catalogue.procedures",
      ["name", "office", "online"],
    ),
  ],
  filters: [],
};
