import { z } from "zod";
import { eventType } from "../event_type.ts";
import { CityMonth, Code, Count, DistrictCode, said, Yen } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.operation;
const subject = "none";
const Month = said(CityMonth, "月", "Month");
const Day = said(z.iso.date(), "日", "Day");

/** What offices, stores and operators report: figures, never a person. */
export const institution = [
  eventType({
    type: "store.report",
    title: { ja: "ストアのダウンロード報告", en: "App store report" },
    purpose,
    subject,
    data: z.object({
      os: said(z.enum(["ios", "android"]), "OS", "Store"),
      date: said(z.iso.date(), "ストアの日", "The store's day"),
      installs: said(z.int().nonnegative(), "新規数", "Installs"),
      uninstalls: said(z.int().nonnegative(), "削除数", "Uninstalls").default(
        0,
      ),
      updates: said(Count, "更新数", "Updates").optional(),
      activeDevices: said(Count, "稼働端末数", "Active devices").optional(),
    }),
    sample: {
      os: "ios",
      date: "2026-11-08",
      installs: 5,
      uninstalls: 1,
      updates: 40,
      activeDevices: 4_100,
    },
  }),
  eventType({
    type: "sns.report",
    title: { ja: "SNSの報告", en: "Social media report" },
    purpose,
    subject,
    data: z.object({
      network: said(
        z.enum(["x", "facebook", "instagram", "line", "youtube"]),
        "SNS",
        "Network",
      ),
      account: said(Code, "公式アカウント", "The city's account"),
      date: Day,
      followers: said(Count, "フォロワー数", "Followers"),
      posts: said(Count, "投稿数", "Posts"),
      impressions: said(Count, "表示数", "Impressions").default(0),
      engagements: said(Count, "反応数", "Reactions").default(0),
    }),
    sample: {
      network: "line",
      account: "otsu-city",
      date: "2026-11-08",
      followers: 41_200,
      posts: 3,
      impressions: 9_000,
      engagements: 210,
    },
  }),
  eventType({
    type: "payment.reported",
    title: { ja: "地域通貨・商品券の報告", en: "Voucher operator report" },
    purpose,
    subject,
    contract: "freeze",
    data: z.object({
      operatorId: said(Code, "事業者", "Operator"),
      flow: said(z.enum(["issued", "redeemed"]), "発行・利用", "Flow"),
      medium: said(z.enum(["digital", "paper"]), "媒体", "Medium"),
      districtCode: said(DistrictCode, "校区", "District").optional(),
      shopCategory: said(Code, "業種", "Category of shops").optional(),
      date: Day,
      count: said(Count, "件数", "How many"),
      amountYen: said(Yen, "金額(円)", "Yen"),
    }),
    sample: {
      operatorId: "regional-pay",
      flow: "redeemed",
      medium: "digital",
      districtCode: "252018-sd-03",
      shopCategory: "food",
      date: "2026-11-08",
      count: 31,
      amountYen: 46_500,
    },
  }),
  eventType({
    type: "stafftime.reported",
    title: { ja: "職員の作業時間", en: "Staff time reported" },
    purpose,
    subject,
    data: z.object({
      processId: said(Code, "業務", "Process"),
      month: Month,
      phase: said(z.enum(["before", "after"]), "導入前後", "Before or after"),
      cases: said(Count, "件数", "Cases"),
      minutes: said(Count, "分", "Minutes in all"),
    }),
    sample: {
      processId: "shelter-reception",
      month: "2026-10",
      phase: "after",
      cases: 120,
      minutes: 600,
    },
  }),
  eventType({
    type: "contact.counted",
    title: { ja: "問合せの件数", en: "Contacts counted" },
    purpose,
    subject,
    data: z.object({
      channel: said(
        z.enum(["phone", "counter", "fax", "mail"]),
        "経路",
        "Channel",
      ),
      topic: said(Code, "内容", "What about"),
      date: Day,
      count: said(Count, "件数", "How many"),
    }),
    sample: {
      channel: "phone",
      topic: "school-absence",
      date: "2026-11-09",
      count: 37,
    },
  }),
  eventType({
    type: "cost.reported",
    title: { ja: "費用の報告", en: "Cost reported" },
    purpose,
    subject,
    data: z.object({
      costId: said(Code, "費目", "Item of cost"),
      month: Month,
      kind: said(
        z.enum(["development", "operation", "promotion", "prizes"]),
        "区分",
        "Kind",
      ),
      amountYen: said(Yen, "金額(円)", "Yen"),
    }),
    sample: {
      costId: "hosting",
      month: "2026-10",
      kind: "operation",
      amountYen: 410_000,
    },
  }),
];
