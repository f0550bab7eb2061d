import { RE2JS, RE2JSException } from "re2js";
import { refused } from "./refusal.ts";

/**
 * A regular expression that finds its match anywhere in a text unless it is
 * anchored. It takes time in proportion to the text, whatever was asked for:
 * what RE2 cannot do (back references, look-around) is refused, and of a very
 * long text the beginning counts.
 */
export interface Pattern {
  readonly source: string;
  /** What every match begins with. */
  readonly prefix: string;
  test(text: string): boolean;
}

const LONGEST = 500;
const LONGEST_TEXT = 65_536;
const LARGEST_PROGRAM = 5000;
const PLAIN = /^\^((?:[\p{L}\p{N} :/_@%&=,;<>"'~#!-]|\\[.^$*+?()[\]{}|\\-])+)/u;

/** Throws `BadRequestData`. */
export function parsePattern(source: string, parameter: string): Pattern {
  if (source.length > LONGEST) throw refused(parameter, "pattern too long");
  const compiled = compile(source, parameter);
  if (compiled.programSize() > LARGEST_PROGRAM) {
    throw refused(parameter, "pattern too large");
  }
  return {
    source,
    prefix: prefixOf(source),
    test: (text) => compiled.test(text.slice(0, LONGEST_TEXT)),
  };
}

function compile(source: string, parameter: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw refused(parameter, "not a regular expression that is understood");
  }
}

function prefixOf(source: string): string {
  const [whole = "", plain = ""] = PLAIN.exec(source) ?? [];
  if (/(?<!\\)\|/.test(source)) return "";
  const next = source[whole.length];
  // The last sign may belong to a quantifier.
  const kept = next !== undefined && "*+?{".includes(next)
    ? plain.replace(/\\?.$/su, "")
    : plain;
  return kept.replace(/\\(.)/gsu, "$1");
}
