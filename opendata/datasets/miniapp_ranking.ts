import { z } from "zod";
import { about, clicks, miniApp, month, persons } from "../column.ts";
import { dataset, table } from "../dataset.ts";

/**
 * The running month's ranking. A pipeline hands over the whole series of the
 * month: one row per mini-app and hour, `users` and `clicks` counted from the
 * start of the month up to `steppedAt`. The rule chooses which hour is shown.
 */
export const miniappRanking = dataset({
  id: "miniapp_ranking",
  title: {
    ja: "ミニアプリ月間ランキング（速報）",
    en: "Mini-app ranking of the month (preliminary)",
  },
  description: {
    ja:
      "今月の初めからの利用者数とクリック数の速報です。新しい利用者が10人以上たまるごとに数を進めるので、最新の数人分は含みません。",
    en:
      "Preliminary users and clicks since the first of the month. A figure moves in steps of at least ten new users, so the latest few are not yet in it.",
  },
  cadence: "hourly",
  purpose: {
    ja: "市民と職員が、使われているサービスを早く知るため",
    en: "To show residents and staff early which services are used",
  },
  keywords: [
    { ja: "ミニアプリ", en: "mini-app" },
    { ja: "速報", en: "preliminary figures" },
  ],
  preliminary: true,
  tables: {
    miniapp_ranking: table({
      title: { ja: "今月の速報", en: "This month so far" },
      description: {
        ja: "「集計時点」までの月初からの利用者数とクリック数",
        en:
          "Users and clicks from the first of the month up to 'counted until'",
      },
      row: z.object({
        month: month(),
        miniAppId: miniApp(),
        steppedAt: z.iso.datetime().meta(about({
          title: { ja: "集計時点", en: "Counted until" },
        })),
        users: persons({ ja: "利用者数", en: "Users" }),
        clicks: clicks(),
      }),
      period: "month",
      dimensions: ["miniAppId", "steppedAt"],
      measures: ["users", "clicks"],
      disclosure: { kind: "step", people: "users", at: "steppedAt" },
    }),
  },
});
