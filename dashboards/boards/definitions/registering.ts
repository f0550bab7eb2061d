import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, funnel, grid, map, trend } from "../board.ts";

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

/** Who the registrants are. */
export const people: Board = {
  id: "people",
  title: { ja: "登録者の属性", en: "Who registers" },
  question: {
    ja: "どの校区・年齢・性別の人に届き、どこに届いていないか。",
    en: "Which districts and age groups does the app reach, and which not?",
  },
  decision: {
    ja: "普及活動の重点とする校区と年代",
    en: "Districts and ages to give priority to",
  },
  owner: OWNERS.digital,
  audience: ["mayor", "section", "council", "public"],
  headlines: [
    { metric: "card_registrants" },
    { metric: "card_registration_rate" },
    {
      metric: "card_registrants",
      at: { ageGroup: "65+" },
      title: { ja: "65歳以上の登録者", en: "Registrants of 65 and over" },
    },
    {
      metric: "card_registrants",
      at: { ageGroup: "0-19" },
      title: { ja: "19歳以下の登録者", en: "Registrants under 20" },
    },
  ],
  charts: [
    map("district-rate", {
      ja: "校区別の登録率",
      en: "Registration by district",
    }, "card_registration_rate"),
    bars(
      "districts",
      { ja: "校区別の登録者", en: "Registrants by district" },
      "card_registrants",
      "districtCode",
    ),
    grid(
      "age-sex",
      { ja: "年齢と性別", en: "Age and sex" },
      "card_registrants",
      "ageGroup",
      "sex",
    ),
    trend(
      "ages",
      { ja: "年齢別の推移", en: "Age groups over time" },
      "card_registrants",
      { by: "ageGroup" },
    ),
    bars(
      "contacts",
      { ja: "連絡先の登録", en: "Ways to contact" },
      "contact_people",
      "contact",
      { order: "code" },
    ),
    bars(
      "nfc",
      { ja: "端末のNFC", en: "Phones with NFC" },
      "nfc_people",
      "nfc",
      { order: "code" },
    ),
  ],
  filters: ["ageGroup", "sex", "districtCode"],
};

/** Citizen cards and other credentials. */
export const credentials: Board = {
  id: "credentials",
  title: { ja: "デジタル市民証", en: "Digital citizen cards" },
  question: {
    ja: "市民証はどの年代に広がり、どの場面で使われているか。",
    en: "How far have digital cards spread, and where do they serve?",
  },
  decision: {
    ja: "市民証を使える場面の拡大",
    en: "Where else cards should be accepted",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    {
      metric: "credentials_issued",
      at: { kind: "id", change: "issued" },
      title: { ja: "市民証の発行", en: "Citizen cards issued" },
    },
    {
      metric: "credential_uses",
      at: { mode: "normal" },
      title: { ja: "市民証の提示（平時）", en: "Cards shown, ordinary days" },
    },
    { metric: "credential_scans" },
  ],
  charts: [
    trend(
      "issued",
      { ja: "発行の推移", en: "Issued over time" },
      "credentials_issued",
      { by: "kind", at: { change: "issued" } },
    ),
    bars(
      "age-bands",
      {
        ja: "年齢階級別の市民証の発行",
        en: "Citizen cards issued by age band",
      },
      "credentials_issued",
      "ageBand",
      { at: { kind: "id", change: "issued" }, order: "code" },
    ),
    grid(
      "contexts",
      { ja: "場面と区分", en: "Context and mode" },
      "credential_uses",
      "context",
      "mode",
    ),
    bars(
      "roles",
      { ja: "読み取った職員の役割", en: "Roles of the staff who scanned" },
      "credential_scans",
      "staffRole",
    ),
    bars(
      "outcomes",
      { ja: "読取りの結果", en: "Outcomes of scans" },
      "credential_scans",
      "outcome",
    ),
  ],
  filters: ["ageGroup"],
};
