import { Problem } from "@hiraku/kernel";
import {
  type Broker,
  type Brokers,
  HOSTED_CONTEXT_PATH,
  hostedContext,
  openContexts,
  readEntity,
  readFragment,
} from "@hiraku/ngsi";
import { type Context as HonoContext, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { callerOf, type Env, requireEntityWriter } from "./caller.ts";
import { ngsiBody } from "./ngsi_media.ts";
import { Parameters } from "./ngsi_parameters.ts";
import { answerEntity, answerQuery, type Audit, idOf } from "./ngsi_reads.ts";
import { refuseTheRest } from "./ngsi_refusals.ts";
import { upsertRoute } from "./ngsi_upsert.ts";

export interface EntityParts {
  readonly brokers: Brokers;
  readonly audit: Audit;
  /** The public address, without a trailing slash. */
  readonly origin: string;
}

const TENANT = "NGSILD-Tenant";
const LARGEST_BODY = 16 * 1024 * 1024;
const PATH = "/ngsi-ld/v1/entities";

type C = HonoContext<Env>;

/** The HTTP binding of CIM 009 clause 6 for entities, under `/ngsi-ld/v1`. */
export function entityRoutes(
  { brokers, audit, origin }: EntityParts,
): Hono<Env> {
  const app = new Hono<Env>();
  const contexts = openContexts(origin);
  const brokerOf = (c: C) => brokers.get(c.req.header(TENANT));

  app.use("/ngsi-ld/*", limitBody());
  app.use("/ngsi-ld/*", asTheBindingSays);

  // CIM 009 5.13.4
  app.get(
    HOSTED_CONTEXT_PATH,
    (c) =>
      c.body(JSON.stringify(hostedContext()), 200, {
        "Content-Type": "application/ld+json",
        "Cache-Control": "public, max-age=3600",
      }),
  );

  // CIM 009 6.4.3.1
  app.post(PATH, async (c) => {
    const broker = writableBroker(c, brokerOf(c));
    new Parameters(c.req.url, []);
    const { sent, namesFor } = await ngsiBody(c, contexts);
    const draft = readEntity(sent, await namesFor(sent));
    await broker.create(draft);
    return c.body(null, 201, { Location: locationOf(draft.id) });
  });

  // CIM 009 6.4.3.2
  app.get(PATH, (c) => answerQuery(c, brokerOf(c), contexts, audit));

  // CIM 009 6.5.3.1
  app.get(`${PATH}/:id`, (c) => answerEntity(c, brokerOf(c), contexts, audit));

  // CIM 009 6.5.3.2
  app.delete(`${PATH}/:id`, async (c) => {
    const broker = writableBroker(c, brokerOf(c));
    new Parameters(c.req.url, []);
    await broker.delete(idOf(c));
    return c.body(null, 204);
  });

  // CIM 009 6.6.3.2
  app.patch(`${PATH}/:id/attrs`, async (c) => {
    const broker = writableBroker(c, brokerOf(c));
    new Parameters(c.req.url, []);
    const { sent, namesFor } = await ngsiBody(c, contexts);
    const fragment = readFragment(sent, await namesFor(sent));
    await broker.updateAttributes(idOf(c), fragment);
    return c.body(null, 204);
  });

  // CIM 009 6.6.3.1
  app.post(`${PATH}/:id/attrs`, async (c) => {
    const broker = writableBroker(c, brokerOf(c));
    const options = new Parameters(c.req.url, ["options"]).list("options") ??
      [];
    if (options.some((one) => one !== "noOverwrite")) {
      throw new Problem("BadRequestData", "The only option is 'noOverwrite'");
    }
    const { sent, namesFor } = await ngsiBody(c, contexts);
    const fragment = readFragment(sent, await namesFor(sent));
    const overwrite = options.length === 0;
    const stayed = await broker.appendAttributes(idOf(c), fragment, overwrite);
    if (stayed.length === 0) return c.body(null, 204);
    return c.json({
      updated: Object.keys(fragment.attributes)
        .filter((iri) => !stayed.includes(iri)),
      notUpdated: stayed.map((attributeName) => ({
        attributeName,
        reason: "The attribute is there already",
      })),
    }, 207);
  });

  app.post(
    "/ngsi-ld/v1/entityOperations/upsert",
    (c) => upsertRoute(c, writableBroker(c, brokerOf(c)), contexts),
  );

  refuseTheRest(app);
  return app;
}

function writableBroker(c: C, broker: Broker): Broker {
  requireEntityWriter(callerOf(c), broker.code);
  return broker;
}

function locationOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}

function limitBody() {
  return bodyLimit({
    maxSize: LARGEST_BODY,
    onError() {
      throw new Problem("PayloadTooLarge", `At most ${LARGEST_BODY} bytes`);
    },
  });
}

// CIM 009 6.3.6 and 6.3.14
async function asTheBindingSays(
  c: C,
  next: () => Promise<void>,
): Promise<void> {
  await next();
  const tenant = c.req.header(TENANT);
  if (tenant !== undefined) c.res.headers.set(TENANT, tenant);
  const type = c.res.headers.get("Content-Type");
  if (type?.startsWith("application/problem+json")) {
    c.res.headers.set("Content-Type", "application/json");
  }
}
