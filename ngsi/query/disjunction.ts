import { refused } from "./refusal.ts";

/** Any of these, each of them all of these. */
export type Disjunction<T> = readonly (readonly T[])[];

const LONGEST = 10_000;

/**
 * Reads `a|b,(c;d)` as CIM 009 4.17 and 4.19 write it: a comma or a bar is
 * "or", a semicolon "and"; parentheses around "and" may be left out.
 */
export function parseDisjunction<T>(
  text: string,
  parameter: string,
  read: (word: string) => T,
): Disjunction<T> {
  if (text.length > LONGEST) throw refused(parameter, "too long");
  const bare = /^\(([^()]*)\)$/.exec(text)?.[1] ?? text;
  return bare.split(/[|,]/).map((group) => {
    const inner = /^\(([^()]*)\)$/.exec(group)?.[1] ?? group;
    return inner.split(";").map((word) => {
      if (word === "") throw refused(parameter, "a gap");
      if (/[()]/.test(word)) throw refused(parameter, "parentheses");
      return read(word);
    });
  });
}
