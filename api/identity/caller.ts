import { Problem, type Role } from "@hiraku/kernel";
import type { Context } from "hono";

/** Who sent a request, as found by the one access middleware before any route. */
export interface Caller {
  readonly kind: "public" | "key" | "account";
  /** Account or key id, for the audit; `public` for everyone else. Never a secret. */
  readonly id: string;
  /** Roles by municipality code; `*` stands for every municipality. */
  readonly roles: ReadonlyMap<string, ReadonlySet<Role>>;
  /** For API keys: the one municipality they are bound to. */
  readonly municipality?: string;
  /** For API keys: event types they may send, such as `shelter.*`. */
  readonly eventTypes: readonly string[];
  /** For API keys: whether they may create, change and delete entities. */
  readonly writesEntities: boolean;
  /** For API keys: entity types they may write; every type if empty or missing. */
  readonly entityTypes?: readonly string[];
  /** Set while an admin looks as somebody else: as whom, and what he holds himself. */
  readonly viewing?: {
    readonly as: Role | "public";
    readonly own: ReadonlyMap<string, ReadonlySet<Role>>;
  };
  /** Tenants that everybody may write. */
  readonly openTenants?: ReadonlySet<string>;
}

/** What every route finds in Hono's context. */
export interface Env {
  Variables: { caller: Caller };
}

export const PUBLIC: Caller = {
  kind: "public",
  id: "public",
  roles: new Map(),
  eventTypes: [],
  writesEntities: false,
};

export function callerOf(c: Context<Env>): Caller {
  return c.get("caller");
}

/** Whether a caller has one of the roles; whoever looks as another role needs that one as well. */
export function hasRole(
  { roles, viewing }: Caller,
  code: string,
  ...any: Role[]
): boolean {
  const held = viewing?.own ?? roles;
  if (viewing !== undefined && !any.some((role) => role === viewing.as)) {
    return false;
  }
  return [code, "*"].some((at) =>
    any.some((role) => held.get(at)?.has(role) ?? false)
  );
}

/** Throws `Unauthorized` to the public and `Forbidden` to everyone else without the role. */
export function requireRole(
  caller: Caller,
  code: string,
  ...any: Role[]
): void {
  if (hasRole(caller, code, ...any)) return;
  if (caller.kind === "public") {
    throw new Problem("Unauthorized", "Sign in or send an API key");
  }
  throw new Problem(
    "Forbidden",
    `This needs one of the roles ${any.join(", ")}`,
  );
}

/** Throws unless the caller may change entities of the municipality. */
export function requireEntityWriter(caller: Caller, code: string): void {
  if (caller.openTenants?.has(code)) return;
  if (caller.kind === "public") {
    throw new Problem(
      "Unauthorized",
      "Send an API key that may write entities",
    );
  }
  const own = caller.municipality === code || caller.municipality === "*";
  if (!caller.writesEntities || !own) {
    throw new Problem(
      "Forbidden",
      "This API key may not write entities of this municipality",
    );
  }
}
