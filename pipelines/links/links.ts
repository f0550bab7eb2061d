import {
  type Config,
  describeError,
  type Layout,
  Problem,
} from "@hiraku/kernel";
import {
  forgetLink,
  type Link,
  listLinks,
  readLinkKey,
  recordLinkStatus,
  removeLinkKey,
  revokeLinkToken,
} from "@hiraku/kernel/control";
import { clearLink, defaultNames, linkStores } from "@hiraku/ngsi";
import type { Recorder } from "../recorded.ts";
import { type Ongoing, repeat } from "../schedule.ts";
import { followLink } from "./follow_link.ts";
import { LinkFailure } from "./link_failure.ts";
import { type LinkedBroker, linkedBroker } from "./linked_broker.ts";
import {
  type AtWork,
  type OwnBroker,
  pauseAfter,
  subscriptionId,
} from "./link_parts.ts";
import { pushLink } from "./push_link.ts";

export interface LinksOptions extends Recorder {
  readonly config: Config;
  readonly layout: Layout;
  /** A key of ours that may have subscriptions and write entities everywhere. */
  readonly token: string;
}

const LOOK_EVERY_MS = 300;
const OWN = { allowPrivate: true, allowedHosts: [] };

/** Keeps every link of the control store at work, as pages and the command line want it. */
export function startLinks(options: LinksOptions): Ongoing {
  const { control, clock, log, layout, config } = options;
  const { allowPrivateAddresses, allowedHosts } = config.ngsi;
  const stores = linkStores(layout.links);
  const atWork = new Map<string, AtWork & { readonly link: Link }>();
  const underWay = new Map<string, Promise<void>>();
  const withdrawing = new Set<LinkedBroker>();
  /** Links whose end could not be brought about: how often, and when to try again. */
  const tried = new Map<string, { failures: number; at: number }>();

  async function outsideOf(link: Link): Promise<LinkedBroker> {
    const { address, tenant, municipality, id } = link;
    return linkedBroker({
      address,
      tenant,
      headers: await headersOf(layout.linkKey(municipality, id)),
      rules: { allowPrivate: allowPrivateAddresses, allowedHosts },
    });
  }

  async function headersOf(path: string): Promise<Record<string, string>> {
    try {
      return await readLinkKey(path);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      throw new LinkFailure("no_credential");
    }
  }

  function ownOf(code: string): OwnBroker {
    const { tenant = code } =
      config.municipalities.find((one) => one.code === code) ?? {};
    const origin = `http://${config.hostname}:${config.port}`;
    const { token } = options;
    return {
      origin,
      tenant,
      token,
      connect: () =>
        linkedBroker({
          address: origin,
          tenant,
          headers: { Authorization: `Bearer ${token}` },
          rules: OWN,
          failAs: "own_broker",
        }),
    };
  }

  async function start(link: Link): Promise<void> {
    const begin = link.direction === "push" ? pushLink : followLink;
    const { id, municipality } = link;
    const { update, stop } = begin({
      control,
      clock,
      log,
      store: await stores.of(municipality),
      own: ownOf(municipality),
      origin: config.origin,
      ours: defaultNames(config.origin),
      outside: await outsideOf(link),
      compareEveryMs: config.schedules.compareLinksEveryMs,
    }, link);
    atWork.set(id, { update, stop, link });
    log.info("A link is at work", { link: id, municipality });
  }

  async function halt(id: string): Promise<void> {
    const work = atWork.get(id);
    if (work === undefined) return;
    await work.stop();
    atWork.delete(id);
  }

  /** Takes back at the outside, or at our own broker, what the link had there. */
  async function withdraw(link: Link): Promise<void> {
    const broker = link.direction === "push"
      ? ownOf(link.municipality).connect()
      : await outsideOf(link);
    withdrawing.add(broker);
    try {
      await broker.unsubscribe(subscriptionId(link));
      await revokeLinkToken(control, link.id);
    } finally {
      withdrawing.delete(broker);
      broker.close();
    }
  }

  async function end(link: Link): Promise<void> {
    const { id, municipality } = link;
    await withdraw(link);
    await clearLink(await stores.of(municipality), id);
    await removeLinkKey(layout.linkKey(municipality, id));
    await forgetLink(control, id);
    log.info("A link is gone", { link: id, municipality });
  }

  async function attend(link: Link): Promise<void> {
    if (link.removedAt !== null) {
      await halt(link.id);
      return await end(link);
    }
    if (link.enabled) {
      const work = atWork.get(link.id);
      return work === undefined ? await start(link) : work.update(link);
    }
    await halt(link.id);
    if (link.direction === "follow" && link.tokenHash !== null) {
      await withdraw(link);
    }
  }

  async function attended(link: Link): Promise<void> {
    const { id, municipality } = link;
    const before = tried.get(id);
    const now = clock.now();
    if (before !== undefined && now.getTime() < before.at) return;
    try {
      await attend(link);
      tried.delete(id);
    } catch (error) {
      const failures = (before?.failures ?? 0) + 1;
      tried.set(id, { failures, at: now.getTime() + pauseAfter(failures) });
      const expected = error instanceof LinkFailure;
      log.warn("A link could not be attended to", {
        link: id,
        municipality,
        error: expected ? error.kind : describeError(error),
      });
      if (!expected) return;
      await recordLinkStatus(control, id, {
        last_failure_at: now.toISOString(),
        last_failure: error.kind,
      });
    }
  }

  async function look(): Promise<void> {
    const known: readonly string[] = config.municipalities
      .map(({ code }) => code);
    const links = (await listLinks(control)).filter(({ municipality }) =>
      known.includes(municipality)
    );
    const ids = new Set(links.map(({ id }) => id));
    for (const { link } of atWork.values()) {
      if (!ids.has(link.id)) doing(link, () => dropped(link));
    }
    for (const link of links) doing(link, () => attended(link));
  }

  /** One link that takes long keeps no other waiting. */
  function doing({ id }: Link, work: () => Promise<void>): void {
    if (underWay.has(id)) return;
    const done = work().catch((error) =>
      log.error("Looking after a link failed", {
        link: id,
        error: describeError(error),
      })
    ).finally(() => underWay.delete(id));
    underWay.set(id, done);
  }

  /** Somebody has made the control store forget it. */
  async function dropped(link: Link): Promise<void> {
    await halt(link.id);
    await clearLink(await stores.of(link.municipality), link.id);
    if (link.direction === "push") await withdraw(link);
  }

  const looking = repeat(look, {
    everyMs: LOOK_EVERY_MS,
    afterFailureMs: 5000,
    onFailure: (error) =>
      log.error("Looking after links failed", { error: describeError(error) }),
  });

  return {
    async stop() {
      await looking.stop();
      for (const broker of withdrawing) broker.close();
      await Promise.all(underWay.values());
      await Promise.all([...atWork.keys()].map(halt));
      await stores.close();
    },
  };
}
