import {
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SECONDS,
  SHARE,
  TIMES,
} from "../metric.ts";

const owner = OWNERS.digital;

/** How many have registered, and how registering goes. */
export const registrationMetrics: readonly Metric[] = [
  metric("registrants", "registrants.registrants.registrants", {
    title: { ja: "登録者数（累計）", en: "Registrants so far" },
    definition: {
      ja:
        "その日の終わりまでにアプリに登録した人の数。カードとメールの両方を含み、1人は1回だけ数えます。",
      en:
        "People registered at the app up to the end of the day, by card or e-mail, each counted once.",
    },
    additivity: "stock",
    sums: ["tier"],
    unit: PERSONS,
    owner,
  }),
  metric("card_registrants", "registrants.registrants.registrants", {
    title: {
      ja: "カードによる登録者数（累計）",
      en: "Card registrants so far",
    },
    definition: {
      ja:
        "マイナンバーカードで本人確認して登録した人の累計。校区・年齢・性別はこの人たちについてだけ確かめられます。",
      en:
        "People registered with their My Number Card so far; district, age and sex are verified for them alone.",
    },
    at: { tier: "jpki" },
    additivity: "stock",
    unit: PERSONS,
    owner,
  }),
  metric("card_share", "registrants.registrants.registrants", {
    title: { ja: "カードによる登録の割合", en: "Registered by card" },
    definition: {
      ja: "登録者のうち、マイナンバーカードで登録した人の割合。",
      en: "Card registrants among all registrants.",
    },
    at: { tier: "jpki" },
    over: "registrants.registrants.registrants",
    additivity: "stock",
    sums: ["tier"],
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("registrants_per_head", "registrants.registrants.registrants", {
    title: { ja: "人口に対する登録者", en: "Registrants per inhabitant" },
    definition: {
      ja:
        "登録者数を住民基本台帳の人口で割った値。市外の登録者も分子に含みます。",
      en:
        "Registrants over the resident register's population; people from outside count above the line.",
    },
    over: "inhabitants",
    additivity: "stock",
    sums: ["tier"],
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("card_registration_rate", "registrants.registrants.registrants", {
    title: {
      ja: "校区人口に対するカード登録者",
      en: "Card registrants per inhabitant of the district",
    },
    definition: {
      ja: "カードで登録した人を、その校区の人口で割った値。",
      en: "Card registrants over the inhabitants of the same school district.",
    },
    at: { tier: "jpki" },
    over: "inhabitants",
    additivity: "stock",
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("registered_of_installs", "registrants.registrants.registrants", {
    title: { ja: "インストールに対する登録者", en: "Registrants per install" },
    definition: {
      ja:
        "登録者数をアプリストアの累計インストール数で割った値。規約に同意せず入れただけの人がどれだけいるかの目安です。1人が複数の端末に入れることがあります。",
      en:
        "Registrants over the stores' cumulative installs: how many go on after installing. One person may install on several devices.",
    },
    over: "registrants.installs.installs",
    additivity: "stock",
    sums: ["tier", "os"],
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("installs", "registrants.installs.installs", {
    title: { ja: "累計インストール数", en: "Installs so far" },
    definition: {
      ja:
        "アプリストアが報告するインストールの累計。登録者数とは別の数え方です。",
      en:
        "Cumulative installs as the app stores report them, which is not registrants.",
    },
    additivity: "stock",
    sums: ["os"],
    unit: TIMES,
    owner,
  }),
  metric("new_registrants", "registration.registered.people", {
    title: { ja: "新しい登録者", en: "New registrants" },
    definition: {
      ja: "その月に登録を終えた人の数。1人は1つの方法で数えます。",
      en: "People who completed registration in the month, each by one method.",
    },
    additivity: "people",
    sums: ["method"],
    unit: PERSONS,
    owner,
  }),
  metric("step_people", "registration.completed.people", {
    title: { ja: "手順を終えた人", en: "People who completed a step" },
    definition: {
      ja:
        "その月に登録の各手順を終えた人の数。手順どうしは足し合わせません（同じ人がいます）。",
      en:
        "People who completed a step of registering in the month; steps are never added up, being of the same people.",
    },
    additivity: "people",
    unit: PERSONS,
    level: "activity",
    owner,
  }),
  metric("registration_failures", "registration.failures.count", {
    title: { ja: "登録の失敗", en: "Failures of registering" },
    definition: {
      ja:
        "登録の途中で起きた失敗の件数。同じ人が何度か失敗することがあります。",
      en: "Failures while registering; one person may fail several times.",
    },
    unit: TIMES,
    better: "down",
    level: "activity",
    owner,
  }),
  metric("step_seconds", "registration.step_times.median", {
    title: { ja: "手順の所要時間（中央値）", en: "Time of a step, median" },
    definition: {
      ja: "終えた手順にかかった時間の中央値。",
      en: "Median time that completed steps took.",
    },
    additivity: "none",
    format: "decimal",
    unit: SECONDS,
    better: "down",
    level: "activity",
    owner,
  }),
  metric("terms_agreed", "registration.terms.people", {
    title: { ja: "規約に同意した人", en: "People who agreed to the terms" },
    definition: {
      ja: "その月に利用規約の版に同意した人の数。",
      en: "People who agreed to a version of the terms in the month.",
    },
    additivity: "people",
    unit: PERSONS,
    level: "activity",
    owner,
  }),
  metric("account_changes", "registration.changes.people", {
    title: { ja: "登録の変更", en: "Changes of accounts" },
    definition: {
      ja:
        "その月に切替・再発行・統合・解除をした人の数。統合は二重登録が見つかった数で、生涯1人1アカウントの確かめになります。",
      en:
        "People who upgraded, were reissued, merged or closed an account. Merged ones are duplicates that were found.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("contact_people", "registration.contacts.people", {
    title: { ja: "連絡先を登録した人", en: "People with a way to contact" },
    definition: {
      ja:
        "月末に電話やメールを登録している人の数。番号とアドレスは受け取りません。",
      en:
        "People with a phone or e-mail address at the end of the month; neither is taken.",
    },
    additivity: "stock",
    sums: ["ageGroup"],
    unit: PERSONS,
    better: "neither",
    level: "context",
    owner,
  }),
  metric("nfc_people", "registration.devices.people", {
    title: { ja: "端末のNFC", en: "Phones with NFC" },
    definition: {
      ja:
        "その月の利用者のうち、カードの読取りに要るNFCが端末にある人・ない人の数。",
      en:
        "Users of the month by whether their phone has NFC, which reading the card needs.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "context",
    owner,
  }),
  metric("channel_people", "registration.channels.people", {
    title: { ja: "登録のきっかけ", en: "Channels of registration" },
    definition: {
      ja: "チラシ・行事などのきっかけごとの、その月の登録者数。",
      en: "Registrants of the month by flyer, event or other channel.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner,
  }),
];
