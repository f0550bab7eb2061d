import { z } from "zod";
import { about, code, figure, month, oneOf, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

const yen = { ja: "円", en: "yen" };
const amount = (title: { ja: string; en: string }) =>
  z.int().nonnegative().meta(about({ title, unit: yen }));
const reason = {
  ja: "市の会計の金額であるため",
  en: "Amounts of the city's accounts",
};

/** What the app costs, whom it is shared with and what a user costs. */
export const costsShared = dataset({
  id: "costs",
  title: { ja: "費用と共同利用", en: "Costs and joint use" },
  description: {
    ja:
      "開発・運用・広報・景品の費用、共同利用する市の負担、利用者1人あたりの費用、共同利用機能の一覧です。",
    en:
      "Costs of development, running, publicity and prizes, this city's share in a joint use, cost a user, and functions that are shared.",
  },
  cadence: "monthly",
  theme: "ECON",
  purpose: {
    ja: "費用に見合う効果があるかを確かめるため",
    en: "To see whether the app is worth what it costs",
  },
  keywords: [{ ja: "費用", en: "costs" }, { ja: "共同利用", en: "joint use" }],
  tables: {
    costs: figures({
      title: { ja: "費用", en: "Costs" },
      description: {
        ja: "月・区分・費目ごとの費用",
        en: "Costs by month, kind and item, as reported",
      },
      row: z.object({
        month: month(),
        kind: code({ ja: "区分", en: "Kind" }),
        costId: code({ ja: "費目", en: "Item" }),
        amountYen: amount({ ja: "金額", en: "Amount" }),
      }),
      period: "month",
      measures: ["amountYen"],
      reason,
    }),
    shares: figures({
      title: { ja: "負担額", en: "Shares" },
      description: {
        ja:
          "年度ごとの費用と、按分の方法による本市の負担額。月は年度の最後の月です。",
        en:
          "Costs of a fiscal year and this city's share by the agreed rule; the month is the last of the year",
      },
      row: z.object({
        month: month(),
        costId: code({ ja: "費目", en: "Item" }),
        sharedBy: oneOf({ ja: "按分", en: "Shared by" }, {
          none: { ja: "単独", en: "Not shared" },
          equal: { ja: "均等", en: "Equally" },
          population: { ja: "人口", en: "By population" },
          users: { ja: "利用者数", en: "By users" },
        }),
        members: times({ ja: "団体数", en: "Members" }),
        totalYen: amount({ ja: "総額", en: "Total" }),
        shareYen: amount({ ja: "本市の負担", en: "This city's share" }),
      }),
      period: "month",
      measures: ["members", "totalYen", "shareYen"],
      reason,
    }),
    unit_costs: figures({
      title: { ja: "利用者1人あたりの費用", en: "Cost a user" },
      description: {
        ja:
          "月の費用を、公表済みの最も多く使われたミニアプリの利用者数で割った上限の値",
        en:
          "Costs of the month over the published users of the most used mini-app, which is an upper bound",
      },
      row: z.object({
        month: month(),
        amountYen: amount({ ja: "費用", en: "Costs" }),
        users: times({ ja: "利用者数", en: "Users" }),
        yenPerUser: figure({ ja: "1人あたり", en: "A user" }, yen),
      }),
      period: "month",
      measures: ["amountYen", "users", "yenPerUser"],
      reason,
    }),
    functions: figures({
      title: { ja: "共同利用機能", en: "Shared functions" },
      description: {
        ja: "共同で使える機能と採用の状況",
        en: "Functions that members may adopt, and whether this city has",
      },
      row: z.object({
        month: month(),
        functionId: code({ ja: "機能", en: "Function" }),
        developedBy: code({ ja: "開発した団体", en: "Developed by" }),
        adopted: z.int().min(0).max(1).meta(about({
          title: { ja: "採用", en: "Adopted" },
        })),
      }),
      period: "month",
      measures: ["adopted"],
      reason,
    }),
  },
});
