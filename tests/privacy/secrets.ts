/**
 * One made-up resident, in distinctive values that stand nowhere else. Those of
 * `anywhere` can be told by shape or cannot fit a code; a guard must keep them
 * out of every field. The others are told by the key or field they stand in.
 */
export const anywhere: readonly (string | number)[] = [
  "984521376040",
  "9845 2137 6040",
  "9845-2137-6040",
  "９８４５２１３７６０４０",
  984521376040,
  "090-4471-8263",
  "09044718263",
  "(077)4471-8263",
  "+81 90-4471-8263",
  "０９０－４４７１－８２６３",
  9044718263,
  "hanae.kogenji@kogenji-mail.example",
  "小弦寺花江",
  "Kogenji Hanae",
  "大津市小弦寺町三丁目9番71号 1803号室",
  "34.987651,135.876529",
  "PQ48317265RS",
];

export const BIRTH_DATE = "1948-03-17";
export const POSITION = [135.876529, 34.987651] as const;
export const CARD_SERIAL = "00c0ffee48317265";
export const IDEMPOTENCY = "retry kogenji 48317265";

/** The sender's own ids of persons; the edge re-keys them. */
export const pid = (n: number): string => `kogenji_pid_${n}`;

export const byKey: Readonly<Record<string, unknown>> = {
  birthDate: BIRTH_DATE,
  birth_date: BIRTH_DATE,
  生年月日: BIRTH_DATE,
  氏名: "小弦寺花江",
  name: "Kogenji Hanae",
  住所: "大津市小弦寺町三丁目9番71号 1803号室",
  gps: POSITION,
  latitude: POSITION[1],
  cardSerial: CARD_SERIAL,
  memo: { deep: [{ note: "小弦寺花江" }, BIRTH_DATE, CARD_SERIAL] },
  birthDayOfApplicant: BIRTH_DATE,
  serialOfTheCard: CARD_SERIAL,
  retryKey: IDEMPOTENCY,
  who: pid(0),
};

/** What must be found nowhere: every value as text, plain and as JSON may escape it. */
export const needles: readonly string[] = [
  ...anywhere.map(String),
  BIRTH_DATE,
  CARD_SERIAL,
  IDEMPOTENCY,
  "kogenji",
  "Kogenji",
  String(POSITION[0]),
  String(POSITION[1]),
].flatMap((text) => [text, escaped(text), encodeURI(text)])
  .filter((text, at, all) => all.indexOf(text) === at);

function escaped(text: string): string {
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
