import { Problem } from "@hiraku/kernel";
import type { Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getPath } from "hono/utils/url";
import type { Env } from "./identity/caller.ts";

const TENANT = "NGSILD-Tenant";
const LARGEST_BODY = 16 * 1024 * 1024;
const ROOT = "/ngsi-ld/*";
const WITH_BODY = ["POST", "PATCH", "PUT"];

/**
 * The path that a request is routed by: resources of CIM 009 are written with
 * and without a slash at the end (6.2).
 */
export function routedPath(request: Request): string {
  const path = getPath(request);
  return path.endsWith("/") && path.startsWith("/ngsi-ld/")
    ? path.slice(0, -1)
    : path;
}

/** What CIM 009 6.3 says of every request and answer under `/ngsi-ld/v1`. */
export function addBinding(app: Hono<Env>): void {
  app.use(ROOT, asTheBindingSays);
  app.use(ROOT, lengthRequired);
  app.use(ROOT, keepableAddress);
  app.use(ROOT, limited);
}

const counting = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge });

// To count a body costs more than to read it, so where its length is sure that is believed.
const limited: MiddlewareHandler<Env> = (c, next) => {
  const length = c.req.header("Content-Length");
  const sure = length !== undefined &&
    c.req.header("Transfer-Encoding") === undefined;
  if (!sure) return counting(c, next);
  if (Number(length) > LARGEST_BODY) tooLarge();
  return next();
};

function tooLarge(): never {
  throw new Problem("PayloadTooLarge", `At most ${LARGEST_BODY} bytes`);
}

// CIM 009 6.3.4: decided before anything else, and without a body.
const lengthRequired: MiddlewareHandler<Env> = async (c, next) => {
  const missing = WITH_BODY.includes(c.req.method) &&
    c.req.header("Content-Length") === undefined;
  if (missing) return c.body(null, 411);
  await next();
};

// No store keeps a text with U+0000 in it, so nothing is called by one.
const keepableAddress: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.url.includes("%00")) {
    throw new Problem("BadRequestData", "The address holds U+0000");
  }
  await next();
};

// CIM 009 6.3.3, 6.3.4 and 6.3.14
const asTheBindingSays: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  if (c.res.status === 415) c.res = new Response(null, c.res);
  const { headers, status } = c.res;
  const type = headers.get("Content-Type");
  if (status === 415) headers.delete("Content-Type");
  else if (type?.startsWith("application/problem+json")) {
    headers.set("Content-Type", "application/json");
  }
  headers.set("X-Content-Type-Options", "nosniff");
  const tenant = c.req.header(TENANT);
  if (tenant !== undefined) headers.set(TENANT, tenant);
};

/** The tenant that the headers of a request name. */
export function tenantIn(headers: Headers): string | undefined {
  return headers.get(TENANT) ?? undefined;
}

/** The tenant that a request names. */
export function tenantOf(
  c: { req: { header(name: string): string | undefined } },
): string | undefined {
  return c.req.header(TENANT);
}
