import { Problem, type ProblemKind } from "@hiraku/kernel";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getPath } from "hono/utils/url";
import type { Env } from "./identity/caller.ts";
import { problemResponse } from "./problem_response.ts";

const TENANT = "NGSILD-Tenant";
const LARGEST_BODY = 16 * 1024 * 1024;
const ROOT = "/ngsi-ld/*";
const PROBLEM = "application/problem+json";
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

/** Whether a request is for the interface of CIM 009. */
export function isOfBinding({ url }: Request): boolean {
  return url.startsWith("/ngsi-ld/", url.indexOf("/", url.indexOf(":") + 3));
}

/** What CIM 009 6.3 says of every request and answer under `/ngsi-ld/v1`. */
export function addBinding(app: Hono<Env>): void {
  app.use(ROOT, asTheBindingSays);
}

// One function for all of it: each more costs as much as reading a small body.
const asTheBindingSays: MiddlewareHandler<Env> = async (c, next) => {
  const { method, url, headers } = c.req.raw;
  const length = headers.get("Content-Length");
  if (length === null && WITH_BODY.includes(method)) {
    // CIM 009 6.3.4: decided before anything else, and without a body.
    c.res = new Response(null, { status: 411 });
  } else if (url.includes("%00")) {
    // No store keeps a text with U+0000 in it, so nothing is called by one.
    c.res = refused("BadRequestData", "The address holds U+0000");
  } else if (Number(length) > LARGEST_BODY) c.res = tooLarge();
  else if (headers.has("Transfer-Encoding")) {
    const response = await counting(c, next);
    if (response !== undefined) c.res = response;
  } else await next();
  finish(c);
};

/** To count a body costs more than to read it, so where its length is sure that is believed. */
const counting = bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge });

function tooLarge(): Response {
  return refused("PayloadTooLarge", `At most ${LARGEST_BODY} bytes`);
}

function refused(kind: ProblemKind, message: string): Response {
  return problemResponse(new Problem(kind, message));
}

// CIM 009 6.3.3, 6.3.4 and 6.3.14
function finish(c: Context<Env>): void {
  if (c.res.status === 415) c.res = new Response(null, c.res);
  const { headers, status } = c.res;
  if (status === 415) headers.delete("Content-Type");
  else if (headers.get("Content-Type")?.startsWith(PROBLEM)) {
    headers.set("Content-Type", "application/json");
  }
  headers.set("X-Content-Type-Options", "nosniff");
  const tenant = c.req.header(TENANT);
  if (tenant !== undefined) headers.set(TENANT, tenant);
}

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
