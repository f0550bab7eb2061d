import { z } from "zod";
import { code, district, month, oneOf, persons, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

const category = () => code({ ja: "区分", en: "Category" });

/** What people do together in their districts. */
export const communityActivity = dataset({
  id: "community_activity",
  title: { ja: "校区活動", en: "Community activity" },
  description: {
    ja:
      "みんなの掲示板、参加・不参加の返事、デジタルマップ、共助、地域活動の人数です。本文は扱いません。",
    en:
      "Posts on the community board, replies, posts on the map, mutual aid and activities of districts. No text is taken.",
  },
  cadence: "monthly",
  theme: "REGI",
  purpose: {
    ja: "地域のつながりを育てるため",
    en: "To foster ties within districts",
  },
  keywords: [{ ja: "地域", en: "community" }, { ja: "校区", en: "districts" }],
  tables: {
    ...family("posts", {
      title: { ja: "掲示板への投稿", en: "Posts" },
      description: {
        ja: "区分ごとに投稿した人数と件数。校区は投稿した人の校区です。",
        en:
          "People who posted and posts, by category; districts are the authors'",
      },
      keys: { category: category() },
      by: ["district"],
    }),
    ...family("answers", {
      title: { ja: "参加・不参加", en: "Replies" },
      description: {
        ja: "投稿に参加・不参加を返した人数と件数",
        en: "People who replied to posts that they join or decline",
      },
      keys: {
        answer: oneOf({ ja: "返事", en: "Reply" }, {
          join: { ja: "参加", en: "Join" },
          decline: { ja: "不参加", en: "Decline" },
        }),
      },
      by: ["district", "ageSex"],
    }),
    ...family("map_posts", {
      title: { ja: "デジタルマップへの投稿", en: "Posts on the map" },
      description: {
        ja: "区分ごとに投稿した人数と件数",
        en: "People who posted on the map and posts, by category",
      },
      keys: { category: category() },
      by: ["district"],
    }),
    ...family("mutual_aid", {
      title: { ja: "共助", en: "Mutual aid" },
      description: {
        ja: "申出・依頼・実施の人数と件数",
        en: "People who offered, asked for and gave help",
      },
      keys: {
        step: oneOf({ ja: "段階", en: "Step" }, {
          offered: { ja: "申出", en: "Offered" },
          requested: { ja: "依頼", en: "Asked for" },
          done: { ja: "実施", en: "Given" },
        }),
      },
      by: ["district"],
    }),
    ...family("active", {
      title: { ja: "活動した人", en: "Active people" },
      description: {
        ja:
          "掲示板・マップ・共助・感謝のいずれかを使った人数（1人は1回だけ数えます）",
        en:
          "People active on the board, the map, in mutual aid or thanks, each counted once",
      },
      keys: {
        scope: oneOf({ ja: "範囲", en: "Scope" }, {
          all: { ja: "すべて", en: "All" },
        }),
      },
      by: ["district", "ageSex"],
    }),
    activities: {
      title: { ja: "地域活動", en: "Activities of districts" },
      description: {
        ja: "校区の活動の回数と参加者数（主催者の報告）",
        en: "Activities of districts and their participants, as reported",
      },
      row: z.object({
        month: month(),
        districtCode: district(),
        people: persons({ ja: "延べ参加者数", en: "Participants" }),
        count: times({ ja: "回数", en: "Activities" }),
      }),
      period: "month",
      dimensions: ["districtCode"],
      measures: ["people", "count"],
      disclosure: {
        kind: "flow",
        people: "people",
        area: "districtCode",
        total: { table: "all_activities" },
      },
    },
    all_activities: {
      title: { ja: "地域活動（市全体）", en: "Activities, whole city" },
      description: {
        ja: "市全体の地域活動の回数と参加者数",
        en: "Activities of all districts together",
      },
      row: z.object({
        month: month(),
        people: persons({ ja: "延べ参加者数", en: "Participants" }),
        count: times({ ja: "回数", en: "Activities" }),
      }),
      period: "month",
      dimensions: [],
      measures: ["people", "count"],
      disclosure: { kind: "flow", people: "people" },
    },
  },
});
