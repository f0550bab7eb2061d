import { CORE_TERMS } from "../context/core_context.ts";
import { bad } from "./value.ts";

/** The IRI that stands for an entity's scopes where those of attributes stand. */
export const SCOPE = CORE_TERMS.get("scope") ?? "scope";

// CIM 009 4.18
const FORM = /^\/?\p{L}[\p{L}\p{N}_]*(\/\p{L}[\p{L}\p{N}_]*)*$/u;

/** Reads the member `scope`, one or several. Throws `BadRequestData`. */
export function readScopes(sent: unknown): string[] {
  const given = Array.isArray(sent) ? sent : [sent];
  if (given.length === 0) throw bad("scope", "empty");
  const scopes = given.map((one) => {
    if (typeof one !== "string" || !FORM.test(one)) throw bad("scope");
    return one;
  });
  return [...new Set(scopes)];
}
