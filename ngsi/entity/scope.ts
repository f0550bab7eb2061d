import { bad } from "./value.ts";

// CIM 009 4.18
const SCOPE = /^\/?\p{L}[\p{L}\p{N}_]*(\/\p{L}[\p{L}\p{N}_]*)*$/u;

/** Reads the member `scope`, one or several. Throws `BadRequestData`. */
export function readScopes(sent: unknown): string[] {
  const given = Array.isArray(sent) ? sent : [sent];
  if (given.length === 0) throw bad("scope", "empty");
  const scopes = given.map((one) => {
    if (typeof one !== "string" || !SCOPE.test(one)) throw bad("scope");
    return one;
  });
  return [...new Set(scopes)];
}
