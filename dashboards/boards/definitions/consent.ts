import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf } from "../board.ts";

/** Consent and flows of data. */
export const consent: Board = {
  id: "consent",
  title: { ja: "同意とデータ連携", en: "Consent and data flows" },
  question: {
    ja: "利用の分析は、どの同意に基づいているか。",
    en: "On which consent does the analysis of use rest?",
  },
  decision: {
    ja: "目的ごとの説明の見直しと連携契約の更新",
    en: "How to explain purposes, and which contracts to renew",
  },
  owner: OWNERS.digital,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "consent_granted" },
    { metric: "transfers" },
  ],
  charts: [
    grid(
      "purposes",
      { ja: "目的と回答", en: "Purposes and decisions" },
      "consent_people",
      "purposeId",
      "decision",
    ),
    bars(
      "granted",
      { ja: "目的ごとの同意の割合", en: "Granted by purpose" },
      "consent_granted",
      "purposeId",
    ),
    bars(
      "granted-ages",
      { ja: "年齢別の同意の割合", en: "Granted by age group" },
      "consent_granted",
      "ageGroup",
      { order: "code" },
    ),
    listOf(
      "flows",
      { ja: "データ連携", en: "Data flows" },
      "consent_status.flows",
      ["contractId", "from", "to", "registered", "transfers", "rows"],
    ),
  ],
  filters: [],
};
