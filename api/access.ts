import type { Clock } from "@hiraku/kernel";
import { Problem } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
import { keyRing } from "./identity/api_key.ts";
import { sessionCaller } from "./identity/session.ts";

export const SESSION_COOKIE = "hiraku_session";

/**
 * Finds who is calling, before every route: an API key, a session cookie, or
 * the public. A key that is wrong is refused, never taken for the public. A
 * request that changes something with a cookie must come from our own origin.
 */
export function access(
  { control, clock, origin, openTenants = new Set() }: {
    control: Control;
    clock: Clock;
    origin: string;
    openTenants?: ReadonlySet<string>;
  },
): MiddlewareHandler<Env> {
  const ring = keyRing(control, clock);
  const everyone: Caller = { ...PUBLIC, openTenants };
  return async (c, next) => {
    const { headers } = c.req.raw;
    const presented = bearer(headers.get("authorization")) ??
      headers.get("x-api-key");
    if (presented !== null) {
      const caller = ring.trusted(presented) ?? await ring.find(presented);
      if (caller === undefined) {
        throw new Problem("Unauthorized", "The API key is not known");
      }
      c.set("caller", caller);
      return await next();
    }
    const token = getCookie(c, SESSION_COOKIE);
    let caller = everyone;
    if (token !== undefined) {
      caller = await sessionCaller(control, clock, token) ?? everyone;
    }
    const changes = !["GET", "HEAD", "OPTIONS"].includes(c.req.method);
    if (changes && token !== undefined) requireSameOrigin(c.req.raw, origin);
    if (changes && caller.viewing !== undefined && !leaves(c.req.path)) {
      throw new Problem(
        "Forbidden",
        "Nothing is changed while viewing as another",
      );
    }
    c.set("caller", caller);
    await next();
  };
}

/** What may be sent while looking as somebody else: the way back, and the way out. */
function leaves(path: string): boolean {
  return /^(\/en)?\/(operations\/view-as|logout)$/.test(path);
}

/** Browsers always send `Origin` with a form post; a forged page cannot choose it. */
export function requireSameOrigin(request: Request, origin: string): void {
  const sent = request.headers.get("origin");
  const own = [origin, new URL(request.url).origin];
  if (sent === null || !own.includes(sent)) {
    throw new Problem("Forbidden", "The request comes from another site");
  }
}

function bearer(header: string | null): string | undefined {
  return header === null ? undefined : /^Bearer\s+(\S+)$/i.exec(header)?.[1];
}
