const TERM = /^\p{L}[\p{L}\p{N}_]*$/u;
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"*]+$/;
const EVERYTHING_BELOW = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"*]*[:/#]\*$/;

/**
 * Whether this is a pattern of entity types: a term of the context that the
 * broker hosts, an IRI, or the beginning of IRIs up to `:`, `/` or `#` and a
 * `*`.
 */
export function isEntityTypePattern(pattern: string): boolean {
  return pattern.endsWith("*")
    ? EVERYTHING_BELOW.test(pattern)
    : TERM.test(pattern) || IRI.test(pattern);
}
