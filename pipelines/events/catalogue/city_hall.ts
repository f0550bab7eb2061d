import { z } from "zod";
import { AgeBand } from "@hiraku/kernel";
import { type EventType, eventType } from "../event_type.ts";
import {
  Code,
  Count,
  Location,
  Mesh500,
  Milliseconds,
  said,
} from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.services;
const Issue = said(Code, "通報の番号", "Report");
const Service = said(Code, "通報の種類(Open311)", "Service code (Open311)");
const Mesh = said(Mesh500, "500mメッシュ", "Half mesh");
const Feedback = said(Code, "意見の番号", "Feedback");
const location = said(
  Location,
  "確認後の位置(経度・緯度)",
  "Position of the thing, once moderated",
);
const positionsAllowed = {
  location: "A moderated report speaks of a thing in public space",
};

const application = z.object({
  procedureId: said(Code, "手続", "Procedure"),
  channel: said(
    z.enum(["app", "web", "counter", "post", "phone"]),
    "経路",
    "Channel",
  ),
  feeType: said(Code, "税・料金の種類", "Tax or fee it is about").optional(),
  durationMs: said(Milliseconds, "所要時間(ミリ秒)", "Milliseconds it took")
    .optional(),
});

export const cityHall: readonly EventType[] = [
  ...([
    ["started", "開始", "Application started"],
    ["submitted", "提出", "Application submitted"],
    ["completed", "完了", "Application completed"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `application.${step}`,
      title: { ja: `申請の${ja}`, en },
      purpose,
      contract: "freeze",
      // At the counter and by post there is no account.
      subject: "optional",
      data: application,
      sample: {
        procedureId: "direct-debit",
        channel: "app",
        feeType: "water",
        durationMs: 240_000,
      },
    }) as EventType
  ),
  eventType({
    type: "queue.observed",
    title: { ja: "窓口の混雑", en: "Counter queue observed" },
    purpose,
    subject: "none",
    data: z.object({
      counterId: said(Code, "窓口", "Counter"),
      waiting: said(Count, "待ち人数", "Waiting"),
      called: said(Count, "呼出番号", "Number called last"),
      serving: said(Count, "対応中", "Being served"),
      served: said(Count, "本日の対応数", "Served today").optional(),
    }),
    sample: {
      counterId: "counter-12",
      waiting: 7,
      called: 43,
      serving: 3,
      served: 40,
    },
  }) as EventType,
  eventType({
    type: "card.presented",
    title: { ja: "施設カードの提示", en: "Facility card presented" },
    purpose,
    data: z.object({
      type: said(
        z.enum(["library", "facility", "information", "other"]),
        "種類",
        "Kind of card",
      ),
    }),
    sample: { type: "library" },
  }) as EventType,
  eventType({
    type: "issue.reported",
    title: { ja: "まちの不具合の通報", en: "Issue reported" },
    purpose,
    contract: "freeze",
    subject: "optional",
    data: z.object({
      issueId: Issue,
      serviceCode: Service,
      mesh500: Mesh,
      photo: said(z.boolean(), "写真の有無", "Whether a photo came with it")
        .default(false),
    }),
    sample: {
      issueId: "i-1",
      serviceCode: "pothole",
      mesh500: "523567101",
      photo: true,
    },
  }) as EventType,
  eventType({
    type: "issue.updated",
    title: { ja: "通報の対応", en: "Issue updated" },
    purpose,
    contract: "freeze",
    subject: "none",
    positionsAllowed,
    data: z.object({
      issueId: Issue,
      serviceCode: Service.optional(),
      status: said(z.enum(["open", "closed"]), "状態", "Status (Open311)"),
      moderated: said(z.boolean(), "確認済み", "Whether it was moderated")
        .default(false),
      location: location.optional(),
    }),
    sample: {
      issueId: "i-1",
      serviceCode: "pothole",
      status: "closed",
      moderated: true,
      location: [135.868, 35.0045],
    },
  }) as EventType,
  eventType({
    type: "damage.photo.registered",
    title: { ja: "被災写真の登録", en: "Damage photo registered" },
    purpose,
    contract: "freeze",
    subject: "none",
    positionsAllowed: {
      location: "A photo of damage registered by staff speaks of a thing",
    },
    data: z.object({
      photoId: said(Code, "写真の番号", "Photo"),
      category: said(
        z.enum(["road", "river", "slope", "building", "farmland", "other"]),
        "種類",
        "What is damaged",
      ),
      device: said(z.enum(["phone", "drone"]), "撮影機器", "Taken with")
        .default(
          "phone",
        ),
      location,
    }),
    sample: {
      photoId: "ph-1",
      category: "road",
      device: "drone",
      location: [135.868, 35.0045],
    },
  }) as EventType,
  eventType({
    type: "feedback.submitted",
    title: { ja: "ご意見の投稿", en: "Feedback submitted" },
    purpose,
    // The text stays with the form; topics are coded there.
    contract: "freeze",
    subject: "optional",
    data: z.object({
      feedbackId: Feedback,
      category: said(Code, "区分", "Category"),
      topics: said(z.array(Code).max(10), "話題", "Coded topics").default([]),
    }),
    sample: { feedbackId: "f-1", category: "app", topics: ["login", "map"] },
  }) as EventType,
  eventType({
    type: "feedback.replied",
    title: { ja: "ご意見への回答", en: "Feedback replied to" },
    purpose,
    contract: "freeze",
    subject: "none",
    data: z.object({
      feedbackId: Feedback,
      status: said(
        z.enum(["received", "answered", "declined", "planned", "done"]),
        "状態",
        "How it stands",
      ),
      changeMade: said(z.boolean(), "改善したか", "Whether something changed"),
    }),
    sample: { feedbackId: "f-1", status: "done", changeMade: true },
  }) as EventType,
  eventType({
    type: "support.session",
    title: { ja: "利用相談", en: "Support session" },
    purpose,
    subject: "optional",
    data: z.object({
      place: said(Code, "場所", "Where"),
      topic: said(Code, "内容", "What it was about"),
      ageBand: said(AgeBand, "年齢階級", "Age band").optional(),
      outcome: said(
        z.enum(["resolved", "referred", "unresolved"]),
        "結果",
        "What came of it",
      ),
      durationMs: said(Milliseconds, "時間(ミリ秒)", "Milliseconds")
        .optional(),
    }),
    sample: {
      place: "hall-3",
      topic: "registration",
      ageBand: "75-79",
      outcome: "resolved",
      durationMs: 600_000,
    },
  }) as EventType,
];
