/** The records of a file with how its lines end. */
export interface Records {
  readonly records: string[][];
  /** Whether lines end in more than one way. */
  readonly mixedLineEnds: boolean;
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;
const SIGNS = /["\r\n]/;

/**
 * Splits well-formed separated text (RFC 4180, any line end) into records.
 * `undefined` where a quotation mark stands out of place: how to read that is
 * for a slower reader to say.
 */
export function readRecords(
  text: string,
  delimiter: string,
): Records | undefined {
  const sign = delimiter.charCodeAt(0);
  const end = text.length;
  const records: string[][] = [];
  const seen = { crlf: false, lf: false, cr: false };
  // By column what stands above; never what holds a sign of the format, which
  // is written in another way than it reads.
  const above: (string | undefined)[] = [];
  let record: string[] = [];
  let at = 0;
  const ends = (place: number) => {
    const code = text.charCodeAt(place);
    return code === sign || code === CR || code === LF || place >= end;
  };
  while (at < end) {
    let field: string;
    const quoted = text.charCodeAt(at) === QUOTE;
    const from = quoted ? at + 1 : at;
    // Columns repeat their values: what stands above is used again, not copied.
    const same = above[record.length];
    const after = from + (same?.length ?? 0);
    if (
      same !== undefined &&
      (quoted
        ? text.charCodeAt(after) === QUOTE && ends(after + 1)
        : ends(after)) &&
      text.startsWith(same, from)
    ) {
      field = same;
      at = quoted ? after + 1 : after;
    } else if (quoted) {
      let close = text.indexOf('"', at + 1);
      let doubled = false;
      while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
        doubled = true;
        close = text.indexOf('"', close + 2);
      }
      if (close < 0) return undefined;
      field = text.slice(at + 1, close);
      if (doubled) field = field.replaceAll('""', '"');
      at = close + 1;
    } else {
      let code = text.charCodeAt(at);
      while (at < end && code !== sign && code !== CR && code !== LF) {
        if (code === QUOTE) return undefined;
        at += 1;
        code = text.charCodeAt(at);
      }
      field = text.slice(from, at);
    }
    if (field !== same) {
      above[record.length] = SIGNS.test(field) || field.includes(delimiter)
        ? undefined
        : field;
    }
    record.push(field);
    if (at >= end) break;
    const code = text.charCodeAt(at);
    if (code === sign) {
      at += 1;
      // The text ends in an empty field.
      if (at >= end) record.push("");
      continue;
    }
    if (code === CR) {
      const pair = text.charCodeAt(at + 1) === LF;
      seen[pair ? "crlf" : "cr"] = true;
      at += pair ? 2 : 1;
    } else if (code === LF) {
      seen.lf = true;
      at += 1;
    } else return undefined;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return {
    records,
    mixedLineEnds: Number(seen.crlf) + Number(seen.lf) + Number(seen.cr) > 1,
  };
}
