type Entry = Readonly<Record<string, unknown>>;

type AimRow = readonly [
  id: string,
  group: "aim" | "promise" | "problem" | "result" | "context",
  level: "output" | "outcome" | "impact" | "context",
  title: string,
  indicator: string,
  at?: readonly string[],
];

/** Stands for what shelters of the city were last opened for. */
const RECEIVED = "mode=…";

/** What a city set out to change, measured by columns of published tables. */
const AIMS: readonly AimRow[] = [
  [
    "aim-reach",
    "aim",
    "output",
    "市民がスマートフォンで市とつながる",
    "registrants.registrants.registrants",
    ["tier=jpki"],
  ],
  [
    "promise-visit",
    "promise",
    "outcome",
    "子育ての手当をアプリで申請できる（月の人数）",
    "city_services.application_channels.people",
    ["procedureId=childcare-allowance", "channel=app"],
  ],
  [
    "promise-wait",
    "promise",
    "outcome",
    "窓口で待たせない（総合窓口、月曜10時の待ち人数）",
    "counter_queues.hours.meanWaiting",
    ["counterId=counter-01", "weekday=1", "hour=10"],
  ],
  [
    "problem-reception",
    "problem",
    "outcome",
    "避難所の受付に時間がかかる（QRの中央値、秒）",
    "shelter_record.reception_times.median",
    ["method=qr", RECEIVED],
  ],
  [
    "problem-ties",
    "problem",
    "outcome",
    "地域のつながりが薄れている",
    "community_activity.active.people",
    ["scope=all"],
  ],
  [
    "result-satisfaction",
    "result",
    "outcome",
    "利用者の満足（5段階の平均）",
    "survey_results.results.mean",
    ["question=q1"],
  ],
  [
    "result-events",
    "result",
    "outcome",
    "行事に参加する人",
    "event_attendance.modes.people",
    ["mode=normal"],
  ],
];

/** The entries of a city's register of aims. */
export function aimsOf(code: string): Entry[] {
  return [
    ...AIMS.map(([id, group, level, title, indicator, at = []]): Entry => ({
      id,
      group,
      level,
      title,
      indicator,
      at: at.map((one) =>
        one === RECEIVED
          ? `mode=${code === "252018" ? "drill" : "disaster"}`
          : one
      ),
    })),
    {
      id: "context-phones",
      group: "context",
      level: "context",
      title: "スマートフォンの保有世帯（%）",
      published: 90.6,
      source: "総務省 令和5年通信利用動向調査",
    },
  ];
}
