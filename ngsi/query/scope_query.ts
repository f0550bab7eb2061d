import { type Disjunction, parseDisjunction } from "./disjunction.ts";
import { refused } from "./refusal.ts";

interface ScopePattern {
  /** Names of levels; `+` stands for any one. */
  readonly levels: readonly string[];
  /** Whether everything below matches too. */
  readonly below: boolean;
}

/** Which scopes, CIM 009 4.19. */
export type ScopeQuery = Disjunction<ScopePattern>;

const LEVEL = /^(\p{L}[\p{L}\p{N}_]*|\+)$/u;

/** Reads `/a/#`, `/a/+/b`, `(/a;/b)|/c`; the first slash may be left out. Throws `BadRequestData`. */
export function parseScopeQuery(text: string): ScopeQuery {
  return parseDisjunction(text, "scopeQ", (word) => {
    const levels = levelsOf(word);
    const below = levels.at(-1) === "#";
    if (below) levels.pop();
    const named = levels.length > 0 || below;
    if (!named || !levels.every((level) => LEVEL.test(level))) {
      throw refused("scopeQ", "not a scope");
    }
    return { levels, below };
  });
}

/** Whether one of an entity's scopes meets the query, for "and" several. */
export function matchesScope(
  query: ScopeQuery,
  { scopes }: { readonly scopes: readonly string[] },
): boolean {
  if (scopes.length === 0) return false;
  const given = scopes.map(levelsOf);
  return query.some((all) =>
    all.every((one) => given.some((levels) => matches(one, levels)))
  );
}

function levelsOf(scope: string): string[] {
  return (scope.startsWith("/") ? scope.slice(1) : scope).split("/");
}

function matches(
  { levels, below }: ScopePattern,
  scope: readonly string[],
): boolean {
  const fits = below
    ? scope.length >= levels.length
    : scope.length === levels.length;
  return fits &&
    levels.every((level, i) => level === "+" || level === scope[i]);
}
