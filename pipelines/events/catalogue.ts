import { account } from "./catalogue/account.ts";
import { institution } from "./catalogue/institution.ts";
import { miniApp } from "./catalogue/mini_app.ts";
import { shelter } from "./catalogue/shelter.ts";
import type { EventType } from "./event_type.ts";

/** Every type of event the platform takes, by its name. */
export const catalogue: ReadonlyMap<string, EventType> = new Map(
  [...account, ...miniApp, ...shelter, ...institution].map((one) => [
    one.type,
    one as EventType,
  ]),
);

/** Whether a pattern such as `shelter.*` or `*` covers an event type. */
export function covers(pattern: string, type: string): boolean {
  if (pattern === "*" || pattern === type) return true;
  return pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1));
}
