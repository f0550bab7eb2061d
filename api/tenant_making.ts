import type { Brokers } from "@hiraku/ngsi";
import type { Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import { tenantOf } from "./ngsi_binding.ts";

const ROOT = "/ngsi-ld/v1";

/** Operations that create something for a tenant, CIM 009 5.5.10; upserts and contexts do so too. */
const CREATING = [
  "/entities",
  "/entityOperations/create",
  "/entityOperations/upsert",
  "/temporal/entities",
  "/subscriptions",
  "/jsonldContexts",
];

/** Makes the tenant that something is created for, where requests may make tenants. */
export function addTenantMaking(app: Hono<Env>, { make }: Brokers): void {
  if (make === undefined) return;
  for (const path of CREATING) {
    app.post(ROOT + path, async (c, next) => {
      const tenant = tenantOf(c);
      if (tenant !== undefined) await make(tenant);
      await next();
    });
  }
}
