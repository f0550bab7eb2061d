const DATE_TIME =
  /^(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:[.,](\d{1,6}))?Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:[.,](\d{1,6}))?Z$/;

/** Milliseconds since 1970, with a fraction, of a DateTime of CIM 009 4.6.3. */
export function dateTimeOf(text: string): number | undefined {
  // Most texts are told apart by one sign.
  if (text.charCodeAt(4) !== 45) return undefined;
  const [, whole = "", fraction] = DATE_TIME.exec(text) ?? [];
  return whole === "" ? undefined : exact(`${whole}Z`, fraction);
}

/** Milliseconds since 1970 of a Date of CIM 009 4.6.3. */
export function dateOf(text: string): number | undefined {
  return text.charCodeAt(4) === 45 && DATE.test(text) ? exact(text) : undefined;
}

/** Milliseconds since midnight of a Time of CIM 009 4.6.3. */
export function timeOf(text: string): number | undefined {
  if (text.charCodeAt(2) !== 58) return undefined;
  const [, whole = "", fraction] = TIME.exec(text) ?? [];
  return whole === "" ? undefined : exact(`1970-01-01T${whole}Z`, fraction);
}

function exact(text: string, fraction = ""): number | undefined {
  const ms = Date.parse(text);
  // The platform takes the 31st of a shorter month for the 1st of the next.
  const day = (text.charCodeAt(8) - 48) * 10 + text.charCodeAt(9) - 48;
  if (Number.isNaN(ms) || (day > 28 && new Date(ms).getUTCDate() !== day)) {
    return undefined;
  }
  return fraction === "" ? ms : ms + Number(`0.${fraction}`) * 1000;
}
