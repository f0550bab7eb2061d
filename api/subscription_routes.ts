import { type Broker, readId, type Subscriber } from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import { acceptedType } from "./accepted_type.ts";
import { callerOf, type Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import { knownParameters, optionOf } from "./known_parameters.ts";
import { tenantOf } from "./ngsi_binding.ts";
import { ngsiBody, ngsiNames } from "./ngsi_body.ts";
import { ngsiAnswer } from "./ngsi_media.ts";
import type { Audit } from "./ngsi_reads.ts";
import { addPageLinks } from "./page_links.ts";
import { PAGE_MEMBERS, pageOf } from "./page_request.ts";
import { requireSubscriber, subscriberOf } from "./subscriber.ts";
import { preferredVersion } from "./version_preference.ts";

type C = HonoContext<Env>;

const PATH = "/ngsi-ld/v1/subscriptions";

/** The HTTP binding of CIM 009 6.10 and 6.11. */
export function addSubscriptionRoutes(
  app: Hono<Env>,
  access: Access,
  audit: Audit,
): void {
  // CIM 009 6.10.3.1
  app.post(PATH, async (c) => {
    const { broker, by } = asked(c, access);
    knownParameters(c.req.url);
    const { sent, namesFor } = await ngsiBody(c, broker.contexts);
    const names = await namesFor(sent);
    const tenant = tenantOf(c);
    const id = await broker.subscriptions.create(sent, names, {
      ...by,
      ...tenant === undefined ? {} : { tenant },
    });
    if (by.operator) await record(by, broker, "subscribe", id, audit);
    const segment = encodeURIComponent(id).replaceAll("%3A", ":");
    return c.body(null, 201, { Location: `${PATH}/${segment}` });
  });

  // CIM 009 6.10.3.2
  app.get(PATH, async (c) => {
    acceptedType(c.req.header("Accept"));
    const { broker, by } = asked(c, access);
    const parameters = knownParameters(
      c.req.url,
      [...PAGE_MEMBERS, "options"],
    );
    const sysAttrs = optionOf(parameters, ["sysAttrs"]) !== undefined;
    const { limit, offset, count } = pageOf(Object.fromEntries(parameters));
    const names = await ngsiNames(c, broker.contexts);
    const page = broker.subscriptions.list({ limit, offset }, by);
    if (count) c.header("NGSILD-Results-Count", String(page.total));
    const more = offset + page.subscriptions.length < page.total;
    addPageLinks(c, { limit, offset }, more);
    const rendered = page.subscriptions.map((one) =>
      broker.subscriptions.render(one, names, sysAttrs)
    );
    return ngsiAnswer(c, rendered, names);
  });

  // CIM 009 6.11.3.1
  app.get(`${PATH}/:id`, async (c) => {
    acceptedType(c.req.header("Accept"));
    const { broker, by } = asked(c, access);
    const parameters = knownParameters(c.req.url, ["options"]);
    const sysAttrs = optionOf(parameters, ["sysAttrs"]) !== undefined;
    const names = await ngsiNames(c, broker.contexts);
    const subscription = broker.subscriptions.retrieve(idOf(c), by);
    // CIM 009 4.3.6.8: versions differ in entities only.
    const version = preferredVersion(c.req.header("Prefer"));
    if (version !== undefined) {
      c.header("Preference-Applied", `ngsi-ld=${version}`);
    }
    return ngsiAnswer(
      c,
      broker.subscriptions.render(subscription, names, sysAttrs),
      names,
    );
  });

  // CIM 009 6.11.3.2
  app.patch(`${PATH}/:id`, async (c) => {
    const { broker, by } = asked(c, access);
    knownParameters(c.req.url);
    const id = idOf(c);
    const { sent, namesFor } = await ngsiBody(c, broker.contexts);
    await broker.subscriptions.update(id, sent, await namesFor(sent), by);
    if (by.operator) await record(by, broker, "subscribe", id, audit);
    return c.body(null, 204);
  });

  // CIM 009 6.11.3.3
  app.delete(`${PATH}/:id`, async (c) => {
    const { broker, by } = asked(c, access);
    knownParameters(c.req.url);
    await broker.subscriptions.delete(idOf(c), by);
    return c.body(null, 204);
  });
}

function asked(c: C, access: Access): { broker: Broker; by: Subscriber } {
  const broker = access.broker(c);
  const caller = callerOf(c);
  requireSubscriber(caller, broker.code);
  return { broker, by: subscriberOf(caller, broker) };
}

/** Who runs services and asks to be told of them is written down. */
async function record(
  { id: caller }: Subscriber,
  { code: municipality }: Broker,
  action: string,
  object: string,
  audit: Audit,
): Promise<void> {
  await audit({ caller, municipality, action, object });
}

function idOf(c: C): string {
  return readId(c.req.param("id"));
}
