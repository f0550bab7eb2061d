import { Problem } from "@hiraku/kernel";
import type { Broker, Subscriber } from "@hiraku/ngsi";
import { type Caller, hasRole } from "./identity/caller.ts";

/** How the caller sees the subscriptions of a broker; a stranger is nobody's owner. */
export function subscriberOf(caller: Caller, broker: Broker): Subscriber {
  const { code } = broker;
  const unrecorded = () => Promise.resolve();
  return {
    id: caller.id,
    operator: broker.forOperators(caller.roles, unrecorded) !== undefined,
    seesAll: isOpen(caller, code) || hasRole(caller, code, "admin"),
  };
}

/** Throws unless the caller may have subscriptions: the broker sends requests for them. */
export function requireSubscriber(caller: Caller, code: string): void {
  if (isOpen(caller, code)) return;
  if (caller.kind === "public") {
    throw new Problem("Unauthorized", "Send an API key of this municipality");
  }
  const own = [code, "*"];
  const hasKey = own.some((at) => caller.municipality === at);
  if (!hasKey && !own.some((at) => (caller.roles.get(at)?.size ?? 0) > 0)) {
    throw new Problem("Forbidden", "This needs a role in the municipality");
  }
}

/** Throws unless the caller may look after what could not be delivered. */
export function requireCaretaker(caller: Caller, code: string): void {
  if (isOpen(caller, code) || hasRole(caller, code, "admin", "section")) return;
  if (caller.kind === "public") {
    throw new Problem("Unauthorized", "Sign in or send an API key");
  }
  throw new Problem("Forbidden", "This needs one of the roles admin, section");
}

function isOpen({ openTenants }: Caller, code: string): boolean {
  return openTenants?.has(code) ?? false;
}
