import { z } from "zod";
import { code, day, figure, mode, month, oneOf, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, figures, spread } from "../family.ts";

const shelter = () => code({ ja: "避難所", en: "Shelter" });
const evacuees = { ja: "避難者数", en: "Evacuees" };

/** What shelters were for: who came, how fast they were received, what was needed. */
export const shelterRecord = dataset({
  id: "shelter_record",
  title: { ja: "避難所開設実績", en: "Record of shelters" },
  description: {
    ja:
      "避難所の受付実績（平時・訓練・災害を区別）、受付時間の電子と紙の比較、必要物資、避難所検索です。",
    en:
      "Receptions at shelters, apart for drills and disasters, the time of reception by phone and on paper, what was needed, and searches for shelters.",
  },
  cadence: "monthly",
  theme: "JUST",
  purpose: {
    ja: "災害対応を振り返り、次に備えるため",
    en: "To learn from what happened and prepare for the next time",
  },
  keywords: [{ ja: "避難所", en: "shelters" }, { ja: "防災", en: "disaster" }],
  tables: {
    ...family("evacuees", {
      title: { ja: "避難者", en: "Evacuees" },
      description: {
        ja: "区分ごとの避難者数（同伴者を含みます）",
        en: "People received, companions included, by mode",
      },
      keys: { mode: mode() },
      people: evacuees,
      households: true,
      by: ["ageSex"],
    }),
    ...family("shelters", {
      title: { ja: "避難所ごとの避難者", en: "Evacuees by shelter" },
      description: {
        ja: "避難所と区分ごとの避難者数（同伴者を含みます）",
        en: "People received, companions included, by shelter and mode",
      },
      keys: { shelterId: shelter(), mode: mode() },
      people: evacuees,
      households: true,
      by: ["age"],
    }),
    ...family("parties", {
      title: { ja: "受付した人", en: "People who were received themselves" },
      description: {
        ja: "区分ごとの受付人数（同伴者を除く）と住んでいる校区",
        en: "People who checked in, without companions, by where they live",
      },
      keys: { mode: mode() },
      by: ["district", "tier"],
    }),
    ...spread("reception_times", {
      title: { ja: "受付時間", en: "Time of reception" },
      description: {
        ja: "受付方法と区分ごとの受付時間。紙と電子を比べられます。",
        en: "Time of reception by method and mode: by phone against on paper",
      },
      keys: {
        method: oneOf({ ja: "受付方法", en: "Method" }, {
          qr: { ja: "QR", en: "QR" },
          "staff-scan": { ja: "職員による読取り", en: "Scanned by staff" },
          paper: { ja: "紙", en: "Paper" },
        }),
        mode: mode(),
      },
      of: { ja: "受付時間", en: "Reception" },
      unit: { ja: "秒", en: "seconds" },
    }),
    openings: figures({
      title: { ja: "避難所の開設", en: "Openings of shelters" },
      description: {
        ja: "避難所ごと・日ごとの開設回数と、閉鎖までの時間",
        en:
          "How often a shelter was opened on a day, and hours until it closed",
      },
      row: z.object({
        date: day({ ja: "開設日", en: "Opened on" }),
        shelterId: shelter(),
        mode: mode(),
        openings: times({ ja: "開設回数", en: "Openings" }),
        hours: figure(
          { ja: "開設時間", en: "Hours open" },
          { ja: "時間", en: "hours" },
        ).nullable(),
      }),
      period: "date",
      measures: ["openings", "hours"],
      reason: {
        ja: "施設の開設の記録であり、個人を含まないため",
        en: "When facilities were open, without a person",
      },
    }),
    needs: figures({
      title: { ja: "必要物資", en: "Needs" },
      description: {
        ja: "避難所と品目ごとの要望・充足の数量と、充足までの時間",
        en:
          "Quantities asked for and provided by shelter and item, and hours until they were",
      },
      row: z.object({
        month: month(),
        shelterId: shelter(),
        item: code({ ja: "品目", en: "Item" }),
        mode: mode(),
        reported: times({ ja: "要望数量", en: "Asked for" }),
        fulfilled: times({ ja: "充足数量", en: "Provided" }),
        hours: figure(
          {
            ja: "充足までの時間（中央値）",
            en: "Hours until provided, median",
          },
          { ja: "時間", en: "hours" },
        ).nullable(),
      }),
      period: "month",
      measures: ["reported", "fulfilled", "hours"],
      reason: {
        ja: "物資の数量であり、個人の数ではないため",
        en: "Quantities of goods, which count no person",
      },
    }),
    ...family("searches", {
      title: { ja: "避難所の検索", en: "Searches for shelters" },
      description: {
        ja: "災害の種類と500mメッシュごとに避難所を探した人数",
        en: "People who looked for a shelter, by hazard and 500 m mesh",
      },
      keys: {
        hazard: code({ ja: "災害の種類", en: "Hazard" }),
        mesh: code({ ja: "メッシュ", en: "Mesh" }),
      },
    }),
    ...family("chosen", {
      title: { ja: "選ばれた避難所", en: "Shelters chosen" },
      description: {
        ja: "検索して選ばれた避難所ごとの人数",
        en: "People by the shelter they chose",
      },
      keys: { shelterId: shelter() },
      by: ["district"],
    }),
    ...family("lookups", {
      title: { ja: "家族の安否確認", en: "Safety look-ups" },
      description: {
        ja: "安否確認の件数。誰が誰を確認したかは扱いません。",
        en:
          "Look-ups of families, counted only; who looked for whom is not taken",
      },
      keys: {
        event: oneOf({ ja: "内容", en: "What" }, {
          allowed: { ja: "表示した", en: "Shown" },
          blocked: { ja: "表示しなかった", en: "Not shown" },
          granted: { ja: "家族登録", en: "Family linked" },
          revoked: { ja: "家族登録の解除", en: "Family unlinked" },
        }),
      },
    }),
  },
});
