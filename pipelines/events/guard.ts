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

/**
 * Looks for residents' personal data by the names of keys and the shapes of
 * values. `digitsAllowed` names fields of `data` whose twelve digits are known
 * to be no My Number.
 */
export function findPersonalData(
  value: unknown,
  digitsAllowed: Readonly<Record<string, string>> = {},
): Finding | undefined {
  return look(value, "", digitsAllowed, 0);
}

function look(
  value: unknown,
  path: string,
  digitsAllowed: Readonly<Record<string, string>>,
  depth: number,
): Finding | undefined {
  if (typeof value === "string") {
    const kind = personalShape(value, isExempt(path, digitsAllowed));
    return kind === undefined ? undefined : { field: path, kind };
  }
  if (typeof value === "number") {
    // An identifier typed without quotes; a phone number then lost its leading zero.
    if (!Number.isInteger(value) || value < 1e8) return undefined;
    const exempt = isExempt(path, digitsAllowed);
    const kind = personalShape(String(value), exempt) ??
      personalShape(`0${value}`, true);
    return kind === undefined ? undefined : { field: path, kind };
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { field: path, kind: "too_deep" };
  if (Array.isArray(value)) {
    if (isPosition(value)) return { field: path, kind: "position" };
    for (const item of value) {
      const found = look(item, path, digitsAllowed, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const field = path === "" ? safeKey(key) : `${path}.${safeKey(key)}`;
    if (isForbiddenKey(key)) return { field, kind: "forbidden_key" };
    if (personalShape(key, false) !== undefined) {
      return { field, kind: "forbidden_key" };
    }
    const found = look(item, field, digitsAllowed, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isExempt(
  path: string,
  digitsAllowed: Readonly<Record<string, string>>,
): boolean {
  return path.startsWith("data.") && path.slice(5) in digitsAllowed;
}

function isForbiddenKey(key: string): boolean {
  return FORBIDDEN_KEYS.has(
    key.normalize("NFKC").replace(/[_\-\s]/g, "").toLowerCase(),
  );
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
  // deno-lint-ignore no-control-regex
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKC");
  if (plain.includes("@") && EMAIL.test(plain)) return "email";
  if (!DIGIT.test(plain)) return undefined;
  if (has(plain, PAYMENT_CARD, isPaymentCard)) return "card_number";
  if (!digitsAllowed && has(plain, TWELVE, isMyNumber)) return "my_number";
  if (PHONE.test(plain)) return "phone";
  if (RESIDENCE_CARD.test(plain)) return "card_number";
  if (POSITION.test(plain)) return "position";
  return undefined;
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
