import { Problem } from "@hiraku/kernel";
import {
  type EntityFragment,
  readAttributeName,
  readAttributePatch,
  readFragment,
  readId,
  readReplacement,
  SCOPE,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import {
  flag,
  knownParameters,
  optionOf,
  typesOf,
} from "./known_parameters.ts";
import { ngsiBody, ngsiNames } from "./ngsi_body.ts";
import { idOf } from "./ngsi_reads.ts";

const ALL = "/ngsi-ld/v1/entities/:id/attrs";
const ONE = `${ALL}/:attribute`;

/** The HTTP binding of CIM 009 6.6 and 6.7. */
export function addAttributeRoutes(app: Hono<Env>, access: Access): void {
  const bodyOf = (c: HonoContext<Env>) =>
    ngsiBody(c, access.broker(c).contexts);

  // CIM 009 6.6.3.1
  app.post(ALL, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["options", "type"]);
    const overwrite = optionOf(parameters, ["noOverwrite"]) === undefined;
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const fragment = readFragment(sent, names);
    const stayed = await operations.appendAttributes(
      idOf(c),
      fragment,
      overwrite,
      typesOf(parameters, names),
    );
    return updateResult(c, fragment, stayed, "It is there already");
  });

  // CIM 009 6.6.3.2
  app.patch(ALL, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["type"]);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const fragment = readFragment(sent, names);
    const stayed = await operations.updateAttributes(
      idOf(c),
      fragment,
      typesOf(parameters, names),
    );
    return updateResult(c, fragment, stayed, "The entity has none");
  });

  // CIM 009 6.7.3.1
  app.patch(ONE, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["type"]);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const patch = readAttributePatch(nameOf(c), sent, names);
    await operations.updateAttribute(
      idOf(c),
      patch,
      typesOf(parameters, names),
    );
    return c.body(null, 204);
  });

  // CIM 009 6.7.3.2
  app.delete(ONE, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(
      c.req.url,
      ["datasetId", "deleteAll", "type"],
    );
    const names = await ngsiNames(c, access.broker(c).contexts);
    const only = typesOf(parameters, names);
    const id = idOf(c);
    const name = nameOf(c);
    const everything = flag(parameters, "deleteAll");
    const datasetId = datasetOf(parameters.get("datasetId"));
    const scope = name === "scope";
    const iri = scope ? SCOPE : readAttributeName(name, names);
    try {
      if (scope) await operations.deleteScope(id, only);
      else {
        const attribute = everything ? { iri } : { iri, datasetId };
        await operations.deleteAttribute(id, attribute, only);
      }
    } catch (error) {
      const { retrieve } = access.broker(c);
      if (!isNotFound(error) || await retrieve(id).catch(none)) throw error;
      // An entity that only the history knows, CIM 009 5.6.5.
      await access.evolutions(c).end(id, iri, {
        datasetId,
        deleteAll: everything,
      });
    }
    return c.body(null, 204);
  });

  // CIM 009 6.7.3.3
  app.put(ONE, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["type"]);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const attribute = readReplacement(nameOf(c), sent, names);
    await operations.replaceAttribute(
      idOf(c),
      attribute,
      typesOf(parameters, names),
    );
    return c.body(null, 204);
  });
}

function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.kind === "ResourceNotFound";
}

function none(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

// CIM 009 5.2.18
function updateResult(
  c: HonoContext<Env>,
  fragment: EntityFragment,
  stayed: readonly string[],
  reason: string,
): Response {
  if (stayed.length === 0) return c.body(null, 204);
  const updated = Object.keys(fragment.attributes)
    .filter((iri) => !stayed.includes(iri));
  const notUpdated = stayed.map((attributeName) => ({ attributeName, reason }));
  return c.json({ updated, notUpdated }, 207);
}

function nameOf(c: HonoContext<Env>): string {
  const name = c.req.param("attribute") ?? "";
  if (name !== "") return name;
  throw new Problem("BadRequestData", "There is no attribute name");
}

function datasetOf(sent = "@none"): string {
  return sent === "@none" ? sent : readId(sent);
}
