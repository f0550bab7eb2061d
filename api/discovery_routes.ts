import { Problem } from "@hiraku/kernel";
import {
  attributeInfo,
  attributeList,
  attributes,
  type EntityReads,
  entityTypeInfo,
  entityTypeList,
  entityTypes,
  type Names,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import { flag, knownParameters } from "./known_parameters.ts";
import { ngsiNames } from "./ngsi_body.ts";
import { ngsiAnswer } from "./ngsi_media.ts";
import { type Audit, readsFor } from "./ngsi_reads.ts";

const TYPES = "/ngsi-ld/v1/types";
const ATTRIBUTES = "/ngsi-ld/v1/attributes";

type C = HonoContext<Env>;
interface Asked {
  readonly names: Names;
  readonly reads: EntityReads;
  readonly code: string;
}

/** What types and attributes there are, CIM 009 5.7.5 to 5.7.10. */
export function addDiscoveryRoutes(
  app: Hono<Env>,
  access: Access,
  audit: Audit,
): void {
  async function asked(c: C): Promise<Asked> {
    const broker = access.broker(c);
    const names = await ngsiNames(c, broker.contexts);
    return { names, reads: readsFor(c, broker, audit), code: broker.code };
  }

  // CIM 009 6.25.3.1
  app.get(TYPES, async (c) => {
    const details = flag(knownParameters(c.req.url, ["details"]), "details");
    const { names, reads, code } = await asked(c);
    const rows = await reads.inventory({});
    const answer = details
      ? entityTypes(rows, names)
      : entityTypeList(rows, names, `urn:ngsi-ld:EntityTypeList:${code}`);
    return ngsiAnswer(c, answer, names);
  });

  // CIM 009 6.26.3.1
  app.get(`${TYPES}/:type`, async (c) => {
    knownParameters(c.req.url);
    const { names, reads } = await asked(c);
    const type = names.expand(c.req.param("type"));
    const answer = entityTypeInfo(await reads.inventory({ type }), names);
    return ngsiAnswer(c, found(answer, "a type"), names);
  });

  // CIM 009 6.27.3.1
  app.get(ATTRIBUTES, async (c) => {
    const details = flag(knownParameters(c.req.url, ["details"]), "details");
    const { names, reads, code } = await asked(c);
    const rows = await reads.inventory({});
    const answer = details
      ? attributes(rows, names)
      : attributeList(rows, names, `urn:ngsi-ld:AttributeList:${code}`);
    return ngsiAnswer(c, answer, names);
  });

  // CIM 009 6.28.3.1
  app.get(`${ATTRIBUTES}/:attribute`, async (c) => {
    knownParameters(c.req.url);
    const { names, reads } = await asked(c);
    const attribute = names.expand(c.req.param("attribute"));
    const answer = attributeInfo(await reads.inventory({ attribute }), names);
    return ngsiAnswer(c, found(answer, "an attribute"), names);
  });
}

function found<T>(answer: T | undefined, what: string): T {
  if (answer !== undefined) return answer;
  throw new Problem("ResourceNotFound", `No entity has such ${what}`);
}
