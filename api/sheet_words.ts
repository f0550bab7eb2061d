import type { Text } from "@hiraku/kernel";
import type { Finding } from "@hiraku/opendata";

/** What the officer's pages say. */
export const TEXT = {
  title: { ja: "オープンデータの公開", en: "Publish open data" },
  check: { ja: "ファイルを検査する", en: "Check a file" },
  how: {
    ja:
      "CSVかXLSXを選ぶか、枠に落としてください。旧版の様式は現行版に直します。公開は内容を確かめてからです。",
    en:
      "Choose a CSV or XLSX file, or drop it on the field. Older editions are converted. Nothing is published before you have seen it.",
  },
  file: { ja: "ファイル", en: "File" },
  sheet: { ja: "様式", en: "Sheet" },
  recognise: { ja: "見出しから判断する", en: "Tell from the header" },
  run: { ja: "検査する", en: "Check" },
  events: {
    ja: "行事の台帳からイベント一覧（12）を作る",
    en: "Make the list of events (12) from the register",
  },
  drafts: { ja: "公開していないファイル", en: "Files not yet published" },
  noDrafts: { ja: "ありません。", en: "None." },
  public: { ja: "公開中のデータ", en: "Public data" },
  dataset: { ja: "データ", en: "Data" },
  version: { ja: "版", en: "Version" },
  withdraw: { ja: "取り下げる", en: "Withdraw" },
  reason: { ja: "理由", en: "Reason" },
  feedback: { ja: "届いた要望・意見", en: "Requests and feedback" },
  findings: { ja: "見つかったこと", en: "Findings" },
  clean: { ja: "見つかった問題はありません。", en: "Nothing was found." },
  row: { ja: "行", en: "Row" },
  column: { ja: "列", en: "Column" },
  what: { ja: "内容", en: "What" },
  found: { ja: "今の値", en: "Found" },
  asks: { ja: "標準が求める形", en: "The standard asks" },
  proposal: { ja: "修正案", en: "Proposal" },
  more: {
    ja: "最初の500件を示しています。",
    en: "The first 500 are shown.",
  },
  corrected: {
    ja: "修正済みCSVをダウンロード",
    en: "Download the corrected CSV",
  },
  lost: {
    ja: "現行版に置き場のない列（公開されません）",
    en: "Columns without a place in the current edition (not published)",
  },
  empty: { ja: "空になる列", en: "Columns that stay empty" },
  preview: { ja: "公開される内容", en: "What will be public" },
  differences: { ja: "前の版との違い", en: "Differences to the last version" },
  first: { ja: "最初の版です。", en: "This is the first version." },
  publish: { ja: "公開する", en: "Publish" },
  why: {
    ja: "公開の理由（記録に残ります）",
    en: "Why (kept in the audit log)",
  },
  from: { ja: "公開日（空欄はすぐ）", en: "Public from (empty: now)" },
  correction: {
    ja: "誤りの訂正なら、その説明（公開されます）",
    en: "If it corrects a mistake: what was wrong (public)",
  },
  persons: {
    ja: "個人に関わりうる列を公開することを確認した",
    en: "I mean to publish columns that may speak of persons",
  },
  errors: {
    ja: "誤りが残っていることを承知で公開する",
    en: "I mean to publish although errors remain",
  },
  drop: { ja: "公開せずに消す", en: "Drop without publishing" },
  noSheet: {
    ja:
      "標準の様式に当てはまらないため、統計表の規則で検査しました。ここからは公開できません。",
    en:
      "It follows no standard sheet and was held against the rules for statistical tables. It cannot be published from here.",
  },
} as const satisfies Record<string, Text>;

export const SEVERITIES: Readonly<Record<Finding["severity"], Text>> = {
  error: { ja: "誤り", en: "Error" },
  warning: { ja: "注意", en: "Warning" },
  info: { ja: "参考", en: "Note" },
};
