import { Problem } from "@hiraku/kernel";
import {
  asksForAttribute,
  type EntityFilter,
  linkDepth,
  type Names,
  parsePattern,
  parseProjection,
  parseQ,
  parseScopeQuery,
  type Purge,
  readGeoQuery,
  readId,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import {
  flag,
  type KnownParameters,
  knownParameters,
  typesOf,
} from "./known_parameters.ts";
import { batchErrors } from "./batch_routes.ts";
import { ngsiNames } from "./ngsi_body.ts";

const GEO = ["georel", "geometry", "coordinates", "geoproperty"];
/** Parameters of Purge Entities. */
export const PURGE_PARAMETERS = [
  ...GEO,
  ..."attrs drop geometryProperty id idPattern keep q scopeQ type".split(" "),
];
const SYSTEM = ["createdAt", "modifiedAt", "expiresAt", "deletedAt"];

/** Purge Entities, CIM 009 5.6.21 and 6.4.3.3. */
export function addPurgeRoute(
  app: Hono<Env>,
  path: string,
  access: Access,
): void {
  app.delete(path, async (c: HonoContext<Env>) => {
    const operations = access.operations(c);
    const broker = access.broker(c);
    const parameters = knownParameters(c.req.url, PURGE_PARAMETERS);
    const names = await ngsiNames(c, broker.contexts);
    const filter = filterOf(parameters, names);
    const purge = purgeOf(parameters, names);
    const ids = await broker.selectIds(filter);
    const errors = batchErrors(ids, await operations.purge(ids, purge));
    if (errors.length === 0) return c.body(null, 204);
    const failed = new Set(errors.map(({ entityId }) => entityId));
    const success = ids.filter((id) => !failed.has(id));
    return c.json({ success, errors }, 207);
  });
}

function filterOf(parameters: KnownParameters, names: Names): EntityFilter {
  const types = typesOf(parameters, names);
  const ids = parameters.get("id")?.split(",").map(readId);
  const pattern = parameters.get("idPattern");
  const attributes = membersOf(parameters, "attrs", names);
  const query = parameters.get("q");
  const q = query === undefined ? undefined : parseQ(query, names);
  const scopeQ = parameters.get("scopeQ");
  const near = GEO.slice(0, 3).some((name) => parameters.has(name));
  const asked = attributes?.some((one) => !SYSTEM.includes(one)) ?? false;
  const narrow = types !== undefined || asked || near ||
    q !== undefined && asksForAttribute(q) || flag(parameters, "local");
  if (!narrow) {
    throw new Problem(
      "BadRequestData",
      "Ask for 'type', 'attrs', 'q' or a place",
    );
  }
  if (q !== undefined && linkDepth(q) > 0) {
    throw new Problem(
      "BadRequestData",
      "Parameter 'q': no linked entities here",
    );
  }
  const selected = types !== undefined || ids !== undefined ||
    pattern !== undefined;
  return {
    ...selected
      ? {
        selectors: [{
          types: types ?? "*",
          ...ids === undefined ? {} : { ids },
          ...pattern === undefined
            ? {}
            : { idPattern: parsePattern(pattern, "idPattern") },
        }],
      }
      : {},
    ...attributes === undefined ? {} : { attributes },
    ...q === undefined ? {} : { q },
    ...near ? { geo: readGeoQuery(Object.fromEntries(parameters), names) } : {},
    ...scopeQ === undefined ? {} : { scopes: parseScopeQuery(scopeQ) },
  };
}

function purgeOf(parameters: KnownParameters, names: Names): Purge {
  const keep = membersOf(parameters, "keep", names);
  const drop = membersOf(parameters, "drop", names);
  if (keep !== undefined && drop !== undefined) {
    throw new Problem("BadRequestData", "Both 'keep' and 'drop'");
  }
  if (keep !== undefined) return { keep: new Set(keep) };
  return drop === undefined ? "all" : { drop: new Set(drop) };
}

function membersOf(
  parameters: KnownParameters,
  name: string,
  names: Names,
): string[] | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  return [...parseProjection(text, names, "attrs").members.keys()];
}
