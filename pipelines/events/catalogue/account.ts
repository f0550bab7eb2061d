import { z } from "zod";
import { Tier } from "@hiraku/kernel";
import { eventType } from "../event_type.ts";
import { Code } from "../field.ts";

export const account = [
  eventType({
    type: "account.registered",
    title: { ja: "利用者登録", en: "Account registered" },
    data: z.object({
      method: z.enum(["jpki-card", "jpki-phone", "email"]),
      channelId: Code.optional(),
      nfcCapable: z.boolean().optional(),
    }),
  }),
  eventType({
    type: "account.upgraded",
    title: { ja: "本人確認への切替", en: "Account upgraded" },
    data: z.object({ from: Tier, to: Tier }),
  }),
  eventType({
    type: "account.closed",
    title: { ja: "登録解除", en: "Account closed" },
    data: z.object({ reason: z.enum(["user", "moved", "deceased", "merged"]) }),
  }),
  eventType({
    type: "consent.granted",
    title: { ja: "同意", en: "Consent granted" },
    data: z.object({ receiptId: Code, purposeId: Code, policyVersion: Code }),
  }),
  eventType({
    type: "consent.withdrawn",
    title: { ja: "同意の撤回", en: "Consent withdrawn" },
    data: z.object({ receiptId: Code, purposeId: Code }),
  }),
  eventType({
    type: "credential.issued",
    title: { ja: "デジタル市民証の発行", en: "Credential issued" },
    data: z.object({ kind: z.enum(["id", "gx", "library", "other"]) }),
  }),
  eventType({
    type: "credential.presented",
    title: { ja: "市民証の提示", en: "Credential presented" },
    data: z.object({
      context: z.enum(["shelter", "event", "facility", "counter"]),
    }),
  }),
];
