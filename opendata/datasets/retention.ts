import { oneOf } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

/** The longest that a cohort is followed, in months; events are kept as long. */
export const MONTHS_FOLLOWED = 24;

const since = Object.fromEntries(
  Array.from({ length: MONTHS_FOLLOWED + 1 }, (_, at) => [
    String(at),
    at === 0
      ? { ja: "当月", en: "Same month" }
      : { ja: `${at}か月後`, en: `${at} ${at === 1 ? "month" : "months"} on` },
  ]),
);

/** Whether those who registered go on using the app. */
export const retention = dataset({
  id: "retention",
  title: { ja: "登録後の継続利用", en: "Use after registering" },
  description: {
    ja:
      "登録した月が同じ人のうち、その後の各月にミニアプリを使った人の数です。登録から24か月後までを数えます。",
    en:
      "Of people who registered in the same month, how many used a mini-app in each month after, up to 24 months on.",
  },
  cadence: "monthly",
  purpose: {
    ja: "使い続けられているかを知り、案内の時期を決めるため",
    en: "To know whether people stay, and when to tell them of services",
  },
  keywords: [{ ja: "継続", en: "retention" }],
  tables: family("cohorts", {
    title: {
      ja: "登録からの月数別の利用者",
      en: "Users by months since registering",
    },
    description: {
      ja: "利用した月と登録からの月数ごとの利用者数と起動数",
      en: "Users and openings by month of use and months since registering",
    },
    keys: {
      since: oneOf({ ja: "登録から", en: "Since registering" }, since),
    },
    count: { ja: "起動数", en: "Openings" },
  }),
});
