import { z } from "zod";
import { about, code, day, figure, month, oneOf, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { figures } from "../family.ts";

const service = () => code({ ja: "通報の種類", en: "Service code" });
const state = () =>
  oneOf({ ja: "状態", en: "Status" }, {
    open: { ja: "対応中", en: "Open" },
    closed: { ja: "完了", en: "Closed" },
  });

/** What residents report of roads, parks and lamps, and how fast it is mended. */
export const issueReports = dataset({
  id: "issue_reports",
  title: { ja: "通報一覧", en: "Issue reports" },
  description: {
    ja:
      "市民が通報した道路・公園などの不具合と対応状況です。位置は確認後の物の位置で、通報者の情報は含みません。",
    en:
      "What residents reported of roads and parks and how it stands. Positions are of things, after moderation; nothing of the reporter is in it.",
  },
  cadence: "monthly",
  theme: "REGI",
  purpose: {
    ja: "通報への対応を見えるようにするため",
    en: "To show what is done about reports",
  },
  keywords: [{ ja: "通報", en: "issue reports" }],
  tables: {
    issue_reports: figures({
      title: { ja: "通報", en: "Reports" },
      description: {
        ja: "確認された通報1件ごとの種類・状態・日付・位置",
        en: "One row a moderated report: kind, status, days and position",
      },
      row: z.object({
        month: month(),
        issueId: code({ ja: "通報番号", en: "Report" }),
        serviceCode: service(),
        state: state(),
        reportedOn: day({ ja: "通報日", en: "Reported on" }),
        closedOn: z.string().meta(about({
          title: { ja: "完了日", en: "Closed on" },
        })),
        longitude: figure({ ja: "経度", en: "Longitude" }).nullable(),
        latitude: figure({ ja: "緯度", en: "Latitude" }).nullable(),
      }),
      period: "month",
      measures: ["longitude", "latitude"],
      reason: {
        ja: "確認済みの物の状態であり、個人を含まないため",
        en: "Moderated states of things, without a person",
      },
    }),
    backlog: figures({
      title: { ja: "対応状況", en: "Backlog" },
      description: {
        ja: "月末の未対応件数と、完了までの日数（中央値）",
        en:
          "Reports open at the end of the month, and days until they were closed",
      },
      row: z.object({
        month: month(),
        serviceCode: service(),
        reported: times({ ja: "通報", en: "Reported" }),
        closed: times({ ja: "完了", en: "Closed" }),
        open: times({ ja: "未対応", en: "Open" }),
        days: figure(
          { ja: "完了までの日数", en: "Days to close" },
          { ja: "日", en: "days" },
        ).nullable(),
      }),
      period: "month",
      measures: ["reported", "closed", "open", "days"],
      reason: {
        ja: "市の事務の件数であるため",
        en: "Cases of office work",
      },
    }),
  },
});
