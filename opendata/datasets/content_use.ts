import { ageBand, code, day, oneOf, steps } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

const step = () =>
  steps({ ja: "段階", en: "Step" }, {
    impression: { ja: "表示", en: "Shown" },
    opened: { ja: "閲覧", en: "Opened" },
  });
const found = () =>
  oneOf({ ja: "結果", en: "Result" }, {
    found: { ja: "結果あり", en: "Found" },
    none: { ja: "結果なし", en: "Nothing found" },
  });
const topic = () => code({ ja: "話題", en: "Topic" });

/** What people read, look for and follow in the app. */
export const contentUse = dataset({
  id: "content_use",
  title: { ja: "情報の閲覧と検索", en: "Reading and searching" },
  description: {
    ja:
      "記事の表示と閲覧、添付、話題、検索（語そのものは扱いません）、外部サイトへの移動の統計です。",
    en:
      "Articles shown and opened, attachments, topics, searches (never the words) and links followed.",
  },
  cadence: "monthly",
  purpose: {
    ja: "知りたい情報にたどり着けるようにするため",
    en: "To help people find what they look for",
  },
  keywords: [{ ja: "検索", en: "search" }, { ja: "記事", en: "articles" }],
  tables: {
    ...family("positions", {
      title: { ja: "表示順位と閲覧", en: "Position and opening" },
      description: {
        ja: "表示順位と並び替えの版ごとに、表示した人数と閲覧した人数",
        en: "People who were shown and who opened, by position and ranking",
      },
      keys: {
        position: code({ ja: "表示順位", en: "Position" }),
        rankerVersion: code({ ja: "並び替えの版", en: "Ranking" }),
        step: step(),
      },
    }),
    ...family("articles", {
      title: { ja: "記事の表示と閲覧", en: "Articles shown and opened" },
      description: {
        ja: "記事を表示・閲覧した人数",
        en: "People who were shown an article and who opened one",
      },
      keys: { step: step() },
      by: ["district", "ageSex"],
    }),
    ...family("ranking_choice", {
      title: { ja: "並び替えの停止", en: "Personal order switched off" },
      description: {
        ja: "自分に合わせた並び替えを止めた人・再開した人の数",
        en: "People who switched the personal order off or on again",
      },
      keys: {
        optedOut: oneOf({ ja: "選択", en: "Choice" }, {
          true: { ja: "停止", en: "Off" },
          false: { ja: "再開", en: "On" },
        }),
      },
    }),
    ...family("attachments", {
      title: { ja: "添付の閲覧", en: "Attachments" },
      description: {
        ja:
          "形式と代替テキストの有無ごとの閲覧。代替テキストのない添付は読み上げられません。",
        en:
          "Attachments opened by type and text alternative; those without one cannot be read aloud.",
      },
      keys: {
        mime: oneOf({ ja: "形式", en: "Type" }, {
          image: { ja: "画像", en: "Image" },
          pdf: { ja: "PDF", en: "PDF" },
          other: { ja: "その他", en: "Other" },
        }),
        altText: oneOf({ ja: "代替テキスト", en: "Text alternative" }, {
          true: { ja: "あり", en: "Yes" },
          false: { ja: "なし", en: "No" },
        }),
      },
    }),
    ...family("topics", {
      title: { ja: "話題", en: "Topics" },
      description: {
        ja: "話題ごとに閲覧した人数",
        en: "People who read of a topic",
      },
      keys: { topic: topic() },
      by: ["district", "ageSex", "origin"],
    }),
    ...family("topic_hours", {
      title: { ja: "話題と時間帯", en: "Topics by hour" },
      description: {
        ja: "話題と時間帯ごとに閲覧した人数",
        en: "People who read of a topic, by hour of the day",
      },
      keys: { topic: topic(), hour: code({ ja: "時", en: "Hour" }) },
    }),
    ...family("children", {
      title: { ja: "子どもの年齢", en: "Age of the child" },
      description: {
        ja: "子育て情報の対象年齢ごとに閲覧した人数",
        en: "People who read childcare information, by the child's age",
      },
      keys: { topic: topic(), childAgeBand: ageBand() },
    }),
    ...family("searches", {
      title: { ja: "検索", en: "Searches" },
      description: {
        ja: "分野ごとに検索した人数と、結果がなかった人数",
        en: "People who searched, by topic and whether anything was found",
      },
      keys: { topic: topic(), result: found() },
      by: ["district", "age"],
    }),
    ...family("terms", {
      title: { ja: "検索語", en: "Search terms" },
      description: {
        ja:
          "検索語（復元できない符号）ごとの人数。一定人数以上のものだけを示します。",
        en: "People by search term, which is a keyed code and no word.",
      },
      keys: {
        term: code({ ja: "検索語の符号", en: "Code of the term" }),
        result: found(),
      },
    }),
    ...family("outbound", {
      title: { ja: "外部への移動と共有", en: "Links followed and shared" },
      description: {
        ja: "外部サイトに移動・SNSに共有した人数",
        en: "People who followed a link out of the app or shared something",
      },
      keys: {
        target: code({ ja: "行き先", en: "Target" }),
        kind: oneOf({ ja: "種類", en: "Kind" }, {
          link: { ja: "移動", en: "Followed" },
          share: { ja: "共有", en: "Shared" },
        }),
      },
      by: ["age"],
    }),
    ...family("outbound_days", {
      title: { ja: "外部への移動（日別）", en: "Links followed, by day" },
      description: {
        ja: "試合の日などの移動を見るための日別の人数",
        en: "People by day, such as those of a match",
      },
      keys: {
        target: code({ ja: "行き先", en: "Target" }),
        date: day(),
      },
    }),
  },
});
