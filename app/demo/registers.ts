import { cityDay, type Clock } from "@hiraku/kernel";
import { type Control, registerEntries } from "@hiraku/kernel/control";
import { putEntries, registerNamed } from "@hiraku/opendata";

import { aimsOf } from "./aims.ts";
import { namesOf } from "./names.ts";
import { evaluationsOf, testedBoxes, testedLinks } from "./evaluations.ts";
import { FLOOD_DAY } from "./story.ts";
import { collectionsOf, gaugesOf } from "./city/surroundings.ts";

type Entry = Readonly<Record<string, unknown>>;

const OTSU = "252018";
const OWNER = { ja: "デジタル推進課", en: "Digital promotion section" };

/**
 * What a city would enter by hand: targets, the logic model and what happened
 * when. A register that has entries is left alone, so that changes stay.
 */
export async function demoRegisters(
  control: Control,
  clock: Clock,
  codes: readonly string[],
): Promise<void> {
  for (const code of codes) {
    const wanted: Record<string, readonly Entry[]> = {
      logic_nodes: [...nodes(code), ...testedBoxes(code)],
      logic_links: [...links(code), ...testedLinks(code)],
      evaluations: evaluationsOf(code),
      milestones: milestones(code),
      aims: aimsOf(code),
      gauges: gaugesOf(code).map((one) => ({ ...one })),
      collections: collectionsOf(code),
      queries: QUERIES,
      names: namesOf(code, cityDay(clock.now())),
      ...code === OTSU && { targets: OTSU_TARGETS },
    };
    for (const [id, entries] of Object.entries(wanted)) {
      const register = registerNamed(id);
      const place = { municipality: code, register: id };
      if (
        register === undefined ||
        (await registerEntries(control, place)).length > 0
      ) continue;
      await putEntries(control, clock, code, register, "demo", entries);
    }
  }
}

const QUERIES: readonly Entry[] = [
  {
    id: "clicks-by-month",
    nameJa: "ミニアプリのクリックと利用者が最も多いものの月次推移",
    nameEn: "Clicks of mini-apps by month, and the most users one of them had",
    ownerJa: OWNER.ja,
    ownerEn: OWNER.en,
    sql:
      "select month, sum(clicks) as clicks, max(users) as most_users from miniapp_usage.miniapp_usage group by month order by month desc",
  },
];

// 総務常任委員会 報告資料, 2025-12-11: KPI② 満足度, 5-grade.
const OTSU_TARGETS = [[2025, 3], [2026, 3.5], [2027, 4]].map((
  [fiscalYear, target],
) => ({
  id: `satisfaction-${fiscalYear}`,
  metric: "survey_mean",
  at: [`surveyId=${OTSU}-sv-2026-sat`, "question=q1"],
  fiscalYear,
  target,
  source: "総務常任委員会 報告資料（2025-12-11）KPI② 満足度",
}));

function nodes(code: string): Entry[] {
  const satisfaction = [OTSU, "412015"].includes(code)
    ? [`surveyId=${code}-sv-2026-sat`, "question=q1"]
    : [];
  const box = (
    id: string,
    level: string,
    titleJa: string,
    titleEn: string,
    metric?: string,
    why?: string,
    at: readonly string[] = [],
  ): Entry => ({
    id,
    level,
    titleJa,
    titleEn,
    at,
    ...metric !== undefined && { metric, why },
  });
  return [
    box("i-cost", "input", "事業費", "Costs", "costs", "投入した費用そのもの"),
    box(
      "i-staff",
      "input",
      "相談員と教室",
      "Staff and classes",
      "classes",
      "人手の投入を回数で見る",
    ),
    box(
      "a-onboarding",
      "activity",
      "登録相談会と教室",
      "Help with registering",
      "support_sessions",
      "対面の支援の量を見る",
    ),
    box(
      "a-apps",
      "activity",
      "ミニアプリの提供",
      "Mini-apps offered",
      "providers",
      "提供者の広がりを見る",
      ["stage=live"],
    ),
    box(
      "o-registrants",
      "output",
      "アプリ登録者",
      "App registrants",
      "registrants",
      "普及の度合いを直接表す",
    ),
    box(
      "o-card",
      "output",
      "カードによる本人確認",
      "Verified by card",
      "card_share",
      "本人確認が要るサービスの前提になる",
    ),
    box(
      "s-use",
      "outcome_short",
      "目的が達せられる",
      "Tasks get done",
      "tasks_done",
      "開いた回数でなく、用が足りたかを表す",
    ),
    box(
      "s-open",
      "outcome_short",
      "必要な知らせが読まれる",
      "Notices are read",
      "open_rate",
      "届いた数でなく、読まれた割合を表す",
    ),
    box(
      "s-satisfaction",
      "outcome_short",
      "利用者の満足",
      "Users are content",
      "survey_mean",
      "満足は本人に聞くほかに測る方法がないため、年1回たずねる",
      satisfaction,
    ),
    box(
      "m-online",
      "outcome_mid",
      "来庁せずに手続できる",
      "Procedures without a visit",
      "online_share",
      "窓口に来ない手続の割合を直接表す",
    ),
    box(
      "m-shelter",
      "outcome_mid",
      "避難所の受付が早い",
      "Fast reception at shelters",
      "reception_seconds",
      "受付にかかる時間そのもの",
      ["mode=drill", "method=qr"],
    ),
    box(
      "l-ties",
      "outcome_long",
      "地域のつながり",
      "Ties in districts",
      "active_people",
      "地域で活動した人を1人1回だけ数える",
    ),
    box(
      "p-city",
      "impact",
      "誰一人取り残さない安心なまち",
      "A safe city that leaves nobody behind",
    ),
  ];
}

