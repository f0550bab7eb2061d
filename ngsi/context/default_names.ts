import { CORE_CONTEXT } from "./core_context.ts";
import { HOSTED_CONTEXT_PATH, HOSTED_TERMS } from "./hosted_context.ts";
import { type Names, namesOf } from "./names.ts";

/** Names when a request brings no context to a broker that is reached under `origin`. */
export function defaultNames(origin: string): Names {
  return namesOf({ iris: HOSTED_TERMS }, origin + HOSTED_CONTEXT_PATH);
}

/** The same for a broker that has no terms of its own. */
export const CORE_NAMES: Names = namesOf(
  { iris: new Map(), withCore: true },
  CORE_CONTEXT,
);
