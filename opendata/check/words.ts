/** Severity, the message and what is asked, in Japanese and English. */
export type Words = readonly [
  severity: "error" | "warning" | "info",
  ja: string,
  en: string,
  asksJa: string,
  asksEn: string,
];
