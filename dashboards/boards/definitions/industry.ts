import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, trend } from "../board.ts";

/** The local economy. */
export const industry: Board = {
  id: "industry",
  title: { ja: "地域経済", en: "Local economy" },
  question: {
    ja: "アプリは地域の店や観光につながっているか。",
    en: "Does the app lead people to local shops and sights?",
  },
  decision: {
    ja: "地域振興券と観光発信の配分",
    en: "How to share out vouchers and tourist information",
  },
  owner: OWNERS.commerce,
  audience: ["section", "council", "partner"],
  headlines: [
    {
      metric: "voucher_yen",
      at: { flow: "redeemed" },
      title: { ja: "振興券の利用額", en: "Vouchers redeemed" },
    },
    { metric: "outbound" },
    {
      metric: "points_moved",
      at: { flow: "spent" },
      title: { ja: "利用されたポイント", en: "Points spent" },
    },
  ],
  charts: [
    bars(
      "shops",
      { ja: "業種ごとの振興券の利用", en: "Vouchers by category of shop" },
      "voucher_yen",
      "shopCategory",
      { at: { flow: "redeemed" } },
    ),
    trend(
      "vouchers",
      { ja: "振興券の発行と利用", en: "Vouchers issued and redeemed" },
      "voucher_yen",
      { by: "flow" },
    ),
    bars(
      "outbound",
      { ja: "外部サイトへの移動と共有", en: "Links followed and shared" },
      "outbound",
      "target",
    ),
    trend(
      "outbound-trend",
      { ja: "移動と共有の推移", en: "Links over time" },
      "outbound",
    ),
    bars(
      "companies",
      {
        ja: "企業などの提供するミニアプリの利用者",
        en: "Users by kind of provider",
      },
      "provider_people",
      "kind",
      { order: "code" },
    ),
  ],
  filters: [],
};
