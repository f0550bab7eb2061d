import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, trend } from "../board.ts";

/** Citizen cards and other credentials. */
export const credentials: Board = {
  id: "credentials",
  title: { ja: "デジタル市民証", en: "Digital citizen cards" },
  question: {
    ja: "市民証はどの年代に広がり、どの場面で使われているか。",
    en: "How far have digital cards spread, and where do they serve?",
  },
  decision: {
    ja: "市民証を使える場面の拡大",
    en: "Where else cards should be accepted",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    {
      metric: "credentials_issued",
      at: { kind: "id", change: "issued" },
      title: { ja: "市民証の発行", en: "Citizen cards issued" },
    },
    {
      metric: "credential_uses",
      at: { mode: "normal" },
      title: { ja: "市民証の提示（平時）", en: "Cards shown, ordinary days" },
    },
    { metric: "credential_scans" },
  ],
  charts: [
    trend(
      "issued",
      { ja: "発行の推移", en: "Issued over time" },
      "credentials_issued",
      { by: "kind", at: { change: "issued" } },
    ),
    bars(
      "age-bands",
      {
        ja: "年齢階級別の市民証の発行",
        en: "Citizen cards issued by age band",
      },
      "credentials_issued",
      "ageBand",
      { at: { kind: "id", change: "issued" }, order: "code" },
    ),
    grid(
      "contexts",
      { ja: "場面と区分", en: "Context and mode" },
      "credential_uses",
      "context",
      "mode",
    ),
    bars(
      "roles",
      { ja: "読み取った職員の役割", en: "Roles of the staff who scanned" },
      "credential_scans",
      "staffRole",
    ),
    bars(
      "outcomes",
      { ja: "読取りの結果", en: "Outcomes of scans" },
      "credential_scans",
      "outcome",
    ),
  ],
  filters: ["ageGroup"],
};
