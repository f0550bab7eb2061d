import type { MiddlewareHandler } from "hono";
import { codingOf, packed } from "./content_coding.ts";

/** Pages for everybody and what they are drawn with; those of staff go as they are. */
const PUBLIC = /^(\/en)?\/(assets|dashboards|embed|opendata)(\/|$)/;
const PACKABLE = /^(text\/(html|css|javascript)|image\/svg\+xml)/;
const WORTH_PACKING = 1024;
const MOST_KEPT = 600;

/**
 * Packs public pages, style sheets and scripts as their reader takes them. What
 * has a tag is packed once while it stands.
 */
export function packedPages(): MiddlewareHandler {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return async (c, next) => {
    await next();
    const { res, req } = c;
    const { headers } = res;
    if (
      res.status !== 200 || req.method !== "GET" || !PUBLIC.test(req.path) ||
      headers.has("Content-Encoding") ||
      !PACKABLE.test(headers.get("Content-Type") ?? "")
    ) return;
    headers.append("Vary", "Accept-Encoding");
    const coding = codingOf(req.header("Accept-Encoding") ?? "");
    if (coding === undefined) return;
    const tag = headers.get("ETag");
    const key = tag === null ? undefined : `${coding} ${req.url} ${tag}`;
    let bytes = key === undefined ? undefined : kept.get(key);
    if (bytes === undefined) {
      const plain = new Uint8Array(await res.arrayBuffer());
      if (plain.byteLength < WORTH_PACKING) {
        c.res = new Response(plain, { headers });
        return;
      }
      bytes = await packed(plain, coding);
      if (key !== undefined) kept.set(key, bytes);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    } else await res.body?.cancel();
    headers.set("Content-Encoding", coding);
    headers.set("Content-Length", String(bytes.byteLength));
    // One tag for all codings names what is said, not its bytes.
    if (tag !== null && !tag.startsWith("W/")) headers.set("ETag", `W/${tag}`);
    c.res = new Response(bytes, { headers });
  };
}
