import { z } from "zod";
import { type EventType, eventType } from "../event_type.ts";
import { Code, Count, said, Yen } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.points;
const Lottery = said(Code, "抽選", "Lottery");
const Sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Seed = z.string().regex(/^[0-9a-f]{16,128}$/);

const entry = z.object({
  ledger: said(
    z.enum(["city", "thanks"]),
    "台帳(cityは市の、thanksは感謝のポイント)",
    "Ledger",
  ),
  amount: said(z.int().min(1).max(10_000), "ポイント数", "Points"),
  ruleId: said(Code, "付与規則", "Rule"),
  ref: said(Code, "元の出来事", "What it refers to").optional(),
});

export const points: readonly EventType[] = [
  ...([
    ["granted", "付与", "Points granted"],
    ["spent", "利用", "Points spent"],
    ["expired", "失効", "Points expired"],
    ["reversed", "取消", "Points reversed"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `point.${step}`,
      title: { ja: `ポイントの${ja}`, en },
      purpose,
      data: entry,
      digitsAllowed: { ref: "Event codes may end in a minute timestamp" },
      sample: {
        ledger: "city",
        amount: 300,
        ruleId: "registration",
        ref: "account.registered",
      },
    }) as EventType
  ),
  eventType({
    type: "lottery.opened",
    title: { ja: "抽選の開始", en: "Lottery opened" },
    purpose,
    subject: "none",
    contract: "freeze",
    data: z.object({
      lotteryId: Lottery,
      seedCommitment: said(
        Sha256,
        "種のハッシュ",
        "Hash of the seed, fixed before",
      ),
      entryCost: said(z.int().min(1).max(10_000), "1口のポイント", "Points"),
      winners: said(Count, "当選者数", "How many win at most"),
      prizeYen: said(Yen, "賞品の額(円)", "Value of one prize"),
      budgetYen: said(Yen, "予算(円)", "Budget"),
      closesOn: said(z.iso.date(), "締切日", "Last day of entries"),
    }),
    sample: {
      lotteryId: "252018-2026-02",
      seedCommitment: `sha256:${"ab".repeat(32)}`,
      entryCost: 300,
      winners: 2_000,
      prizeYen: 1_000,
      budgetYen: 2_000_000,
      closesOn: "2026-01-31",
    },
  }) as EventType,
  eventType({
    type: "lottery.entered",
    title: { ja: "抽選への応募", en: "Lottery entered" },
    purpose,
    data: z.object({
      lotteryId: Lottery,
      entries: said(z.int().min(1).max(1_000), "口数", "Entries"),
    }),
    sample: { lotteryId: "252018-2026-02", entries: 2 },
  }) as EventType,
  eventType({
    type: "lottery.drawn",
    title: { ja: "抽選の実施", en: "Lottery drawn" },
    purpose,
    subject: "none",
    contract: "freeze",
    data: z.object({
      lotteryId: Lottery,
      seedReveal: said(Seed, "種", "The seed"),
      randomness: said(
        Seed,
        "締切後に定まる公開の乱数",
        "Public randomness fixed after closing",
      ).optional(),
      randomnessRound: said(
        z.int().min(0).max(99_999_999),
        "乱数の回",
        "Round of the public source",
      ).optional(),
      algorithm: said(Code, "抽選の方法", "How winners follow from it"),
      winners: said(Count, "当選者数", "How many won"),
    }),
    sample: {
      lotteryId: "252018-2026-02",
      seedReveal: "ab".repeat(32),
      randomness: "cd".repeat(32),
      randomnessRound: 5_000_000,
      algorithm: "hmac-sha256-ranking",
      winners: 2_000,
    },
  }) as EventType,
  eventType({
    type: "prize.sent",
    title: { ja: "賞品の送付", en: "Prize sent" },
    purpose,
    data: z.object({
      lotteryId: Lottery.optional(),
      kind: said(
        z.enum(["e-money", "local-product", "voucher", "other"]),
        "種類",
        "Kind",
      ),
      prizeId: said(Code, "賞品", "Prize of the catalogue").optional(),
      amountYen: said(Yen, "額(円)", "Value"),
    }),
    sample: {
      lotteryId: "252018-2026-02",
      kind: "e-money",
      prizeId: "quo-1000",
      amountYen: 1_000,
    },
  }) as EventType,
];
