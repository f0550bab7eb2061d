import { code, miniApp, mode, oneOf, steps } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family } from "../family.ts";

const step = () =>
  steps({ ja: "段階", en: "Step" }, {
    sent: { ja: "送信", en: "Sent" },
    delivered: { ja: "到達", en: "Delivered" },
    opened: { ja: "開封", en: "Opened" },
  });

const pushStep = () =>
  steps({ ja: "段階", en: "Step" }, {
    sent: { ja: "送信", en: "Sent" },
    delivered: { ja: "到達", en: "Delivered" },
    opened: { ja: "開封", en: "Opened" },
    optout: { ja: "停止", en: "Switched off" },
  });

const topic = () => code({ ja: "分野", en: "Topic" });
const people = { ja: "人数", en: "People" };

/** Notices: whom they were for, whom they reached, who opened them. */
export const messages = dataset({
  id: "messages",
  title: { ja: "お知らせの到達", en: "Reach of notices" },
  description: {
    ja:
      "お知らせ・プッシュ通知・ごみの日の通知などの、宛先・到達・開封の人数です。",
    en:
      "People that messages, push notices and waste-day reminders were meant for, reached and were opened by.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "必要な人にお知らせが届いているかを確かめるため",
    en: "To see whether notices reach those who need them",
  },
  keywords: [{ ja: "プッシュ通知", en: "push notices" }],
  tables: {
    ...family("targets", {
      title: { ja: "宛先", en: "Meant for" },
      description: {
        ja:
          "配信ごとの宛先の人数。災害時の例外で小さな宛先に送ったものを区別します。",
        en:
          "People a campaign was meant for; those sent to a small audience by the disaster exception are told apart.",
      },
      keys: {
        campaignId: code({ ja: "配信", en: "Campaign" }),
        mode: mode(),
        override: oneOf({ ja: "災害時の例外", en: "Disaster exception" }, {
          true: { ja: "あり", en: "Yes" },
          false: { ja: "なし", en: "No" },
        }),
      },
      people: { ja: "宛先の人数", en: "Audience" },
    }),
    ...family("campaigns", {
      title: { ja: "配信ごとの到達", en: "Reach of campaigns" },
      description: {
        ja: "配信と段階ごとの人数",
        en: "People by campaign and step",
      },
      keys: { campaignId: code({ ja: "配信", en: "Campaign" }), step: step() },
      people,
      by: ["district", "age"],
    }),
    ...family("reach", {
      title: { ja: "区分ごとの到達", en: "Reach by mode" },
      description: {
        ja: "平時・訓練・災害ごとの人数",
        en: "People reached on ordinary days, in drills and in disasters",
      },
      keys: { mode: mode(), step: step() },
      people,
      by: ["district", "tier"],
    }),
    ...family("pushes", {
      title: { ja: "分野ごとのプッシュ通知", en: "Push notices by topic" },
      description: {
        ja:
          "分野と段階ごとの人数と件数。件数を人数で割ると1人が受け取った数です。",
        en:
          "People and notices by topic and step; notices over people is what one person got.",
      },
      keys: { topic: topic(), step: pushStep() },
      people,
      by: ["district", "age"],
    }),
    ...family("push_apps", {
      title: {
        ja: "ミニアプリごとのプッシュ通知",
        en: "Push notices by mini-app",
      },
      description: {
        ja: "ミニアプリと段階ごとの人数",
        en: "People by mini-app and step",
      },
      keys: { miniAppId: miniApp(), step: pushStep() },
      people,
    }),
    ...family("waste", {
      title: { ja: "ごみの日の通知", en: "Waste-day reminders" },
      description: {
        ja: "収集地区と段階ごとの人数",
        en: "People by collection area and step",
      },
      keys: {
        area: code({ ja: "収集地区", en: "Collection area" }),
        step: step(),
      },
      people,
    }),
    ...family("library", {
      title: { ja: "図書館の通知", en: "Library notices" },
      description: {
        ja: "種類と段階ごとの人数（書名は扱いません）",
        en: "People by kind and step; no title is taken",
      },
      keys: { kind: code({ ja: "種類", en: "Kind" }), step: step() },
      people,
      by: ["age"],
    }),
    ...family("popups", {
      title: { ja: "ポップアップ", en: "Pop-ups" },
      description: {
        ja: "お知らせポップアップを表示・閉じた人数",
        en: "People who were shown a pop-up and closed it",
      },
      keys: {
        popupId: code({ ja: "ポップアップ", en: "Pop-up" }),
        step: code({ ja: "段階", en: "Step" }),
      },
      people,
    }),
    ...family("topics", {
      title: { ja: "関心のある分野", en: "Topics of interest" },
      description: {
        ja: "受け取る分野を選んだ人数",
        en: "People who chose to hear of a topic",
      },
      keys: { topic: topic() },
      people,
      by: ["district", "ageSex"],
    }),
    ...family("areas", {
      title: { ja: "関心のある地区", en: "Areas of interest" },
      description: {
        ja: "選んだ地区ごとの人数。住んでいる校区とは別です。",
        en:
          "People by the area they chose to hear of, which is not where they live.",
      },
      keys: { areaCode: code({ ja: "関心のある地区", en: "Area" }) },
      people,
      by: ["district"],
    }),
    ...family("safety_mails", {
      title: { ja: "家族への安否メール", en: "Mails to families" },
      description: {
        ja: "避難所への入所を家族に知らせたメールの通数（宛先は扱いません）",
        en: "Mails that told families of an arrival; no address is taken",
      },
      keys: {
        mode: mode(),
        outcome: oneOf({ ja: "結果", en: "Outcome" }, {
          sent: { ja: "送信", en: "Sent" },
          failed: { ja: "不達", en: "Failed" },
        }),
      },
      people: { ja: "通数", en: "Mails" },
    }),
  },
});
