import { type Clock, Problem } from "@hiraku/kernel";
import {
  addCounts,
  type Control,
  findLink,
  isLinkToken,
  type Link,
  recordLinkStatus,
} from "@hiraku/kernel/control";
import {
  type Brokers,
  type Following,
  inwardNames,
  type LinkStores,
  takeIn,
  takeOut,
} from "@hiraku/ngsi";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { callerOf, type Env } from "./identity/caller.ts";
import { jsonInput } from "./input.ts";

export interface LinkParts {
  readonly control: Control;
  readonly clock: Clock;
  readonly brokers: Brokers;
  readonly links: LinkStores;
}

const PATH = "/api/v1/links/:id";
const TOKEN = "Hiraku-Link-Token";
const LARGEST_BODY = 16 * 1024 * 1024;
const SUCCESS_EVERY_MS = 1000;

const Entities = z.array(z.unknown()).max(10_000);
const Notification = z.object({ data: Entities });
const State = z.strictObject({
  data: Entities.default([]),
  absent: z.strictObject({
    ids: z.array(z.string()).max(1000),
    before: z.iso.datetime(),
  }).optional(),
});

/** Where entities of an outside broker come in that a municipality follows. */
export function linkRoutes(
  { control, clock, brokers, links }: LinkParts,
): Hono<Env> {
  const app = new Hono<Env>();
  const turns = new Map<string, Promise<unknown>>();
  const successes = new Map<string, number>();

  /** One after another: what is known of an entity is read and then written. */
  async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => {});
    turns.set(id, settled);
    try {
      return await turn;
    } finally {
      if (turns.get(id) === settled) turns.delete(id);
    }
  }

  async function followingOf(link: Link): Promise<Following> {
    const { mapping, municipality, types, id } = link;
    const broker = brokers.get(municipality);
    const { defaultNames } = broker.contexts;
    const theirs = mapping.context === undefined
      ? undefined
      : await broker.contexts.names(mapping.context);
    return {
      broker,
      link: id,
      store: await links.of(municipality),
      types: new Set(types.map(defaultNames.expand)),
      names: inwardNames(mapping, defaultNames, theirs),
    };
  }

  async function take(link: Link, data: readonly unknown[]): Promise<void> {
    const now = clock.now();
    const { refused } = await takeIn(await followingOf(link), data, now);
    await addCounts(
      control,
      link.municipality,
      [...refused].map(([reason, count]) => ({
        kind: "refused",
        name: `link ${link.id} ${reason}`,
        count,
      })),
    );
    if (now.getTime() - (successes.get(link.id) ?? 0) < SUCCESS_EVERY_MS) {
      return;
    }
    successes.set(link.id, now.getTime());
    await recordLinkStatus(control, link.id, {
      last_success_at: now.toISOString(),
    });
  }

  app.use(
    `${PATH}/*`,
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError() {
        throw new Problem("PayloadTooLarge", `At most ${LARGEST_BODY} bytes`);
      },
    }),
  );

  // CIM 009 6.3.8: the outside broker is the client here.
  app.post(`${PATH}/notifications`, async (c) => {
    const link = await followLink(control, c.req.param("id"));
    const sent = c.req.header(TOKEN) ?? "";
    if (!isLinkToken(link, sent)) {
      throw new Problem("Unauthorized", `The ${TOKEN} is not that of the link`);
    }
    refusePaused(link);
    const { data } = jsonInput(Notification, await c.req.text());
    await inTurn(link.id, () => take(link, data));
    return c.body(null, 204);
  });

  app.post(`${PATH}/state`, async (c) => {
    const { municipality, writesEntities } = callerOf(c);
    if (municipality !== "*" || !writesEntities) {
      throw new Problem("Forbidden", "This is for the platform itself");
    }
    const link = await followLink(control, c.req.param("id"));
    refusePaused(link);
    const { data, absent } = jsonInput(State, await c.req.text());
    await inTurn(link.id, async () => {
      await take(link, data);
      if (absent === undefined) return;
      const before = new Date(absent.before);
      const following = await followingOf(link);
      await takeOut(following, absent.ids, before, clock.now());
    });
    return c.body(null, 204);
  });

  return app;
}

async function followLink(control: Control, id: string): Promise<Link> {
  const link = await findLink(control, id);
  if (link.direction === "follow" && link.removedAt === null) return link;
  throw new Problem("ResourceNotFound", "There is no such link");
}

function refusePaused({ enabled }: Link): void {
  if (enabled) return;
  throw new Problem("Unavailable", "The link is paused", { retryAfter: 60 });
}
