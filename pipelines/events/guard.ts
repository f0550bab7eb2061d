/** What the guard found: the path of the field and the kind of personal data, never the value. */
export interface Finding {
  readonly field: string;
  readonly kind: PersonalKind;
}

export type PersonalKind =
  | "my_number"
  | "phone"
  | "email"
  | "card_number"
  | "position"
  | "forbidden_key"
  | "too_deep";

const MAX_DEPTH = 6;

// Keys whose very name says that a resident's personal data stands behind them.
const FORBIDDEN_KEYS = new Set([
  "mynumber",
  "individualnumber",
  "name",
  "fullname",
  "firstname",
  "lastname",
  "kana",
  "namekana",
  "address",
  "street",
  "postalcode",
  "phone",
  "tel",
  "telephone",
  "mobile",
  "email",
  "mail",
  "birthdate",
  "birthday",
  "dateofbirth",
  "dob",
  "lat",
  "lon",
  "lng",
  "latitude",
  "longitude",
  "coordinates",
  "geolocation",
  "gps",
  "cardserial",
  "serialnumber",
  "certificateserial",
  "pin",
  "password",
  "ipaddress",
  "insurancenumber",
  "accountnumber",
  "マイナンバー",
  "個人番号",
  "氏名",
  "名前",
  "住所",
  "電話番号",
  "生年月日",
  "メールアドレス",
  "緯度",
  "経度",
]);

/** Fields of `data` that are known to be nobody's, each with its recorded reason. */
export interface Exemptions {
  /** Whose twelve digits are no My Number. */
  readonly digitsAllowed?: Readonly<Record<string, string>>;
  /** Whose position is that of a thing. */
  readonly positionsAllowed?: Readonly<Record<string, string>>;
}

/**
 * Looks for residents' personal data by the names of keys and the shapes of
 * values.
 */
export function findPersonalData(
  value: unknown,
  exemptions: Exemptions = {},
): Finding | undefined {
  return isRecord(value)
    ? lookInRecord(value, 0, false, exemptions)
    : look(value, 0, false);
}

/**
 * Whether a value has nothing personal in it, by a quick look; a text must
 * also stand in JSON as it is. `false` says "look closely".
 */
export function isOrdinary(value: unknown): boolean {
  if (typeof value !== "string") return findPersonalData(value) === undefined;
  return !isUnusual(value) ||
    personalShape(value, false) === undefined && STANDS_IN_JSON.test(value);
}

