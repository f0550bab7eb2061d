import { Problem } from "@hiraku/kernel";
import {
  type Brokers,
  CONTEXT_KINDS,
  type Contexts,
  HOSTED_CONTEXT_PATH,
  hostedContext,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import { acceptedType } from "./accepted_type.ts";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import { parseJson } from "./input.ts";
import { flag, knownParameters } from "./known_parameters.ts";
import { tenantOf } from "./ngsi_binding.ts";

type C = HonoContext<Env>;

const PATH = "/ngsi-ld/v1/jsonldContexts";
const BODIES = ["application/json", "application/ld+json"];

/** The HTTP binding of CIM 009 6.29 and 6.30. */
export function addContextRoutes(
  app: Hono<Env>,
  brokers: Brokers,
  access: Access,
): void {
  // CIM 009 5.13.4
  app.get(
    HOSTED_CONTEXT_PATH,
    (c) =>
      c.body(JSON.stringify(hostedContext()), 200, {
        "Content-Type": "application/ld+json",
        "Cache-Control": "public, max-age=3600",
      }),
  );

  // CIM 009 6.29.3.1
  app.post(PATH, async (c) => {
    access.operations(c);
    knownParameters(c.req.url);
    const type = c.req.header("Content-Type")?.split(";")[0]?.trim();
    if (!BODIES.includes(type?.toLowerCase() ?? "")) {
      throw new Problem("UnsupportedMediaType", `Send ${BODIES.join(" or ")}`);
    }
    const sent = parseJson(await c.req.text());
    const given = typeof sent === "object" && sent !== null &&
      "@context" in sent;
    if (!given) throw new Problem("InvalidRequest", "The body has no @context");
    const id = await access.broker(c).contexts.add(sent["@context"]);
    return c.body(null, 201, { Location: `${PATH}/${id}` });
  });

  // CIM 009 6.29.3.2
  app.get(PATH, async (c) => {
    const parameters = knownParameters(c.req.url, ["details", "kind"]);
    acceptedType(c.req.header("Accept"));
    const details = flag(parameters, "details");
    const sent = parameters.get("kind");
    const kind = CONTEXT_KINDS.find((one) => one === sent);
    if (sent !== undefined && kind === undefined) {
      throw new Problem("BadRequestData", "Parameter 'kind': no such kind");
    }
    const tenant = tenantOf(c);
    // Where requests make tenants, one that is still to be made has no contexts.
    const none = brokers.make && brokers.find(tenant) === undefined;
    const all = none ? [] : await access.broker(c).contexts.list(kind);
    return c.json(details ? all : all.map(({ URL }) => URL));
  });

  // CIM 009 6.30.3.1
  app.get(`${PATH}/:id`, async (c) => {
    const parameters = knownParameters(c.req.url, ["details"]);
    const details = flag(parameters, "details");
    const id = idOf(c);
    return await first(contextsFor(c), async (contexts) =>
      c.json(
        await (details ? contexts.details(id) : contexts.serve(id)) as object,
      ));
  });

  // CIM 009 6.30.3.2
  app.delete(`${PATH}/:id`, async (c) => {
    access.operations(c);
    const parameters = knownParameters(c.req.url, ["reload"]);
    const reload = flag(parameters, "reload");
    const { contexts } = access.broker(c);
    await (reload ? contexts.reload(idOf(c)) : contexts.remove(idOf(c)));
    return c.body(null, 204);
  });

  /**
   * Whoever reads an answer follows its context's address without knowing of
   * tenants; ids are random or made of the content, and a vocabulary is no data.
   */
  function contextsFor(c: C): readonly Contexts[] {
    const own = access.broker(c);
    const all = tenantOf(c) === undefined ? [own, ...brokers.all] : [own];
    return all.map(({ contexts }) => contexts);
  }
}

/** The first answer that is not "there is none". */
async function first(
  all: readonly Contexts[],
  ask: (contexts: Contexts) => Promise<Response>,
): Promise<Response> {
  const [one, ...others] = all;
  if (one === undefined) {
    throw new Problem("ResourceNotFound", "There is no such @context");
  }
  try {
    return await ask(one);
  } catch (error) {
    const none = error instanceof Problem && error.kind === "ResourceNotFound";
    if (!none || others.length === 0) throw error;
    return await first(others, ask);
  }
}

function idOf(c: C): string {
  return c.req.param("id") ?? "";
}
