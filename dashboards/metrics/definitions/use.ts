import {
  CLICKS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SECONDS,
  SHARE,
  TIMES,
} from "../metric.ts";

const owner = OWNERS.digital;

/** How the app and its mini-apps are used. */
export const useMetrics: readonly Metric[] = [
  metric("miniapp_users", "miniapp_usage.miniapp_usage.users", {
    title: { ja: "ミニアプリの利用者", en: "Users of a mini-app" },
    definition: {
      ja:
        "その月にミニアプリを使った人の数。同じ人は1つのミニアプリで月に1回だけ数えます。ミニアプリどうしは足し合わせません。",
      en:
        "People who used a mini-app in the month, each once a mini-app; mini-apps are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("miniapp_clicks", "miniapp_usage.miniapp_usage.clicks", {
    title: { ja: "ミニアプリのクリック", en: "Clicks of mini-apps" },
    definition: {
      ja: "その月にミニアプリを開いた回数。",
      en: "How often mini-apps were opened in the month.",
    },
    unit: CLICKS,
    owner,
  }),
  metric("clicks_per_user", "miniapp_usage.miniapp_usage.clicks", {
    title: { ja: "1人あたりのクリック", en: "Clicks a user" },
    definition: {
      ja: "ミニアプリのクリック数を、その利用者数で割った値。",
      en: "Clicks of a mini-app over its users of the month.",
    },
    over: "miniapp_usage.miniapp_usage.users",
    additivity: "people",
    format: "decimal",
    unit: CLICKS,
    owner,
  }),
  metric("clicks_so_far", "miniapp_ranking.miniapp_ranking.clicks", {
    title: {
      ja: "今月のクリック（速報）",
      en: "Clicks of this month, preliminary",
    },
    definition: {
      ja:
        "今月これまでのクリック数。新しい利用者がまとまるごとに更新し、過ぎた月の数とは比べられません。",
      en:
        "Clicks of the running month so far, moved in steps; not comparable with whole months.",
    },
    unit: CLICKS,
    owner,
  }),
  metric("sessions", "app_use.sessions.count", {
    title: { ja: "アプリの起動", en: "Sessions" },
    definition: {
      ja: "その月にアプリを起動した回数。",
      en: "Sessions of the app in the month.",
    },
    unit: CLICKS,
    level: "output",
    owner,
  }),
  metric("session_seconds", "app_use.session_lengths.median", {
    title: { ja: "利用時間（中央値）", en: "Length of a session, median" },
    definition: {
      ja: "1回の利用時間の中央値。",
      en: "Median length of one session.",
    },
    additivity: "none",
    format: "decimal",
    unit: SECONDS,
    better: "neither",
    owner,
  }),
  metric("mode_people", "app_use.modes.people", {
    title: { ja: "平時・訓練・災害の利用者", en: "Users by mode" },
    definition: {
      ja:
        "その月に、平時・訓練・災害の区分ごとにミニアプリを使った人の数。区分は混ぜず、足し合わせません。",
      en:
        "People who used mini-apps on ordinary days, in drills and in disasters; modes are never mixed or added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("listing_people", "app_use.listings.people", {
    title: { ja: "一覧での表示から起動まで", en: "From list to opening" },
    definition: {
      ja: "ミニアプリを一覧で見た人・追加した人・起動した人の数。",
      en: "People who were shown, added and opened a mini-app.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("qr_people", "app_use.qr_to_use.people", {
    title: { ja: "QRから利用まで", en: "From QR code to use" },
    definition: {
      ja:
        "その月にミニアプリのQRを読んだ人のうち、追加した人・利用した人の数。",
      en:
        "Of those who scanned a mini-app's code in the month, who added and who used it.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("tasks_done", "app_use.tasks.count", {
    title: { ja: "目的の達成率", en: "Tasks completed" },
    definition: {
      ja:
        "ミニアプリを閉じたときに目的を達していた回数の割合（わかるものに限ります）。",
      en: "Of closings of which it is known, those with the task completed.",
    },
    at: { completed: "true" },
    over: ["app_use.tasks.count", { completed: ["true", "false"] }],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("sso_share", "app_use.logins.count", {
    title: { ja: "シングルサインオンの割合", en: "Single sign-on" },
    definition: {
      ja: "ログインのうち、あらためて認証せずに済んだ割合。",
      en: "Sign-ins that needed no new authentication.",
    },
    at: { outcome: "sso" },
    over: "app_use.logins.count",
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("app_errors", "app_use.errors.count", {
    title: { ja: "不具合", en: "Failures of the app" },
    definition: {
      ja: "その月に起きた不具合の件数。",
      en: "Failures of the app in the month.",
    },
    unit: TIMES,
    better: "down",
    level: "activity",
    owner,
  }),
  metric("provider_people", "service_catalogue.provider_use.people", {
    title: { ja: "提供者の種別ごとの利用者", en: "Users by kind of provider" },
    definition: {
      ja:
        "市・企業・市民団体などの提供するミニアプリを使った人の数。種別どうしは足し合わせません。",
      en:
        "People who used mini-apps of the city, of companies or of citizens' groups; kinds are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("providers", "service_catalogue.providers.count", {
    title: { ja: "提供者", en: "Providers" },
    definition: {
      ja: "種別と段階ごとの、月末の提供者の数。",
      en: "Providers at the end of the month by kind and stage.",
    },
    additivity: "stock",
    sums: ["kind", "stage"],
    unit: TIMES,
    level: "activity",
    owner,
  }),
  metric("credentials_issued", "credentials.issued.people", {
    title: { ja: "デジタル市民証などの発行", en: "Credentials issued" },
    definition: {
      ja: "その月に発行・失効した人の数。種類どうしは足し合わせません。",
      en:
        "People a credential was issued to or revoked from in the month; kinds are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("credential_uses", "credentials.presented.count", {
    title: { ja: "市民証の提示", en: "Cards shown" },
    definition: {
      ja: "その月に市民証を提示した回数。",
      en: "How often a card was shown in the month.",
    },
    unit: CLICKS,
    owner,
  }),
  metric("credential_scans", "credentials.scanned.count", {
    title: { ja: "職員による読取り", en: "Scans by staff" },
    definition: {
      ja: "その月に職員が市民証を読み取った回数。",
      en: "How often staff scanned a card in the month.",
    },
    unit: CLICKS,
    level: "activity",
    owner,
  }),
  metric("cohort_users", "retention.cohorts.people", {
    title: { ja: "登録後に使っている人", en: "Users since registering" },
    definition: {
      ja:
        "登録した月が同じ人のうち、その月にミニアプリを使った人の数。利用の記録に同意した人だけを数えます。",
      en:
        "Of people who registered in one month, those who used a mini-app in the month shown; only those who agreed to records of use are counted.",
    },
    additivity: "people",
    level: "outcome",
    unit: PERSONS,
    owner,
  }),
];
