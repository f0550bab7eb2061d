import { z } from "zod";
import { AgeBand } from "@hiraku/kernel";
import { eventType } from "../event_type.ts";
import { Code, Count, Hash, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.usage;
const Article = said(Code, "記事", "Article");
const Rank = said(z.int().min(1).max(500), "表示順位", "Place in the list");
const Ranker = said(Code, "並び替えの版", "Version of the ranking");
const Topic = said(Code, "分野", "Topic");
const Popup = said(Code, "ポップアップ", "Pop-up");
const Target = said(Code, "行き先", "Where it leads");

export const content = [
  eventType({
    type: "article.impression",
    title: { ja: "記事の表示", en: "Article shown" },
    purpose: PURPOSES.personal,
    data: z.object({ articleId: Article, rank: Rank, rankerVersion: Ranker }),
    sample: { articleId: "a-1", rank: 2, rankerVersion: "r-3" },
  }),
  eventType({
    type: "article.opened",
    title: { ja: "記事の閲覧", en: "Article opened" },
    purpose: PURPOSES.personal,
    data: z.object({
      articleId: Article,
      rank: Rank.optional(),
      rankerVersion: Ranker.optional(),
    }),
    sample: { articleId: "a-1", rank: 2, rankerVersion: "r-3" },
  }),
  eventType({
    type: "attachment.opened",
    title: { ja: "添付の閲覧", en: "Attachment opened" },
    purpose,
    data: z.object({
      articleId: Article.optional(),
      mime: said(
        z.string().regex(/^[a-z]{1,20}\/[a-z0-9.+-]{1,80}$/),
        "形式",
        "Media type",
      ),
      bytes: said(Count.max(99_999_999), "大きさ(バイト)", "Size in bytes"),
      altTextPresent: said(
        z.boolean(),
        "代替テキストの有無",
        "Whether it has a text alternative",
      ),
    }),
    sample: {
      articleId: "a-1",
      mime: "application/pdf",
      bytes: 182_000,
      altTextPresent: false,
    },
  }),
  eventType({
    type: "content.opened",
    title: { ja: "情報の閲覧", en: "Content opened" },
    purpose,
    data: z.object({
      topic: Topic,
      contentId: said(Code, "情報の番号", "Content").optional(),
      childAgeBand: said(
        AgeBand,
        "対象の子の年齢階級",
        "Age band of the child it is about",
      ).optional(),
    }),
    sample: { topic: "childcare", contentId: "c-9", childAgeBand: "0-4" },
  }),
  eventType({
    type: "content.searched",
    title: { ja: "検索", en: "Content searched" },
    purpose,
    contract: "freeze",
    data: z.object({
      termHash: said(Hash, "検索語のハッシュ", "Keyed hash of the term"),
      topic: Topic.optional(),
      hits: said(Count, "件数", "How much was found"),
    }),
    sample: { termHash: "9f86d081884c7d65", topic: "waste", hits: 0 },
  }),
  eventType({
    type: "popup.shown",
    title: { ja: "ポップアップの表示", en: "Pop-up shown" },
    purpose,
    data: z.object({ popupId: Popup }),
    sample: { popupId: "p-1" },
  }),
  eventType({
    type: "popup.closed",
    title: { ja: "ポップアップを閉じた", en: "Pop-up closed" },
    purpose,
    data: z.object({ popupId: Popup }),
    sample: { popupId: "p-1" },
  }),
  eventType({
    type: "link.outbound",
    title: { ja: "外部へのリンク", en: "Link to elsewhere followed" },
    purpose,
    data: z.object({ target: Target }),
    sample: { target: "team-tickets" },
  }),
  eventType({
    type: "share.outbound",
    title: { ja: "SNSへの共有", en: "Shared elsewhere" },
    purpose,
    data: z.object({ target: Target }),
    sample: { target: "line" },
  }),
];
