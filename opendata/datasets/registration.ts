import { ageGroup, code, month, oneOf, persons, steps } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, spread } from "../family.ts";
import { z } from "zod";

const route = () =>
  oneOf({ ja: "登録経路", en: "Route" }, {
    card: { ja: "マイナンバーカード", en: "My Number Card" },
    email: { ja: "メール", en: "E-mail" },
  });

const step = () =>
  steps({ ja: "手順", en: "Step" }, {
    1: { ja: "利用規約", en: "Terms of use" },
    2: { ja: "暗証番号・メール", en: "PIN or address" },
    3: { ja: "読取り・リンク", en: "Reading or link" },
    4: { ja: "ホーム画面", en: "Home screen" },
    5: { ja: "完了", en: "Done" },
  });

const method = () =>
  oneOf({ ja: "登録方法", en: "Method" }, {
    "jpki-card": { ja: "マイナンバーカード", en: "My Number Card" },
    "jpki-phone": { ja: "スマホ用電子証明書", en: "Certificate in the phone" },
    email: { ja: "メール", en: "E-mail" },
    unknown: { ja: "不明", en: "Unknown" },
  });

/** How people come to be registered: steps, ways, channels, devices. */
export const registration = dataset({
  id: "registration",
  title: { ja: "登録の流れ", en: "Registration" },
  description: {
    ja:
      "アプリの登録手順ごとの到達人数、登録方法、きっかけ、規約への同意、端末の内訳です。",
    en:
      "People at each step of registering, ways and channels of registration, terms agreed to and devices.",
  },
  cadence: "monthly",
  purpose: {
    ja: "登録でつまずく箇所を減らすため",
    en: "To find where registering fails and to mend it",
  },
  keywords: [{ ja: "登録", en: "registration" }],
  tables: {
    ...family("steps", {
      title: { ja: "手順と結果", en: "Steps and outcomes" },
      description: {
        ja: "登録経路・手順・結果ごとの人数",
        en: "People by route, step and outcome",
      },
      keys: {
        route: route(),
        step: step(),
        outcome: oneOf({ ja: "結果", en: "Outcome" }, {
          started: { ja: "開始", en: "Started" },
          done: { ja: "完了", en: "Done" },
          failed: { ja: "失敗", en: "Failed" },
          left: { ja: "離脱", en: "Left" },
        }),
      },
    }),
    ...family("completed", {
      title: { ja: "手順の完了", en: "Steps completed" },
      description: {
        ja: "登録経路・手順ごとに完了した人数",
        en: "People who completed a step, by route",
      },
      keys: { route: route(), step: step() },
      by: ["age", "os"],
    }),
    ...family("failures", {
      title: { ja: "失敗の種類", en: "Failures" },
      description: {
        ja: "登録経路・失敗の種類ごとの人数",
        en: "People by route and kind of failure",
      },
      keys: {
        route: route(),
        errorClass: code({ ja: "失敗の種類", en: "Kind of failure" }),
      },
      by: ["os"],
    }),
    ...spread("step_times", {
      title: { ja: "手順の所要時間", en: "Time of a step" },
      description: {
        ja: "完了した手順にかかった時間",
        en: "Time that completed steps took",
      },
      keys: { route: route(), step: step() },
      of: { ja: "所要時間", en: "Time" },
      unit: { ja: "秒", en: "seconds" },
    }),
    ...family("registered", {
      title: { ja: "新しい登録者", en: "New registrants" },
      description: {
        ja: "登録方法ごとに月に登録した人数",
        en: "People who registered in the month, by method",
      },
      keys: { method: method() },
      by: ["district", "ageSex", "origin"],
    }),
    ...family("channels", {
      title: { ja: "登録のきっかけ", en: "Channels" },
      description: {
        ja: "チラシ・行事などのきっかけごとに登録した人数",
        en: "People who registered, by the flyer, event or other channel",
      },
      keys: { channelId: code({ ja: "きっかけ", en: "Channel" }) },
      by: ["ageSex", "tier"],
    }),
    contacts: {
      title: { ja: "連絡先の登録", en: "Ways to contact" },
      description: {
        ja:
          "月末時点で電話・メールを登録している人数（番号やアドレスは受け取りません）",
        en:
          "People with a phone or e-mail address at the end of the month; neither is taken",
      },
      row: z.object({
        month: month(),
        contact: oneOf({ ja: "連絡先", en: "Contact" }, {
          both: { ja: "電話とメール", en: "Phone and e-mail" },
          phone: { ja: "電話", en: "Phone" },
          email: { ja: "メール", en: "E-mail" },
          none: { ja: "なし", en: "None" },
        }),
        ageGroup: ageGroup(),
        people: persons({ ja: "人数", en: "People" }),
      }),
      period: "month",
      dimensions: ["contact", "ageGroup"],
      measures: ["people"],
      disclosure: { kind: "flow", people: "people" },
    },
    ...family("changes", {
      title: { ja: "登録の変更", en: "Changes of accounts" },
      description: {
        ja: "本人確認への切替・再発行・統合・解除の人数",
        en: "People who upgraded, were reissued, merged or closed an account",
      },
      keys: {
        change: oneOf({ ja: "変更", en: "Change" }, {
          upgraded: { ja: "本人確認への切替", en: "Upgraded" },
          reissued: { ja: "再発行", en: "Reissued" },
          merged: { ja: "統合", en: "Merged" },
          closed: { ja: "解除", en: "Closed" },
        }),
      },
      by: ["ageSex"],
    }),
    ...family("terms", {
      title: { ja: "利用規約への同意", en: "Terms agreed to" },
      description: {
        ja: "規約の版ごとに同意した人数",
        en: "People who agreed to a version of the terms",
      },
      keys: { docVersion: code({ ja: "規約の版", en: "Version" }) },
      by: ["tier"],
    }),
    ...family("devices", {
      title: { ja: "端末", en: "Devices" },
      description: {
        ja: "NFCの有無ごとの利用者数（カード登録にはNFCが必要です）",
        en:
          "Users by whether their phone has NFC, which registering by card needs",
      },
      keys: {
        nfc: oneOf({ ja: "NFC", en: "NFC" }, {
          true: { ja: "あり", en: "Yes" },
          false: { ja: "なし", en: "No" },
          unknown: { ja: "不明", en: "Unknown" },
        }),
      },
      by: ["os", "ageSex"],
    }),
  },
});
