import { z } from "zod";
import { type EventType, eventType } from "../event_type.ts";
import { Code, Count, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.messaging;
const Campaign = said(Code, "配信", "Campaign");
const Topic = said(Code, "分野", "Topic");
const Area = said(Code, "収集地区", "Collection area");

const campaign = z.object({ campaignId: Campaign });
const push = z.object({ campaignId: Campaign.optional(), topic: Topic });

export const messaging: readonly EventType[] = [
  eventType({
    type: "message.campaign.created",
    title: { ja: "配信の作成", en: "Campaign created" },
    purpose,
    subject: "none",
    contract: "freeze",
    data: z.object({
      campaignId: Campaign,
      audienceRule: said(Code, "宛先条件の番号", "Hash or id of the audience"),
      audienceSize: said(Count, "宛先の人数", "How many it is meant for"),
      disasterOverride: said(
        z.boolean(),
        "災害時の例外",
        "Whether the smallest size was overridden",
      ).default(false),
      overrideReason: said(
        z.enum(["evacuation", "rescue", "supply", "safety"]),
        "例外の理由",
        "Why it was overridden",
      ).optional(),
    }),
    sample: {
      campaignId: "m-1",
      audienceRule: "rule-5f3c",
      audienceSize: 1_800,
      disasterOverride: true,
      overrideReason: "evacuation",
    },
  }) as EventType,
  ...([
    ["sent", "送信", "Message sent"],
    ["delivered", "到達", "Message delivered"],
    ["opened", "開封", "Message opened"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `message.${step}`,
      title: { ja: `メッセージの${ja}`, en },
      purpose,
      data: campaign,
      sample: { campaignId: "m-1" },
    }) as EventType
  ),
  ...([
    ["sent", "送信", "Push notice sent"],
    ["delivered", "到達", "Push notice delivered"],
    ["opened", "開封", "Push notice opened"],
    ["optout", "停止", "Push notices of a topic switched off"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `push.${step}`,
      title: { ja: `プッシュ通知の${ja}`, en },
      purpose,
      data: push,
      sample: { campaignId: "m-1", topic: "waste" },
    }) as EventType
  ),
  ...([
    ["sent", "送信", "Waste reminder sent"],
    ["opened", "開封", "Waste reminder opened"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `waste.reminder.${step}`,
      title: { ja: `ごみの日通知の${ja}`, en },
      purpose,
      data: z.object({ area: Area }),
      sample: { area: "area-3" },
    }) as EventType
  ),
  ...([
    ["sent", "送信", "Library notice sent"],
    ["opened", "開封", "Library notice opened"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `library.notice.${step}`,
      title: { ja: `図書館通知の${ja}`, en },
      purpose,
      // Never a title: what somebody reads is nobody's business.
      contract: "freeze",
      data: z.object({
        kind: said(
          z.enum(["due", "reservation", "overdue"]),
          "種類",
          "What it is about",
        ),
      }),
      sample: { kind: "due" },
    }) as EventType
  ),
];
