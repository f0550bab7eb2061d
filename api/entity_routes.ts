import { type Clock, Problem } from "@hiraku/kernel";
import {
  type Brokers,
  type MayWrite,
  readEntity,
  readId,
  readPatch,
} from "@hiraku/ngsi";
import {
  type Context as HonoContext,
  Hono,
  type MiddlewareHandler,
} from "hono";
import type { Access } from "./ngsi_access.ts";
import { acceptedType } from "./accepted_type.ts";
import { addAttributeRoutes } from "./attribute_routes.ts";
import { addBatchRoutes } from "./batch_routes.ts";
import {
  type Caller,
  callerOf,
  type Env,
  requireEntityWriter,
} from "./identity/caller.ts";
import { addContextRoutes } from "./context_routes.ts";
import { addDiscoveryRoutes } from "./discovery_routes.ts";
import { knownParameters, typesOf } from "./known_parameters.ts";
import { addBinding, tenantOf } from "./ngsi_binding.ts";
import { ngsiBody, ngsiNames } from "./ngsi_body.ts";
import { patchFormOf } from "./patch_form.ts";
import {
  answerEntity,
  answerPostedQuery,
  answerQuery,
  type Audit,
  idOf,
} from "./ngsi_reads.ts";
import { addPurgeRoute } from "./purge_route.ts";
import { refuseTheRest } from "./ngsi_refusals.ts";
import { addSourceIdentity } from "./source_identity.ts";
import { addSubscriptionRoutes } from "./subscription_routes.ts";
import { addTemporalRoutes } from "./temporal_routes.ts";
import { addTenantMaking } from "./tenant_making.ts";

export interface EntityParts {
  readonly clock: Clock;
  readonly brokers: Brokers;
  readonly audit: Audit;
  /** The public address, without a trailing slash. */
  readonly origin: string;
  /** The entity types that a caller may write, where there are limits. */
  readonly mayWrite?: (caller: Caller) => MayWrite | undefined;
  /** Finds who calls, where nobody has before. */
  readonly access?: MiddlewareHandler<Env>;
}

const PATH = "/ngsi-ld/v1/entities";

/** The HTTP binding of CIM 009 clause 6 for entities and contexts, under `/ngsi-ld/v1`. */
export function entityRoutes(parts: EntityParts): Hono<Env> {
  const { brokers, audit } = parts;
  const app = new Hono<Env>();
  const writable = (c: HonoContext<Env>) => {
    const broker = brokers.get(tenantOf(c));
    const caller = callerOf(c);
    requireEntityWriter(caller, broker.code);
    return { broker, mayWrite: parts.mayWrite?.(caller) };
  };
  const access: Access = {
    broker: (c) => brokers.get(tenantOf(c)),
    operations(c) {
      const { broker, mayWrite } = writable(c);
      return mayWrite === undefined ? broker : broker.forWriter(mayWrite);
    },
    evolutions(c) {
      const { broker: { evolutions }, mayWrite } = writable(c);
      return mayWrite === undefined ? evolutions : evolutions.limited(mayWrite);
    },
  };
  const bodyOf = (c: HonoContext<Env>) =>
    ngsiBody(c, access.broker(c).contexts);

  addBinding(app);
  // Who is refused is answered as the binding says, too.
  if (parts.access !== undefined) app.use(parts.access);
  addTenantMaking(app, brokers);

  // CIM 009 6.4.3.1
  app.post(PATH, async (c) => {
    const operations = access.operations(c);
    knownParameters(c.req.url);
    const { sent, namesFor } = await bodyOf(c);
    const draft = readEntity(sent, await namesFor(sent));
    await operations.create(draft);
    return c.body(null, 201, { Location: locationOf(draft.id) });
  });

  // CIM 009 6.4.3.2
  app.get(PATH, (c) => answerQuery(c, access.broker(c), audit));

  // CIM 009 6.23.3.1
  app.post(
    "/ngsi-ld/v1/entityOperations/query",
    (c) => answerPostedQuery(c, access.broker(c), audit),
  );

  addPurgeRoute(app, PATH, access);

  // CIM 009 6.5.3.1
  app.get(`${PATH}/:id`, (c) => {
    acceptedType(c.req.header("Accept"), true);
    return answerEntity(c, access.broker(c), audit);
  });

  // CIM 009 6.5.3.2
  app.delete(`${PATH}/:id`, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["type"]);
    const names = await ngsiNames(c, access.broker(c).contexts);
    await operations.delete(idOf(c), typesOf(parameters, names));
    return c.body(null, 204);
  });

  // CIM 009 6.5.3.3
  app.put(`${PATH}/:id`, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["type"]);
    const id = idOf(c);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const draft = readEntity(withId(sent, id), names);
    await operations.replace(draft, typesOf(parameters, names));
    return c.body(null, 204);
  });

  // CIM 009 6.5.3.4
  app.patch(`${PATH}/:id`, async (c) => {
    const operations = access.operations(c);
    const { form, parameters } = patchFormOf(c.req.url);
    const id = idOf(c);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const patch = readPatch(withId(sent, id), names, form);
    await operations.merge(id, patch, typesOf(parameters, names));
    return c.body(null, 204);
  });

  addAttributeRoutes(app, access);
  addBatchRoutes(app, access);
  addContextRoutes(app, brokers, access);
  addDiscoveryRoutes(app, access, audit);
  addSubscriptionRoutes(app, access, audit);
  addTemporalRoutes(app, access);
  addSourceIdentity(app, access, parts);
  refuseTheRest(app);
  return app;
}

/** A body with the id that the path gives; another is refused, CIM 009 5.4. */
function withId(sent: unknown, id: string): unknown {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) {
    return sent;
  }
  if (!("id" in sent)) return { ...sent, id };
  if (readId(sent.id) === id) return sent;
  throw new Problem("BadRequestData", "The id is not that of the path");
}

function locationOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}
