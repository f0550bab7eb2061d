import { z } from "zod";
import { about, code, month, oneOf, persons, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, figures } from "../family.ts";

const points = {
  title: { ja: "ポイント", en: "Points" },
  unit: { ja: "ポイント", en: "points" },
};
const flow = () =>
  oneOf({ ja: "区分", en: "Flow" }, {
    granted: { ja: "付与", en: "Granted" },
    spent: { ja: "利用", en: "Spent" },
    expired: { ja: "失効", en: "Expired" },
    reversed: { ja: "取消", en: "Reversed" },
  });
const flowTotal = (flow: string) => ({
  table: "ledger",
  measure: "amount",
  at: { flow },
});
const yen = (title: { ja: string; en: string }) =>
  z.int().nonnegative().meta(about({ title, unit: { ja: "円", en: "yen" } }));

/** Points granted and spent, and the draws they enter. */
export const pointsDataset = dataset({
  id: "points",
  title: { ja: "ポイントと抽選", en: "Points and lotteries" },
  description: {
    ja:
      "市のポイントの付与・利用・失効、抽選の口数と当選、景品の費用、感謝ポイントです。",
    en:
      "Points of the city granted, spent and expired, entries and winners of draws, what prizes cost, and points of thanks.",
  },
  cadence: "monthly",
  theme: "ECON",
  purpose: {
    ja: "ポイント事業の公正さと費用を示すため",
    en: "To show that the points programme is fair and what it costs",
  },
  keywords: [{ ja: "ポイント", en: "points" }, { ja: "抽選", en: "lottery" }],
  tables: {
    ...family("ledger", {
      title: { ja: "付与と利用", en: "Granted and spent" },
      description: {
        ja: "区分と規則ごとの人数・件数・ポイント",
        en: "People, entries and points by flow and rule",
      },
      keys: { flow: flow(), ruleId: code({ ja: "規則", en: "Rule" }) },
      amount: points,
      by: ["district", "age"],
    }),
    balance: figures({
      title: { ja: "残高", en: "Outstanding" },
      description: {
        ja: "月末までに付与・利用・失効・取消されたポイントと残高",
        en:
          "Points granted, spent, expired and reversed up to the end of the month, and what is left",
      },
      row: z.object({
        month: month(),
        granted: z.int().meta(about(points)),
        spent: z.int().meta(
          about({ ...points, title: { ja: "利用", en: "Spent" } }),
        ),
        expired: z.int().meta(
          about({ ...points, title: { ja: "失効", en: "Expired" } }),
        ),
        reversed: z.int().meta(
          about({ ...points, title: { ja: "取消", en: "Reversed" } }),
        ),
        outstanding: z.int().meta(
          about({ ...points, title: { ja: "残高", en: "Outstanding" } }),
        ),
      }),
      period: "month",
      measures: ["granted", "spent", "expired", "reversed", "outstanding"],
      reason: {
        ja: "市全体の会計の合計であり、個人の数ではないため",
        en: "Totals of the city's accounts, which count no person",
      },
      totals: {
        granted: flowTotal("granted"),
        spent: flowTotal("spent"),
        expired: flowTotal("expired"),
        reversed: flowTotal("reversed"),
      },
    }),
    ...family("entries", {
      title: { ja: "抽選の申込", en: "Entries" },
      description: {
        ja: "抽選ごとの申込者数と口数",
        en: "Entrants and entries of each draw",
      },
      keys: { lotteryId: code({ ja: "抽選", en: "Lottery" }) },
      people: { ja: "申込者数", en: "Entrants" },
      amount: {
        title: { ja: "口数", en: "Entries" },
        unit: { ja: "口", en: "entries" },
      },
      by: ["ageSex", "district"],
    }),
    draws: figures({
      title: { ja: "抽選の結果", en: "Draws" },
      description: {
        ja:
          "抽選ごとの口数・当選者数・予算と、第三者が検算するための公開乱数と方法",
        en:
          "Entries, winners and budget of each draw, with the public randomness and method by which anyone can recompute it",
      },
      row: z.object({
        month: month(),
        lotteryId: code({ ja: "抽選", en: "Lottery" }),
        algorithm: code({ ja: "方法", en: "Method" }),
        seedCommitment: z.string().meta(about({
          title: { ja: "種のハッシュ", en: "Seed commitment" },
        })),
        seed: z.string().meta(about({ title: { ja: "種", en: "Seed" } })),
        randomness: z.string().meta(about({
          title: { ja: "公開乱数", en: "Public randomness" },
        })),
        entries: times({ ja: "口数", en: "Entries" }),
        winners: persons({ ja: "当選者数", en: "Winners" }),
        prizeYen: yen({ ja: "景品の額", en: "Prize" }),
        budgetYen: yen({ ja: "予算", en: "Budget" }),
        spentYen: yen({ ja: "送付済の額", en: "Spent" }),
      }),
      period: "month",
      measures: ["entries", "winners", "prizeYen", "budgetYen", "spentYen"],
      reason: {
        ja: "抽選の公正さを検算するために公表する合計であるため",
        en: "Totals published so that the draw can be recomputed",
      },
      totals: { entries: { table: "entries", measure: "amount" } },
    }),
    ...family("prizes", {
      title: { ja: "景品", en: "Prizes" },
      description: {
        ja: "景品の種類ごとの人数と額",
        en: "People and value by kind of prize",
      },
      keys: {
        kind: oneOf({ ja: "種類", en: "Kind" }, {
          "e-money": { ja: "電子マネー", en: "E-money" },
          "local-product": { ja: "地域の特産品", en: "Local product" },
          voucher: { ja: "商品券", en: "Voucher" },
          other: { ja: "その他", en: "Other" },
        }),
      },
      amount: {
        title: { ja: "額", en: "Value" },
        unit: { ja: "円", en: "yen" },
      },
    }),
    ...family("thanks", {
      title: { ja: "感謝ポイント", en: "Points of thanks" },
      description: {
        ja: "感謝を送った人数と件数（金銭的な価値はありません）",
        en: "People who gave thanks and how often; they have no money value",
      },
      keys: { category: code({ ja: "区分", en: "Category" }) },
      by: ["district"],
    }),
  },
});
