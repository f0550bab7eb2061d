import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, MiniAppId, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.operation;
const subject = "none";

export const operation = [
  eventType({
    type: "staff.access",
    title: { ja: "職員の閲覧", en: "Staff access" },
    purpose,
    subject,
    contract: "freeze",
    data: z.object({
      role: said(Code, "役割", "Role"),
      object: said(Code, "対象", "What was looked at"),
      purpose: said(Code, "目的", "Why"),
    }),
    sample: { role: "hq", object: "shelter-roster", purpose: "reception" },
  }),
  eventType({
    type: "auth.login",
    title: { ja: "ログイン", en: "Signed in" },
    purpose,
    subject: "optional",
    data: z.object({
      idp: said(Code, "認証基盤", "Identity provider"),
      singleSignOn: said(
        z.boolean(),
        "シングルサインオンか",
        "Whether it was by single sign-on",
      ).default(false),
    }),
    sample: { idp: "jpki", singleSignOn: true },
  }),
  eventType({
    type: "auth.failed",
    title: { ja: "ログイン失敗", en: "Sign-in failed" },
    purpose,
    subject: "optional",
    data: z.object({
      idp: said(Code, "認証基盤", "Identity provider"),
      reason: said(
        z.enum(["wrong_secret", "locked", "expired", "network", "other"]),
        "理由",
        "Why",
      ),
    }),
    sample: { idp: "jpki", reason: "expired" },
  }),
  eventType({
    type: "provider.changed",
    title: { ja: "提供者の登録", en: "Provider of mini-apps registered" },
    purpose,
    subject,
    data: z.object({
      providerId: said(Code, "提供者", "Provider"),
      kind: said(
        z.enum(["city", "district", "company", "citizen"]),
        "種類",
        "Kind",
      ),
      stage: said(
        z.enum(["applied", "reviewed", "live", "ended"]),
        "段階",
        "How far it is",
      ),
      miniAppId: said(MiniAppId, "ミニアプリ", "Mini-app").optional(),
    }),
    sample: {
      providerId: "prov-1",
      kind: "company",
      stage: "live",
      miniAppId: "252018-ma-07",
    },
  }),
  eventType({
    type: "milestone.reached",
    title: { ja: "節目", en: "Milestone reached" },
    purpose,
    subject,
    data: z.object({
      milestoneId: said(Code, "節目", "Milestone"),
      kind: said(
        z.enum(["launch", "pr", "drill", "lottery", "survey", "release"]),
        "種類",
        "Kind",
      ),
      date: said(z.iso.date(), "日", "Day"),
    }),
    sample: { milestoneId: "pr-koho-11", kind: "pr", date: "2025-11-01" },
  }),
  eventType({
    type: "release.published",
    title: { ja: "アプリの更新", en: "App version published" },
    purpose,
    subject,
    data: z.object({
      appVersion: said(
        z.string().regex(/^\d{1,4}(\.\d{1,6}){0,3}$/),
        "版",
        "Version",
      ),
      os: said(z.enum(["ios", "android", "web"]), "OS", "System"),
      featureFlags: said(z.array(Code).max(50), "機能", "Features").default([]),
    }),
    sample: { appVersion: "2.5.0", os: "ios", featureFlags: ["new-home"] },
  }),
];