function links(code: string): Entry[] {
  const link = (
    from: string,
    to: string,
    assumption: string,
    tested?: { evidence: string; evaluation: string },
  ): Entry => ({ id: `${from}.${to}`, from, to, assumption, ...tested });
  return [
    link("i-cost", "a-apps", "費用があればミニアプリを増やせる"),
    link("i-staff", "a-onboarding", "相談員がいれば相談会を開ける"),
    link("a-onboarding", "o-registrants", "相談会で登録のつまずきが解ける"),
    link("a-onboarding", "o-card", "その場でカードを読み取れる"),
    link("a-apps", "s-use", "使えるものが増えれば用が足りる"),
    link("o-registrants", "s-open", "登録者に直接知らせが届く"),
    link("o-card", "m-online", "本人確認が済んでいれば申請できる"),
    link("s-use", "s-satisfaction", "用が足りれば満足する"),
    link("s-use", "m-online", "アプリで済めば窓口に来ない"),
    link(
      "o-card",
      "m-shelter",
      "市民証のQRで受付が早くなる",
      code === OTSU
        ? {
          evidence: "3",
          evaluation: "訓練（2025-11-09）でのQRと紙の受付時間の比較",
        }
        : undefined,
    ),
    link("s-open", "l-ties", "行事を知れば参加する"),
    link("m-online", "p-city", "誰でも手続できる"),
    link("m-shelter", "p-city", "災害時に早く守れる"),
    link("l-ties", "p-city", "助け合いが残る"),
    link("s-satisfaction", "l-ties", "満足すれば使い続ける"),
  ];
}

function milestones(code: string): Entry[] {
  const known: Record<string, readonly [string, string, string, string][]> = {
    [OTSU]: [
      [`${OTSU}-launch`, "2025-10-14", "launch", "アプリ公開"],
      [`${OTSU}-koho-2025-11`, "2025-11-01", "pr", "広報おおつ 11月1日号"],
      [`${OTSU}-drill-2025`, "2025-11-09", "drill", "大津市総合防災訓練"],
      [`${OTSU}-lottery-2026`, "2026-02-10", "event", "抽選"],
      [`${OTSU}-survey-2026`, "2026-02-16", "survey", "利用者アンケート"],
    ],
    "412015": [
      ["412015-launch", "2023-06-01", "launch", "アプリ公開"],
      ["412015-citizen-card", "2023-10-01", "launch", "デジタル市民証の開始"],
      ["412015-koho-2026-02", "2026-02-01", "pr", "広報紙で地域ニュースを紹介"],
      ["412015-points-2026", "2026-04-01", "policy", "行事ポイントの付与"],
      ["412015-flood-2026", FLOOD_DAY, "disaster", "大雨と避難所の開設"],
    ],
  };
  return (known[code] ?? []).map(([id, date, kind, title]) => ({
    id,
    date,
    kind,
    title,
  }));
}
