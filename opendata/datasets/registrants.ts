import { AgeGroup, SexGroup, Tier } from "@hiraku/kernel";
import { z } from "zod";
import { about, day, district, month, persons } from "../column.ts";
import { dataset, table } from "../dataset.ts";

const registrants = () => persons({ ja: "登録者数", en: "Registrants" });

/** People registered at the app so far, and installs as the stores report them. */
export const registrantsDataset = dataset({
  id: "registrants",
  title: { ja: "アプリ登録者数", en: "App registrants" },
  description: {
    ja:
      "市のスーパーアプリの登録者数の累計です。登録の方法（マイナンバーカード・メール）ごとの毎週日曜日と月末の値、カードで登録した人の校区別・年齢と性別の月末値、アプリストアが報告するインストール数を収めます。",
    en:
      "People registered at the city's super app so far: by way of registration (My Number Card or e-mail) on Sundays and month ends, month-end figures of card registrants by school district and by age and sex, and installs as reported by the app stores.",
  },
  cadence: "monthly",
  purpose: {
    ja: "アプリの普及状況を市民に示すため",
    en: "To show residents how far the app has spread",
  },
  keywords: [
    { ja: "スーパーアプリ", en: "super app" },
    { ja: "登録者数", en: "registrants" },
    { ja: "インストール数", en: "installs" },
  ],
  tables: {
    registrants: table({
      title: {
        ja: "登録者数（毎週・月末）",
        en: "Registrants by week and month end",
      },
      description: {
        ja: "その日の終わりまでに登録した人の累計",
        en: "People registered up to the end of the day",
      },
      row: z.object({
        date: day(),
        tier: Tier.meta(about({
          title: { ja: "登録の方法", en: "Way of registration" },
          codes: "tier",
        })),
        registrants: registrants(),
      }),
      period: "date",
      dimensions: ["tier"],
      measures: ["registrants"],
      disclosure: { kind: "stock", people: "registrants" },
    }),
    by_district: table({
      title: { ja: "校区別（月末）", en: "By school district, month end" },
      description: {
        ja:
          "月末の校区別の累計。マイナンバーカードで登録した人に限ります。「不明」は市の校区が確認できない人です。",
        en:
          "Month-end totals by school district, of card registrants only; 'unknown' are people without a verified district of the city.",
      },
      row: z.object({
        month: month(),
        districtCode: district(),
        registrants: registrants(),
      }),
      period: "month",
      dimensions: ["districtCode"],
      measures: ["registrants"],
      disclosure: {
        kind: "stock",
        people: "registrants",
        area: "districtCode",
        total: { table: "registrants", at: { tier: "jpki" } },
      },
    }),
    by_age_sex: table({
      title: {
        ja: "年齢・性別（月末）",
        en: "By age group and sex, month end",
      },
      description: {
        ja:
          "月末の年齢・性別の累計。マイナンバーカードで登録した人に限ります。",
        en: "Month-end totals by age group and sex, of card registrants only.",
      },
      row: z.object({
        month: month(),
        ageGroup: AgeGroup.meta(about({
          title: { ja: "年齢", en: "Age group" },
          codes: "ageGroup",
        })),
        sex: SexGroup.meta(about({
          title: { ja: "性別", en: "Sex" },
          codes: "sex",
        })),
        registrants: registrants(),
      }),
      period: "month",
      dimensions: ["ageGroup", "sex"],
      measures: ["registrants"],
      disclosure: {
        kind: "stock",
        people: "registrants",
        total: { table: "registrants", at: { tier: "jpki" } },
      },
    }),
    installs: table({
      title: { ja: "インストール数", en: "Installs" },
      description: {
        ja:
          "アプリストアが報告するインストール数の累計。登録者数とは別の数です。",
        en:
          "Cumulative installs as reported by the app stores; not the same as registrants.",
      },
      row: z.object({
        date: day(),
        os: z.enum(["ios", "android"]).meta(about({
          title: { ja: "OS", en: "Operating system" },
          codes: "os",
        })),
        installs: z.int().nonnegative().meta(about({
          title: { ja: "インストール数", en: "Installs" },
          unit: { ja: "件", en: "installs" },
        })),
      }),
      period: "date",
      dimensions: ["os"],
      measures: ["installs"],
      disclosure: {
        kind: "none",
        reason: {
          ja:
            "アプリストアが集計して報告する端末の件数で、人の記録から作った数ではないため",
          en:
            "Device counts aggregated and reported by the app stores, not made from records of people",
        },
      },
    }),
  },
});
