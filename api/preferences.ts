import { asOfVersion, NEWEST_MINOR } from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import type { Shown } from "./shown.ts";

/** The value that a request prefers of something, RFC 7240. */
export function preferred(c: HonoContext, name: string): string | undefined {
  const preferences = c.req.header("Prefer")?.split(/[,;]/) ?? [];
  for (const one of preferences) {
    const [key = "", value = ""] = one.split("=").map((part) => part.trim());
    if (key.toLowerCase() === name) return value.replace(/^"(.*)"$/, "$1");
  }
  return undefined;
}

/**
 * Entities in the version of CIM 009 that the request prefers, 4.3.6.8 and
 * 6.3.6, and whether that has changed any of them.
 */
export function inPreferredVersion(
  c: HonoContext,
  all: readonly Shown[],
): { all: readonly Shown[]; altered: boolean } {
  if (c.req.header("Prefer") === undefined) return { all, altered: false };
  const asked = /^1\.(\d{1,3})(\.\d{1,3})?$/.exec(
    preferred(c, "ngsi-ld") ?? "",
  );
  if (asked === null) return { all, altered: false };
  const minor = Math.min(Number(asked[1]), NEWEST_MINOR);
  c.header("Preference-Applied", `ngsi-ld=1.${minor}`, { append: true });
  const older = all.map((one) => asOf(one, minor));
  const altered = older.some(({ entity }, i) => entity !== all[i]?.entity);
  return { all: older, altered };
}

function asOf({ entity, view, linked }: Shown, minor: number): Shown {
  const older = { entity: asOfVersion(entity, minor), view };
  if (linked === undefined) return older;
  const entities = new Map(
    [...linked.entities].map(([id, one]) => [id, asOfVersion(one, minor)]),
  );
  return { ...older, linked: { ...linked, entities } };
}
