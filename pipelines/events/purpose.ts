import type { Text } from "@hiraku/kernel";

/** Why a figure may be computed: 同意, 法令 or 所掌事務 (個人情報保護法 61条). */
export type LegalBasis = "consent" | "law" | "duty";

/** Why something is taken in or computed. */
export interface Purpose {
  readonly id: string;
  readonly title: Text;
  readonly basis: LegalBasis;
}

/** The controlled list of purposes; events, aggregates and consent receipts name them. */
export const PURPOSES = {
  usage: {
    id: "usage-statistics",
    title: { ja: "利用状況の統計", en: "Usage statistics" },
    basis: "consent",
  },
  // Counting its own accounts is part of running the service.
  registrants: {
    id: "registrant-counts",
    title: { ja: "登録者数の把握", en: "Counts of registrants" },
    basis: "duty",
  },
  // 災害対策基本法 86条の6: everyone who is received is counted.
  shelters: {
    id: "shelter-reception",
    title: { ja: "避難所の受付", en: "Shelter reception" },
    basis: "law",
  },
  // Published resident-register figures, not records of people.
  denominators: {
    id: "population-denominators",
    title: { ja: "人口(分母)", en: "Population as denominator" },
    basis: "duty",
  },
  // Who agreed to what must be kept to prove it.
  consent: {
    id: "consent-records",
    title: { ja: "同意の記録", en: "Consent records" },
    basis: "law",
  },
  attributes: {
    id: "attribute-history",
    title: { ja: "属性の更新", en: "Keeping attributes current" },
    basis: "duty",
  },
  messaging: {
    id: "notices",
    title: { ja: "お知らせの配信", en: "Sending notices" },
    basis: "duty",
  },
  personal: {
    id: "personal-ranking",
    title: { ja: "お知らせの並び替え", en: "Articles in a personal order" },
    basis: "consent",
  },
  events: {
    id: "event-reception",
    title: { ja: "イベントの受付", en: "Event reception" },
    basis: "consent",
  },
  surveys: {
    id: "surveys",
    title: { ja: "アンケート", en: "Surveys" },
    basis: "consent",
  },
  points: {
    id: "points",
    title: { ja: "ポイントと抽選", en: "Points and lotteries" },
    basis: "duty",
  },
  services: {
    id: "city-services",
    title: { ja: "行政サービス", en: "City services" },
    basis: "duty",
  },
  school: {
    id: "school-contact",
    title: { ja: "学校の出欠", en: "School attendance" },
    basis: "duty",
  },
  watch: {
    id: "child-watch",
    title: { ja: "見守り", en: "Watching over children" },
    basis: "consent",
  },
  community: {
    id: "community",
    title: { ja: "地域活動", en: "Community activity" },
    basis: "consent",
  },
  devices: {
    id: "things",
    title: { ja: "物の計測", en: "Measurements of things" },
    basis: "duty",
  },
  operation: {
    id: "operation",
    title: { ja: "運用と評価", en: "Operation and its evaluation" },
    basis: "duty",
  },
} as const satisfies Record<string, Purpose>;

/** The purpose of an id; `undefined` for one that is not on the list. */
export function purposeOf(id: string): Purpose | undefined {
  return Object.values(PURPOSES).find((one) => one.id === id);
}
