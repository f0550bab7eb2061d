import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, funnel, grid, trend } from "../board.ts";

const STEPS = ["1", "2", "3", "4", "5"];

/** How many have registered and where registering fails. */
export const registration: Board = {
  id: "registration",
  title: { ja: "登録", en: "Registration" },
  question: {
    ja: "どれだけの人が登録し、登録のどこでつまずいているか。",
    en: "How many people have registered, and where does registering fail?",
  },
  decision: {
    ja: "登録相談会の開き方と、登録画面の改善の優先順位",
    en: "Where to hold registration help, and which screen to mend first",
  },
  owner: OWNERS.digital,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "registrants" },
    { metric: "card_share" },
    { metric: "registrants_per_head" },
    { metric: "new_registrants" },
    { metric: "registered_of_installs" },
    {
      metric: "account_changes",
      at: { change: "merged" },
      title: { ja: "二重登録の統合", en: "Duplicates merged" },
    },
  ],
  charts: [
    trend(
      "registrants",
      { ja: "登録者数の推移", en: "Registrants over time" },
      "registrants",
      { by: "tier" },
    ),
    trend(
      "methods",
      { ja: "方法別の新しい登録者", en: "New registrants by method" },
      "new_registrants",
      { by: "method" },
    ),
    funnel(
      "card-steps",
      { ja: "カード登録の手順", en: "Steps of registering by card" },
      "step_people",
      "step",
      STEPS,
      { at: { route: "card" } },
    ),
    funnel(
      "email-steps",
      { ja: "メール登録の手順", en: "Steps of registering by e-mail" },
      "step_people",
      "step",
      STEPS,
      { at: { route: "email" } },
    ),
    grid(
      "step-seconds",
      { ja: "手順の所要時間", en: "Time of each step" },
      "step_seconds",
      "route",
      "step",
    ),
    bars(
      "failures",
      { ja: "登録の失敗の種類", en: "Kinds of failure" },
      "registration_failures",
      "errorClass",
    ),
    bars(
      "failures-os",
      { ja: "OS別の失敗", en: "Failures by system" },
      "registration_failures",
      "os",
      { order: "code" },
    ),
    bars(
      "channels",
      { ja: "登録のきっかけ", en: "Channels of registration" },
      "channel_people",
      "channelId",
    ),
    bars(
      "changes",
      { ja: "登録の変更", en: "Changes of accounts" },
      "account_changes",
      "change",
      { order: "code" },
    ),
  ],
  filters: ["ageGroup", "sex", "os", "districtCode"],
};
