import { z } from "zod";
import { Tier } from "@hiraku/kernel";
import { eventType } from "../event_type.ts";
import { Code, Milliseconds, Pid, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.registrants;
const Channel = said(Code, "登録のきっかけ", "Channel that led here");
const NfcCapable = said(
  z.boolean(),
  "NFC対応端末か",
  "Whether the phone has NFC",
);

export const account = [
  eventType({
    type: "account.registered",
    title: { ja: "利用者登録", en: "Account registered" },
    purpose,
    data: z.object({
      method: said(
        z.enum(["jpki-card", "jpki-phone", "email"]),
        "登録方法",
        "How the person registered",
      ),
      channelId: Channel.optional(),
      stepMs: said(
        z.array(Milliseconds).max(5),
        "各手順の所要時間(ミリ秒)",
        "Milliseconds each step took",
      ).optional(),
      nfcCapable: NfcCapable.optional(),
    }),
    sample: {
      method: "jpki-card",
      channelId: "poster-1",
      stepMs: [4_000, 12_000, 9_000, 2_000, 1_000],
      nfcCapable: true,
    },
  }),
  eventType({
    type: "account.upgraded",
    title: { ja: "本人確認への切替", en: "Account upgraded" },
    purpose,
    data: z.object({
      from: said(Tier, "以前の本人確認", "Tier before"),
      to: said(Tier, "新しい本人確認", "Tier now"),
    }),
    sample: { from: "email", to: "jpki" },
  }),
  eventType({
    type: "account.closed",
    title: { ja: "登録解除", en: "Account closed" },
    purpose,
    data: z.object({
      reason: said(
        z.enum(["user", "moved", "deceased", "merged"]),
        "理由",
        "Why",
      ),
    }),
    sample: { reason: "moved" },
  }),
  eventType({
    type: "account.merged",
    title: { ja: "重複登録の統合", en: "Two accounts of one person merged" },
    purpose,
    contract: "freeze",
    persons: ["mergedPid"],
    data: z.object({
      mergedPid: said(Pid, "統合されて消える登録", "The account that goes"),
    }),
    sample: { mergedPid: "p_0f3c9a0b12d" },
  }),
  eventType({
    type: "account.reissued",
    title: { ja: "登録の再発行", en: "Account reissued" },
    purpose,
    contract: "freeze",
    persons: ["previousPid"],
    data: z.object({
      reason: said(
        z.enum(["lost_phone", "card_renewed", "new_phone", "other"]),
        "理由",
        "Why",
      ),
      previousPid: said(Pid, "以前の登録", "The account before").optional(),
    }),
    sample: { reason: "lost_phone", previousPid: "p_1f3c9a0b12d" },
  }),
  eventType({
    type: "terms.agreed",
    title: { ja: "利用規約への同意", en: "Terms of use agreed" },
    purpose,
    data: z.object({
      docVersion: said(Code, "規約の版", "Version of the terms"),
    }),
    sample: { docVersion: "2025-10" },
  }),
  eventType({
    type: "registration.step",
    title: { ja: "登録の手順", en: "Step of a registration" },
    purpose,
    // A person has no account yet; steps of one attempt share an id.
    subject: "optional",
    contract: "freeze",
    data: z.object({
      route: said(z.enum(["card", "email"]), "登録経路", "Route").default(
        "card",
      ),
      attemptId: said(
        Code,
        "試行の番号",
        "Id of the attempt, made for it alone",
      ).optional(),
      step: said(
        z.int().min(1).max(5),
        "手順(1規約 2暗証番号かメール 3読取かリンク 4ホーム 5完了)",
        "Step: 1 terms, 2 PIN or address, 3 reading or link, 4 home, 5 done",
      ),
      outcome: said(
        z.enum(["started", "done", "failed", "left"]),
        "結果",
        "What came of it",
      ),
      errorClass: said(
        z.enum([
          "no_nfc",
          "card_unreadable",
          "wrong_pin",
          "card_locked",
          "link_expired",
          "network",
          "other",
        ]),
        "失敗の種類",
        "Kind of failure",
      ).optional(),
      nfcCapable: NfcCapable.optional(),
      elapsedMs: said(
        Milliseconds,
        "手順の所要時間(ミリ秒)",
        "Milliseconds the step took",
      ).optional(),
      channelId: Channel.optional(),
    }),
    sample: {
      route: "card",
      attemptId: "try-7f3c",
      step: 3,
      outcome: "failed",
      errorClass: "card_unreadable",
      nfcCapable: true,
      elapsedMs: 14_000,
      channelId: "poster-1",
    },
  }),
];
