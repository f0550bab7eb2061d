import { z } from "zod";
import {
  about,
  code,
  figure,
  month,
  oneOf,
  persons,
  times,
} from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

const reason = {
  ja: "市の台帳に載るサービスの一覧であるため",
  en: "Services as they stand in the city's registers",
};
const name = (title: { ja: string; en: string }) =>
  z.string().max(200).meta(about({ title }));
const providerKind = () =>
  oneOf({ ja: "提供者の種別", en: "Kind of provider" }, {
    city: { ja: "市", en: "City" },
    district: { ja: "地区", en: "District" },
    company: { ja: "企業", en: "Company" },
    citizen: { ja: "市民団体", en: "Citizens' group" },
    unknown: { ja: "未登録", en: "Not registered" },
  });

/** The services of the app: mini-apps, procedures, providers. */
export const serviceCatalogue = dataset({
  id: "service_catalogue",
  title: { ja: "サービス一覧", en: "Service catalogue" },
  description: {
    ja:
      "アプリで使えるミニアプリと手続、提供者の一覧と、提供者の種別ごとの利用です。地区版のあるミニアプリは1種類と数えます。",
    en:
      "Mini-apps and procedures of the app, who offers them, and use by kind of provider. A mini-app with district instances counts as one.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "使えるサービスを知らせるため",
    en: "To let people know what there is",
  },
  keywords: [{ ja: "ミニアプリ", en: "mini-apps" }, {
    ja: "手続",
    en: "procedures",
  }],
  tables: {
    mini_apps: figures({
      title: { ja: "ミニアプリ", en: "Mini-apps" },
      description: {
        ja: "月末時点のミニアプリと提供状況",
        en: "Mini-apps and their state at the end of the month",
      },
      row: z.object({
        month: month(),
        miniAppId: code({ ja: "ミニアプリ", en: "Mini-app" }),
        name: name({ ja: "名称", en: "Name" }),
        category: name({ ja: "分類", en: "Category" }),
        provider: name({ ja: "提供者", en: "Provider" }),
        state: oneOf({ ja: "状況", en: "Status" }, {
          planned: { ja: "計画中", en: "Planned" },
          live: { ja: "提供中", en: "Live" },
          suspended: { ja: "停止中", en: "Suspended" },
          retired: { ja: "終了", en: "Retired" },
        }),
        since: name({ ja: "開始日", en: "Since" }),
        requiresTier: oneOf({ ja: "必要な本人確認", en: "Tier required" }, {
          none: { ja: "なし", en: "None" },
          jpki: { ja: "マイナンバーカード", en: "My Number Card" },
          unknown: { ja: "未登録", en: "Not registered" },
        }),
        instances: times({ ja: "地区版の数", en: "District instances" }),
      }),
      period: "month",
      measures: ["instances"],
      reason,
    }),
    procedures: figures({
      title: { ja: "手続", en: "Procedures" },
      description: {
        ja: "月末時点の手続とオンライン申請の可否",
        en: "Procedures at the end of the month and whether they are online",
      },
      row: z.object({
        month: month(),
        procedureId: code({ ja: "手続", en: "Procedure" }),
        name: name({ ja: "名称", en: "Name" }),
        office: name({ ja: "担当課", en: "Office" }),
        online: z.int().min(0).max(1).meta(about({
          title: { ja: "オンライン", en: "Online" },
        })),
        hasCost: z.int().min(0).max(1).meta(about({
          title: { ja: "手数料あり", en: "Has a fee" },
        })),
        processingDays: figure(
          { ja: "標準処理日数", en: "Processing days" },
          { ja: "日", en: "days" },
        ).nullable(),
      }),
      period: "month",
      measures: ["online", "hasCost", "processingDays"],
      reason,
    }),
    providers: figures({
      title: { ja: "提供者", en: "Providers" },
      description: {
        ja: "種別と段階ごとの提供者の数",
        en: "Providers by kind and stage",
      },
      row: z.object({
        month: month(),
        kind: providerKind(),
        stage: oneOf({ ja: "段階", en: "Stage" }, {
          applied: { ja: "申請中", en: "Applied" },
          reviewed: { ja: "審査済", en: "Reviewed" },
          live: { ja: "提供中", en: "Live" },
          ended: { ja: "終了", en: "Ended" },
        }),
        count: times({ ja: "提供者数", en: "Providers" }),
      }),
      period: "month",
      measures: ["count"],
      reason,
    }),
    provider_use: {
      title: { ja: "提供者の種別ごとの利用", en: "Use by kind of provider" },
      description: {
        ja: "提供者の種別ごとのミニアプリ利用者数",
        en: "Users of mini-apps by kind of provider",
      },
      row: z.object({
        month: month(),
        kind: providerKind(),
        people: persons({ ja: "利用者数", en: "Users" }),
        count: times({ ja: "クリック数", en: "Clicks" }),
      }),
      period: "month",
      dimensions: ["kind"],
      measures: ["people", "count"],
      disclosure: { kind: "flow", people: "people" },
    },
  },
});