const STANDS_IN_JSON = /^[ !#-[\]-~]*$/;

function look(
  value: unknown,
  depth: number,
  exempt: boolean,
): Finding | undefined {
  if (typeof value === "string") {
    const kind = personalShape(value, exempt);
    return kind === undefined ? undefined : { field: "", kind };
  }
  if (typeof value === "number") {
    // An identifier typed without quotes; a phone number then lost its leading zero.
    if (value < 1e8 || !Number.isInteger(value)) return undefined;
    const kind = personalShape(String(value), exempt) ??
      personalShape(`0${value}`, true);
    return kind === undefined ? undefined : { field: "", kind };
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { field: "", kind: "too_deep" };
  if (!Array.isArray(value)) return lookInRecord(value, depth, exempt);
  if (isPosition(value)) return { field: "", kind: "position" };
  for (const item of value) {
    const found = look(item, depth + 1, exempt);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Exemptions are handed down as far as the members of `data`. */
function lookInRecord(
  value: object,
  depth: number,
  exempt: boolean,
  exemptions?: Exemptions,
): Finding | undefined {
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    const about = aboutKey(key);
    if (about.forbidden) return { field: about.safe, kind: "forbidden_key" };
    // The one field whose digits are a time, and only when it is one.
    if (depth === 0 && key === "occurredAt" && isInstant(item)) continue;
    if (
      depth === 1 && exemptions?.positionsAllowed?.[key] !== undefined &&
      Array.isArray(item) && isPosition(item)
    ) continue;
    const found = depth === 0 && key === "data" && isRecord(item)
      ? lookInRecord(item, 1, false, exemptions)
      : look(
        item,
        depth + 1,
        exempt || depth === 1 && exemptions?.digitsAllowed?.[key] !== undefined,
      );
    if (found === undefined) continue;
    const field = found.field === ""
      ? about.safe
      : `${about.safe}.${found.field}`;
    return { field, kind: found.kind };
  }
  return undefined;
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const INSTANT = /^\d{4}-\d\d-\d\dT[0-9:.]{5,16}(?:Z|[+-]\d\d:\d\d)$/;

/** Whether a value is written as a date and time, whose digits are no identifier. */
export function isInstant(value: unknown): boolean {
  return typeof value === "string" && value.length < 36 && INSTANT.test(value);
}

interface AboutKey {
  readonly forbidden: boolean;
  readonly safe: string;
}

const keys = new Map<string, AboutKey>();
const MOST_KEYS = 2_000;

function aboutKey(key: string): AboutKey {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const plain = key.normalize("NFKC").replace(/[_\-\s]/g, "").toLowerCase();
  const personal = personalShape(key, false) !== undefined;
  const about = {
    forbidden: FORBIDDEN_KEYS.has(plain) || personal,
    safe: personal ? "(other)" : safeKey(key),
  };
  // Senders have few keys; one who makes them up must not fill the memory.
  if (keys.size < MOST_KEYS) keys.set(key, about);
  return about;
}

/** A key as it may be told and counted: its name, or `(other)` when the name itself is unusual. */
export function safeKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(key) || FORBIDDEN_KEYS.has(key)
    ? key
    : "(other)";
}

const DIGIT = /\d/;
const TWELVE = /(?<![0-9A-Za-z])\d{4}[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])/g;
const PHONE =
  /(?<![0-9A-Za-z.:])(?:0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}|\(0\d{1,4}\)\d{1,4}-\d{3,4}|0[5789]0\d{8}|0[1-9]\d{8}|\+81[- ]?\d[\d -]{7,12})(?![0-9A-Za-z])/;
const EMAIL = /[^\s@]+@[^\s@]+\.[A-Za-z]{2,}/;
const RESIDENCE_CARD = /(?<![0-9A-Za-z])[A-Z]{2}\d{8}[A-Z]{2}(?![0-9A-Za-z])/;
const PAYMENT_CARD = /(?<![0-9A-Za-z])\d(?:[ -]?\d){13,15}(?![0-9A-Za-z])/g;
const POSITION = /\d{2,3}\.\d{3,}\s*,\s*\d{2,3}\.\d{3,}/;

function personalShape(
  text: string,
  digitsAllowed: boolean,
): PersonalKind | undefined {
  if (!isUnusual(text)) return undefined;
  const plain = text.normalize("NFKC");
  if (plain.includes("@") && EMAIL.test(plain)) return "email";
  if (!DIGIT.test(plain)) return undefined;
  if (has(plain, PAYMENT_CARD, isPaymentCard)) return "card_number";
  if (!digitsAllowed && has(plain, TWELVE, isMyNumber)) return "my_number";
  if (PHONE.test(plain)) return "phone";
  if (RESIDENCE_CARD.test(plain)) return "card_number";
  if (POSITION.test(plain)) return "position";
  return undefined;
}

/** Digits of a phone number at least; every other shape has more. */
const FEWEST_DIGITS = 9;
const RESIDENCE_CARD_LENGTH = 12;

/**
 * Whether a text is worth the regular expressions: it has an `@`, something
 * beyond ASCII or that JSON escapes, nine digits that stand without letters,
 * or a word of letters and digits as long as a residence card's number.
 */
function isUnusual(text: string): boolean {
  let digits = 0;
  let wordDigits = 0;
  let wordLength = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    if (code > 126 || code < 32) return true;
    if (code === 64 || code === 34 || code === 92) return true;
    if (code >= 48 && code <= 57) {
      wordDigits += 1;
      wordLength += 1;
    } else if (code >= 65 && code <= 90 || code >= 97 && code <= 122) {
      wordLength += 1;
    } else if (wordLength > 0) {
      if (wordDigits === wordLength) digits += wordDigits;
      else if (wordLength === RESIDENCE_CARD_LENGTH) return true;
      wordDigits = 0;
      wordLength = 0;
    }
  }
  return digits >= FEWEST_DIGITS;
}

function has(
  text: string,
  shape: RegExp,
  test: (digits: string) => boolean,
): boolean {
  for (const match of text.matchAll(shape)) {
    if (test(match[0].replace(/\D/g, ""))) return true;
  }
  return false;
}

/**
 * Whether twelve digits carry the check digit of a My Number: of the eleven
 * high digits, the n-th from the right weighs n + 1 up to the sixth and n - 5
 * from the seventh; 11 minus the remainder by 11, or 0 when that is 1 or less.
 */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n++) {
    sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  }
  const rest = sum % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

function isPaymentCard(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isPosition(value: readonly unknown[]): boolean {
  if (value.length !== 2 && value.length !== 3) return false;
  return value.slice(0, 2).every((one) =>
    typeof one === "number" && Math.abs(one) >= 20 && Math.abs(one) <= 180 &&
    /\.\d{3,}$/.test(String(one))
  );
}
