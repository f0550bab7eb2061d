import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Count, Milliseconds, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.usage;
const Duration = said(Milliseconds, "所要時間(ミリ秒)", "Milliseconds it took");
const Placement = said(Code, "掲示場所", "Where the code hangs");

export const miniApp = [
  eventType({
    type: "app.session.started",
    title: { ja: "アプリの起動", en: "App session started" },
    purpose,
    data: z.object({
      featureFlags: said(
        z.array(Code).max(50),
        "有効な機能",
        "Features switched on",
      ).default([]),
      nfcCapable: said(z.boolean(), "NFC対応", "Whether the phone has NFC")
        .optional(),
      osVersion: said(Code, "OSの版", "Version of the system").optional(),
    }),
    sample: { featureFlags: ["new-home"], nfcCapable: true, osVersion: "18.1" },
  }),
  eventType({
    type: "app.session.ended",
    title: { ja: "アプリの終了", en: "App session ended" },
    purpose,
    data: z.object({ durationMs: Duration }),
    sample: { durationMs: 60_000 },
  }),
  eventType({
    type: "miniapp.listed",
    title: { ja: "ミニアプリの表示", en: "Mini-app shown in a list" },
    purpose,
    data: z.object({
      position: said(z.int().min(1).max(500), "表示順位", "Place in the list"),
    }),
    sample: { position: 3 },
  }),
  eventType({
    type: "miniapp.installed",
    title: { ja: "ミニアプリの追加", en: "Mini-app installed" },
    purpose,
    data: z.object({
      source: said(z.enum(["qr", "list", "push"]), "経路", "How it came"),
      placementId: Placement.optional(),
    }),
    sample: { source: "qr", placementId: "hall-1" },
  }),
  eventType({
    type: "miniapp.opened",
    title: { ja: "ミニアプリの起動", en: "Mini-app opened" },
    purpose,
    data: z.object({
      taps: said(
        z.int().min(1).max(100),
        "ホームからのタップ数",
        "Taps from the home screen",
      ).optional(),
      fromHomeMs: said(
        Milliseconds,
        "ホームからの時間(ミリ秒)",
        "Milliseconds from the home screen",
      ).optional(),
    }),
    sample: { taps: 2, fromHomeMs: 3_200 },
  }),
  eventType({
    type: "miniapp.closed",
    title: { ja: "ミニアプリの終了", en: "Mini-app closed" },
    purpose,
    data: z.object({
      durationMs: Duration,
      completed: said(
        z.boolean(),
        "目的を達したか",
        "Whether a task was completed",
      ).optional(),
    }),
    sample: { durationMs: 1_200, completed: true },
  }),
  eventType({
    type: "miniapp.error",
    title: { ja: "ミニアプリの不具合", en: "Mini-app failed" },
    purpose,
    data: z.object({
      class: said(Code, "不具合の種類", "Kind of failure"),
    }),
    sample: { class: "timeout" },
  }),
  eventType({
    type: "qr.scanned",
    title: { ja: "QRの読取", en: "QR code scanned" },
    purpose,
    data: z.object({
      kind: said(
        z.enum(["miniapp", "event", "shelter", "facility", "survey", "other"]),
        "種類",
        "What the code is for",
      ),
      placementId: Placement,
      outcome: said(
        z.enum(["ok", "expired", "unknown", "unreadable"]),
        "結果",
        "What came of it",
      ).default("ok"),
    }),
    sample: { kind: "miniapp", placementId: "hall-1", outcome: "ok" },
  }),
  eventType({
    type: "sandbox.used",
    title: { ja: "研修環境の利用", en: "Sandbox used" },
    purpose: PURPOSES.operation,
    subject: "none",
    data: z.object({
      exercise: said(Code, "課題", "Exercise"),
      outcome: said(z.enum(["started", "completed"]), "結果", "How far"),
      people: said(Count, "人数", "How many took part"),
    }),
    sample: { exercise: "dashboard-1", outcome: "completed", people: 6 },
  }),
];
