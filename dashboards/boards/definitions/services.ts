import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, funnel, grid, trend } from "../board.ts";

/** Procedures and bookings. */
export const services: Board = {
  id: "services",
  title: { ja: "手続と予約", en: "Procedures and bookings" },
  question: {
    ja: "手続はいつでもどこでもできるようになり、窓口の負担は減ったか。",
    en:
      "Can procedures be done at any time and place, and is the counter relieved?",
  },
  decision: {
    ja: "次にオンライン化する手続",
    en: "Which procedure to put online next",
  },
  owner: OWNERS.counters,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "online_share" },
    { metric: "off_hours_share" },
    { metric: "contacts" },
    { metric: "hours_saved" },
  ],
  charts: [
    funnel(
      "funnel",
      { ja: "申請の開始から完了まで", en: "From starting to completion" },
      "applications",
      "step",
      ["started", "submitted", "completed"],
    ),
    bars(
      "channels",
      { ja: "申請の経路", en: "Ways of applying" },
      "channel_applications",
      "channel",
      { order: "code" },
    ),
    bars(
      "procedures",
      { ja: "手続ごとのオンラインの割合", en: "Made online, by procedure" },
      "online_share",
      "procedureId",
    ),
    trend("online", {
      ja: "オンラインの割合の推移",
      en: "Made online over time",
    }, ["online_share", "off_hours_share"]),
    grid(
      "bookings",
      { ja: "予約の種類と段階", en: "Bookings by kind and step" },
      "bookings",
      "kind",
      "step",
    ),
    bars(
      "lead",
      { ja: "予約から利用まで", en: "Lead time" },
      "lead_days",
      "kind",
      { order: "code" },
    ),
    grid(
      "facilities",
      { ja: "施設と時間帯", en: "Facilities by hour" },
      "facility_bookings",
      "facilityId",
      "hour",
    ),
    trend(
      "contacts",
      { ja: "窓口・電話の件数", en: "Contacts over time" },
      "contacts",
    ),
    bars(
      "saved",
      { ja: "業務ごとの時間の削減", en: "Time saved by process" },
      "hours_saved",
      "processId",
    ),
  ],
  filters: [],
};
