import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, map, trend } from "../board.ts";

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
