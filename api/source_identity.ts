import type { Clock } from "@hiraku/kernel";
import type { Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import { knownParameters } from "./known_parameters.ts";
import { ngsiNames } from "./ngsi_body.ts";
import { ngsiAnswer } from "./ngsi_media.ts";

/** The HTTP binding of CIM 009 6.33: which source answers, and since when. */
export function addSourceIdentity(
  app: Hono<Env>,
  access: Access,
  { origin, clock }: { readonly origin: string; readonly clock: Clock },
): void {
  const started = clock.now().getTime();
  const { host } = new URL(origin);
  app.get("/ngsi-ld/v1/info/sourceIdentity", async (c) => {
    const { code, contexts } = access.broker(c);
    knownParameters(c.req.url);
    const names = await ngsiNames(c, contexts);
    const now = clock.now();
    const alias = `${host.replaceAll(":", "-")}.${code}`;
    return ngsiAnswer(c, {
      id: `urn:hiraku:source:${alias}`,
      type: "ContextSourceIdentity",
      contextSourceAlias: alias,
      contextSourceUptime: `PT${Math.floor((now.getTime() - started) / 1000)}S`,
      contextSourceTimeAt: now.toISOString(),
    }, names);
  });
}
