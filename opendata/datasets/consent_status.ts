import { z } from "zod";
import { code, month, oneOf, steps, times } from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, figures } from "../family.ts";

/** Who agreed to what, and what flows where. */
export const consentStatus = dataset({
  id: "consent_status",
  title: { ja: "同意状況", en: "Consent" },
  description: {
    ja:
      "目的ごとの同意・拒否・撤回の人数、外部サービスとのID連携、データ連携契約ごとの件数です。",
    en:
      "People who agreed, refused and withdrew by purpose, links of ids to outside services, and volumes by data-flow contract.",
  },
  cadence: "monthly",
  theme: "GOVE",
  purpose: {
    ja: "個人情報の使われ方を市民に示すため",
    en: "To show residents how personal data are used",
  },
  keywords: [{ ja: "同意", en: "consent" }],
  tables: {
    ...family("decisions", {
      title: { ja: "同意", en: "Decisions" },
      description: {
        ja: "目的と回答ごとの人数",
        en: "People by purpose and decision",
      },
      keys: {
        purposeId: code({ ja: "目的", en: "Purpose" }),
        decision: oneOf({ ja: "回答", en: "Decision" }, {
          requested: { ja: "確認", en: "Asked" },
          granted: { ja: "同意", en: "Granted" },
          denied: { ja: "拒否", en: "Denied" },
          withdrawn: { ja: "撤回", en: "Withdrawn" },
        }),
      },
      by: ["age", "tier"],
    }),
    ...family("by_app", {
      title: { ja: "ミニアプリごとの同意", en: "By mini-app" },
      description: {
        ja: "ミニアプリと回答ごとの人数",
        en: "People by mini-app and decision",
      },
      keys: {
        app: code({ ja: "ミニアプリ", en: "Mini-app" }),
        decision: code({ ja: "回答", en: "Decision" }),
      },
    }),
    ...family("id_links", {
      title: { ja: "ID連携", en: "Links of ids" },
      description: {
        ja: "連携先ごとに連携・解除した人数。連携先ごとに別の仮名を渡します。",
        en:
          "People who linked and unlinked an outside service; each gets pseudonyms of its own",
      },
      keys: {
        recipient: code({ ja: "連携先", en: "Service" }),
        step: steps({ ja: "区分", en: "Step" }, {
          created: { ja: "連携", en: "Linked" },
          revoked: { ja: "解除", en: "Unlinked" },
        }),
      },
    }),
    flows: figures({
      title: { ja: "データ連携", en: "Data flows" },
      description: {
        ja: "契約ごとの提供元・提供先・回数・行数と、契約の登録の有無",
        en:
          "From, to, times and rows of each contract, and whether it is registered",
      },
      row: z.object({
        month: month(),
        contractId: code({ ja: "契約", en: "Contract" }),
        from: code({ ja: "提供元", en: "From" }),
        to: code({ ja: "提供先", en: "To" }),
        registered: oneOf({ ja: "登録", en: "Registered" }, {
          yes: { ja: "あり", en: "Yes" },
          no: { ja: "なし", en: "No" },
        }),
        transfers: times({ ja: "回数", en: "Transfers" }),
        rows: times({ ja: "行数", en: "Rows" }),
      }),
      period: "month",
      measures: ["transfers", "rows"],
      reason: {
        ja: "連携の量であり、個人の数ではないため",
        en: "Volumes of transfers, which count no person",
      },
    }),
  },
});
