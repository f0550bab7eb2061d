import { z } from "zod";
import { about } from "../column.ts";
import { key, register, words } from "./register.ts";

/** Queries that somebody wants to ask again, and others to read. */
export const queries = register({
  id: "queries",
  title: { ja: "保存した照会", en: "Saved queries" },
  description: {
    ja:
      "公開済みの表への照会（SQL）に名前をつけて保存します。名前ごとに、だれでも開ける画面のアドレスができます。",
    en:
      "Queries over released tables in SQL, by name; each has an address that anybody can open",
  },
  keptByAnalysts: true,
  row: z.object({
    id: key({
      ja: "コード（アドレスの一部）",
      en: "Code, part of the address",
    }),
    nameJa: words({ ja: "名前（日本語）", en: "Name (Japanese)" }),
    nameEn: words({ ja: "名前（英語）", en: "Name (English)" }),
    /** The section that answers for it; otherwise whoever saved it, by role. */
    ownerJa: words({ ja: "所管（日本語）", en: "Owner (Japanese)" }).optional(),
    ownerEn: words({ ja: "所管（英語）", en: "Owner (English)" }).optional(),
    sql: z.string().trim().min(1).max(20_000).meta(about({
      title: { ja: "照会（SQL）", en: "Query (SQL)" },
    })),
  }).refine(
    ({ ownerJa, ownerEn }) =>
      (ownerJa === undefined) === (ownerEn === undefined),
    { path: ["ownerEn"], error: "An owner is named in both languages" },
  ),
});
