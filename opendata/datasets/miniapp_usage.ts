import { AgeGroup, SexGroup } from "@hiraku/kernel";
import { z } from "zod";
import { about, clicks, district, miniApp, month, persons } from "../column.ts";
import { dataset, table } from "../dataset.ts";

const users = () => persons({ ja: "利用者数", en: "Users" });

/** Distinct users and clicks of each mini-app, by month. */
export const miniappUsage = dataset({
  id: "miniapp_usage",
  title: { ja: "ミニアプリ利用状況", en: "Mini-app usage" },
  description: {
    ja:
      "市のスーパーアプリのミニアプリごとに、月間の利用者数（同じ人は月に1人と数える）とクリック数を、市全体・校区別・年齢と性別の別にまとめた統計です。",
    en:
      "Monthly users (each person counted once a month) and clicks of every mini-app of the city's super app: for the city, by school district, and by age group and sex.",
  },
  cadence: "monthly",
  purpose: {
    ja: "ミニアプリの改善と、政策の根拠づくり（EBPM）のため",
    en: "To improve the mini-apps and to ground policy in evidence (EBPM)",
  },
  keywords: [
    { ja: "スーパーアプリ", en: "super app" },
    { ja: "ミニアプリ", en: "mini-app" },
    { ja: "利用統計", en: "usage statistics" },
  ],
  tables: {
    miniapp_usage: table({
      title: { ja: "市全体", en: "Whole city" },
      description: {
        ja: "月とミニアプリごとの市全体の利用者数とクリック数",
        en: "Users and clicks of the whole city by month and mini-app",
      },
      row: z.object({
        month: month(),
        miniAppId: miniApp(),
        users: users(),
        clicks: clicks(),
      }),
      period: "month",
      dimensions: ["miniAppId"],
      measures: ["users", "clicks"],
      disclosure: { kind: "flow", people: "users" },
    }),
    by_district: table({
      title: { ja: "校区別", en: "By school district" },
      description: {
        ja:
          "校区ごとの利用者数とクリック数。「不明」は確認できる校区のない利用者です。",
        en:
          "Users and clicks by school district; 'unknown' are users without a verified district.",
      },
      row: z.object({
        month: month(),
        miniAppId: miniApp(),
        districtCode: district(),
        users: users(),
        clicks: clicks(),
      }),
      period: "month",
      dimensions: ["miniAppId", "districtCode"],
      measures: ["users", "clicks"],
      disclosure: {
        kind: "flow",
        people: "users",
        area: "districtCode",
        total: { table: "miniapp_usage" },
      },
    }),
    by_age_sex: table({
      title: { ja: "年齢・性別", en: "By age group and sex" },
      description: {
        ja:
          "年齢の区分と性別ごとの利用者数とクリック数。「不明」は本人確認された属性のない利用者です。",
        en:
          "Users and clicks by age group and sex; 'unknown' are users without verified attributes.",
      },
      row: z.object({
        month: month(),
        miniAppId: miniApp(),
        ageGroup: AgeGroup.meta(about({
          title: { ja: "年齢", en: "Age group" },
          codes: "ageGroup",
        })),
        sex: SexGroup.meta(about({
          title: { ja: "性別", en: "Sex" },
          codes: "sex",
        })),
        users: users(),
        clicks: clicks(),
      }),
      period: "month",
      dimensions: ["miniAppId", "ageGroup", "sex"],
      measures: ["users", "clicks"],
      disclosure: {
        kind: "flow",
        people: "users",
        total: { table: "miniapp_usage" },
      },
    }),
  },
});
