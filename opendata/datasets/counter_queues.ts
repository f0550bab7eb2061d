import { z } from "zod";
import { code, figure, month, oneOf, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

const people = { ja: "人", en: "people" };
const reason = {
  ja: "窓口の番号札の待ち人数であり、誰が並んだかを含まないため",
  en: "Lengths of queues by ticket, without who stood in them",
};

/** How long the queues of the city hall are, by day of the week and hour. */
export const counterQueues = dataset({
  id: "counter_queues",
  title: { ja: "窓口混雑状況", en: "Counter queues" },
  description: {
    ja: "窓口ごとの曜日・時間帯別の待ち人数と、そこから見込まれる混雑です。",
    en:
      "Queues of each counter by day of the week and hour, and what is to be expected.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "すいている時間に来庁できるようにするため",
    en: "To let people come when queues are short",
  },
  keywords: [{ ja: "窓口", en: "counters" }],
  tables: {
    hours: figures({
      title: { ja: "曜日・時間帯", en: "By weekday and hour" },
      description: {
        ja: "月ごとの待ち人数の平均・最大と観測回数。曜日は月曜が1です。",
        en:
          "Mean and longest queue of the month and how often it was observed; Monday is 1",
      },
      row: z.object({
        month: month(),
        counterId: code({ ja: "窓口", en: "Counter" }),
        weekday: oneOf({ ja: "曜日", en: "Weekday" }, {
          1: { ja: "月", en: "Monday" },
          2: { ja: "火", en: "Tuesday" },
          3: { ja: "水", en: "Wednesday" },
          4: { ja: "木", en: "Thursday" },
          5: { ja: "金", en: "Friday" },
          6: { ja: "土", en: "Saturday" },
          7: { ja: "日", en: "Sunday" },
        }),
        hour: code({ ja: "時", en: "Hour" }),
        meanWaiting: figure({ ja: "平均待ち人数", en: "Mean queue" }, people),
        maxWaiting: figure({ ja: "最大待ち人数", en: "Longest queue" }, people),
        observations: times({ ja: "観測回数", en: "Observations" }),
      }),
      period: "month",
      measures: ["meanWaiting", "maxWaiting", "observations"],
      reason,
    }),
    expected: figures({
      title: { ja: "見込み", en: "Expected" },
      description: {
        ja:
          "直近3か月の同じ曜日・時間帯の平均から見込む待ち人数。誤差は見込みと実際の差の平均です。",
        en:
          "Queue expected from the same weekday and hour of the last three months; the error is how far such a forecast was off on average",
      },
      row: z.object({
        month: month(),
        counterId: code({ ja: "窓口", en: "Counter" }),
        weekday: code({ ja: "曜日", en: "Weekday" }),
        hour: code({ ja: "時", en: "Hour" }),
        expected: figure({ ja: "見込み", en: "Expected" }, people),
        error: figure({ ja: "平均誤差", en: "Mean error" }, people).nullable(),
      }),
      period: "month",
      measures: ["expected", "error"],
      reason,
    }),
  },
});
