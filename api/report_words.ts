import type { Text } from "@hiraku/kernel";

export const REPORT_WORDS = {
  title: { ja: "定期報告としきい値の通知", en: "Reports and alerts" },
  lead: {
    ja:
      "画面を決まった日に送り、公開済みの数値がしきい値を越えたときに知らせます。秘匿された数値を含むときは、どの場合でも越えているときだけ知らせます。",
    en:
      "Sends a board on fixed days, and tells when a released figure crosses a threshold. Where figures are withheld it tells only what holds whatever they are.",
  },
  standing: { ja: "登録済み", en: "Standing" },
  none: { ja: "まだありません。", en: "There are none yet." },
  report: { ja: "画面を定期的に送る", en: "Send a board" },
  alert: { ja: "しきい値を見張る", en: "Watch a threshold" },
  name: { ja: "名前", en: "Name" },
  board: { ja: "画面", en: "Board" },
  asked: {
    ja: "絞り込み（画面のアドレスの ? より後）",
    en: "Filters (what follows ? in the board's address)",
  },
  every: { ja: "送る日（8時）", en: "When (8:00)" },
  day: { ja: "毎日", en: "Every day" },
  week: { ja: "毎週月曜日", en: "Every Monday" },
  month: { ja: "毎月5日", en: "The 5th of every month" },
  metric: { ja: "指標", en: "Metric" },
  at: {
    ja: "行の条件（例: miniAppId=412015-ma-01; 複数は ; で区切る）",
    en: "Rows, such as miniAppId=412015-ma-01; several apart by ;",
  },
  when: { ja: "知らせるとき", en: "Tell when it is" },
  above: { ja: "超えたとき", en: "above" },
  below: { ja: "下回ったとき", en: "below" },
  threshold: { ja: "しきい値", en: "Threshold" },
  mail: {
    ja: "宛先メールアドレス（複数は ; で区切る）",
    en: "Mail addresses, apart by ;",
  },
  webhook: { ja: "Webhookのアドレス", en: "Webhook address" },
  language: { ja: "言語", en: "Language" },
  add: { ja: "登録", en: "Add" },
  pause: { ja: "止める", en: "Pause" },
  resume: { ja: "再開", en: "Resume" },
  test: { ja: "試しに送る", en: "Send a test" },
  remove: { ja: "削除", en: "Remove" },
  paused: { ja: "停止中", en: "Paused" },
  deliveries: { ja: "送信の記録", en: "Deliveries" },
  sent: { ja: "送信済み", en: "sent" },
  failed: { ja: "送れませんでした", en: "failed" },
  sending: {
    ja: "途中で止まり、届いたか分かりません（重ねては送りません）",
    en: "broken off: nobody knows whether it arrived (it is not sent twice)",
  },
  tested: { ja: "試しに送るよう頼みました。", en: "A test was asked for." },
  refused: { ja: "登録できませんでした", en: "Not added" },
  hosts: { ja: "送れるホスト", en: "Hosts that may be posted to" },
  noHosts: {
    ja: "設定 running.reports.webhookHosts にあるホストにだけ送れます。",
    en: "Only hosts of the setting running.reports.webhookHosts are posted to.",
  },
} as const satisfies Record<string, Text>;
