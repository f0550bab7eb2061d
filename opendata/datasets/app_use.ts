import { code, miniApp, oneOf, steps } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, spread } from "../family.ts";

const yesNo = {
  true: { ja: "はい", en: "Yes" },
  false: { ja: "いいえ", en: "No" },
  unknown: { ja: "不明", en: "Unknown" },
};

/** How the app itself works: sessions, versions, failures, ways to a service. */
export const appUse = dataset({
  id: "app_use",
  title: { ja: "アプリの使われ方", en: "How the app is used" },
  description: {
    ja:
      "起動、版ごとの不具合、QRと追加の経路、ホーム画面での並び、サービスまでの手数、シングルサインオンの状況です。",
    en:
      "Sessions, failures by version, QR codes and ways of adding a mini-app, the home screen, taps to reach a service, and single sign-on.",
  },
  cadence: "monthly",
  purpose: {
    ja: "かんたんに使えるアプリにするため",
    en: "To make the app easy to use",
  },
  keywords: [{ ja: "アプリ", en: "app" }],
  tables: {
    ...family("sessions", {
      title: { ja: "起動", en: "Sessions" },
      description: {
        ja: "アプリの版ごとの利用者数と起動数",
        en: "Users and sessions by version of the app",
      },
      keys: { appVersion: code({ ja: "版", en: "Version" }) },
      by: ["os", "tier"],
    }),
    ...spread("session_lengths", {
      title: { ja: "利用時間", en: "Length of a session" },
      description: {
        ja: "1回の利用時間",
        en: "How long one session takes",
      },
      keys: { os: code({ ja: "OS", en: "OS" }) },
      of: { ja: "利用時間", en: "Length" },
      unit: { ja: "秒", en: "seconds" },
    }),
    ...family("features", {
      title: { ja: "機能の切替", en: "Feature flags" },
      description: {
        ja: "有効な機能ごとの利用者数",
        en: "Users by feature that is switched on",
      },
      keys: { feature: code({ ja: "機能", en: "Feature" }) },
    }),
    ...family("errors", {
      title: { ja: "不具合", en: "Failures" },
      description: {
        ja: "版と不具合の種類ごとの人数と件数",
        en: "People and failures by version and kind",
      },
      keys: {
        appVersion: code({ ja: "版", en: "Version" }),
        errorClass: code({ ja: "種類", en: "Kind" }),
      },
    }),
    ...family("listings", {
      title: { ja: "一覧での表示から起動まで", en: "From list to opening" },
      description: {
        ja: "ミニアプリごとに、一覧に表示・追加・起動した人数",
        en: "People who were shown, added and opened a mini-app",
      },
      keys: {
        miniAppId: miniApp(),
        step: steps({ ja: "段階", en: "Step" }, {
          listed: { ja: "表示", en: "Listed" },
          installed: { ja: "追加", en: "Added" },
          opened: { ja: "起動", en: "Opened" },
        }),
      },
    }),
    ...family("installs", {
      title: { ja: "追加の経路", en: "Ways of adding" },
      description: {
        ja: "経路と掲示場所ごとにミニアプリを追加した人数",
        en: "People who added a mini-app, by way and place of the code",
      },
      keys: {
        source: oneOf({ ja: "経路", en: "Way" }, {
          qr: { ja: "QR", en: "QR code" },
          list: { ja: "一覧", en: "List" },
          push: { ja: "通知", en: "Notice" },
        }),
        placementId: code({ ja: "掲示場所", en: "Place" }),
      },
    }),
    ...family("qr_to_use", {
      title: { ja: "QRから初めての利用まで", en: "From QR code to first use" },
      description: {
        ja: "ミニアプリのQRを読んだ人のうち、追加した人・利用した人",
        en: "Of those who scanned a mini-app's code: who added and who used it",
      },
      keys: {
        step: steps({ ja: "段階", en: "Step" }, {
          scanned: { ja: "読取り", en: "Scanned" },
          installed: { ja: "追加", en: "Added" },
          opened: { ja: "利用", en: "Used" },
        }),
      },
    }),
    ...family("qr", {
      title: { ja: "QRの読取り", en: "QR codes" },
      description: {
        ja: "種類と結果ごとの人数と件数",
        en: "People and scans by kind and outcome",
      },
      keys: {
        kind: code({ ja: "種類", en: "Kind" }),
        outcome: code({ ja: "結果", en: "Outcome" }),
      },
    }),
    ...family("qr_places", {
      title: { ja: "QRの掲示場所", en: "Places of QR codes" },
      description: {
        ja: "掲示場所ごとの人数と件数",
        en: "People and scans by place",
      },
      keys: { placementId: code({ ja: "掲示場所", en: "Place" }) },
    }),
    ...family("home", {
      title: { ja: "ホーム画面", en: "Home screen" },
      description: {
        ja: "ホーム画面に置いた人数と、上位4つに置いた人数",
        en:
          "People who have a mini-app on their home screen, and among its first four",
      },
      keys: {
        miniAppId: miniApp(),
        place: oneOf({ ja: "位置", en: "Place" }, {
          top: { ja: "上位4つ", en: "First four" },
          below: { ja: "それ以外", en: "Below" },
        }),
      },
    }),
    ...spread("taps", {
      title: { ja: "サービスまでの手数", en: "Taps to a service" },
      description: {
        ja: "ホームからミニアプリまでのタップ数",
        en: "Taps from the home screen to a mini-app",
      },
      keys: { miniAppId: miniApp() },
      of: { ja: "タップ数", en: "Taps" },
      unit: { ja: "回", en: "taps" },
    }),
    ...spread("ways", {
      title: { ja: "サービスまでの時間", en: "Time to a service" },
      description: {
        ja: "ホームからミニアプリまでの時間",
        en: "Time from the home screen to a mini-app",
      },
      keys: { miniAppId: miniApp() },
      of: { ja: "時間", en: "Time" },
      unit: { ja: "秒", en: "seconds" },
    }),
    ...family("tasks", {
      title: { ja: "目的の達成", en: "Tasks completed" },
      description: {
        ja: "ミニアプリを閉じたときに目的を達していた人数",
        en: "People who had completed their task when they closed a mini-app",
      },
      keys: {
        miniAppId: miniApp(),
        completed: oneOf({ ja: "達成", en: "Completed" }, yesNo),
      },
    }),
    ...family("logins", {
      title: { ja: "ログイン", en: "Sign-ins" },
      description: {
        ja: "認証基盤と結果ごとの人数。シングルサインオンの割合を見ます。",
        en:
          "People by identity provider and outcome, single sign-on told apart",
      },
      keys: {
        idp: code({ ja: "認証基盤", en: "Provider" }),
        outcome: oneOf({ ja: "結果", en: "Outcome" }, {
          sso: { ja: "シングルサインオン", en: "Single sign-on" },
          login: { ja: "ログイン", en: "Signed in" },
          failed: { ja: "失敗", en: "Failed" },
        }),
      },
    }),
    ...family("modes", {
      title: { ja: "平時・訓練・災害", en: "By mode" },
      description: {
        ja:
          "区分ごとのミニアプリ利用者数。日常と非常時で同じアプリが使われます。",
        en: "Users of mini-apps on ordinary days, in drills and in disasters",
      },
      keys: {
        mode: oneOf({ ja: "区分", en: "Mode" }, {
          normal: { ja: "平時", en: "Normal" },
          drill: { ja: "訓練", en: "Drill" },
          disaster: { ja: "災害", en: "Disaster" },
        }),
      },
      by: ["district"],
    }),
  },
});
