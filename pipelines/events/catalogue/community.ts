import { z } from "zod";
import { type EventType, eventType } from "../event_type.ts";
import {
  Code,
  Count,
  DistrictCode,
  Location,
  Mesh500,
  Pid,
  said,
} from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.community;
const contract = "freeze";
const District = said(DistrictCode, "校区", "District");
const Post = said(Code, "投稿の番号", "Post");
const MapPost = said(Code, "地図投稿の番号", "Post on the map");
const Category = said(Code, "区分", "Category");
const mapCategory = said(
  z.enum(["traffic", "disaster", "history", "childcare", "nature", "other"]),
  "区分",
  "Category",
);

export const community: readonly EventType[] = [
  eventType({
    type: "post.created",
    title: { ja: "掲示板への投稿", en: "Board post created" },
    purpose,
    contract,
    data: z.object({
      postId: Post,
      districtCode: District,
      category: Category,
      recruiting: said(z.boolean(), "参加募集か", "Whether it asks who joins")
        .default(false),
    }),
    sample: {
      postId: "post-1",
      districtCode: "252018-sd-03",
      category: "festival",
      recruiting: true,
    },
  }) as EventType,
  eventType({
    type: "post.rsvp",
    title: { ja: "参加・不参加", en: "Answered a post" },
    purpose,
    contract,
    data: z.object({
      postId: Post,
      answer: said(z.enum(["join", "decline"]), "回答", "Answer"),
    }),
    sample: { postId: "post-1", answer: "join" },
  }) as EventType,
  eventType({
    type: "mappost.created",
    title: { ja: "地図への投稿", en: "Map post created" },
    purpose,
    contract,
    data: z.object({
      mapPostId: MapPost,
      category: mapCategory,
      mesh500: said(Mesh500, "500mメッシュ", "Half mesh"),
      photo: said(z.boolean(), "写真の有無", "Whether it has a photo").default(
        false,
      ),
    }),
    sample: {
      mapPostId: "mp-1",
      category: "history",
      mesh500: "523567101",
      photo: true,
    },
  }) as EventType,
  eventType({
    type: "mappost.moderated",
    title: { ja: "地図投稿の確認", en: "Map post moderated" },
    purpose,
    contract,
    subject: "none",
    positionsAllowed: {
      location: "A moderated post speaks of a thing in public space",
    },
    data: z.object({
      mapPostId: MapPost,
      category: mapCategory.optional(),
      decision: said(z.enum(["shown", "hidden"]), "判断", "Decision"),
      location: said(
        Location,
        "位置(経度・緯度)",
        "Position of the thing",
      ).optional(),
    }),
    sample: {
      mapPostId: "mp-1",
      category: "history",
      decision: "shown",
      location: [135.868, 35.0045],
    },
  }) as EventType,
  eventType({
    type: "thanks.given",
    title: { ja: "感謝を贈る", en: "Thanks given" },
    purpose,
    contract,
    persons: ["toPid"],
    data: z.object({
      toPid: said(Pid, "贈られた人", "Who is thanked"),
      districtCode: District.optional(),
      category: Category.optional(),
    }),
    sample: {
      toPid: "p_2f3c9a0b12d",
      districtCode: "252018-sd-03",
      category: "clean-up",
    },
  }) as EventType,
  ...([
    ["offered", "申出", "Mutual aid offered"],
    ["requested", "依頼", "Mutual aid requested"],
    ["done", "実施", "Mutual aid done"],
  ] as const).map(([step, ja, en]) =>
    eventType({
      type: `mutualaid.${step}`,
      title: { ja: `助け合いの${ja}`, en },
      purpose,
      contract,
      data: z.object({ category: Category }),
      sample: { category: "shopping" },
    }) as EventType
  ),
  eventType({
    type: "community.activity.reported",
    title: { ja: "地域活動の報告", en: "Community activity reported" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      districtCode: District,
      kind: Category,
      date: said(z.iso.date(), "日", "Day"),
      participants: said(Count, "参加者数", "How many took part"),
    }),
    sample: {
      districtCode: "252018-sd-03",
      kind: "clean-up",
      date: "2026-11-08",
      participants: 42,
    },
  }) as EventType,
];
