import { createApp, openCollector } from "@hiraku/api";
import { scriptsWhenAsked } from "@hiraku/dashboards";
import {
  armBoundary,
  describeError,
  jsonLog,
  layout as layoutOf,
  municipalitiesByCode,
  readConfig,
  systemClock,
} from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import { linkStores, openBrokers, preloadContexts } from "@hiraku/ngsi";
import { followRegisters } from "./follow_registers.ts";
import { holdLock } from "./lock.ts";
import { stopRequested } from "./stopping.ts";

/** The process that answers HTTP: collector, broker, open data, dashboards. */
const config = readConfig();
armBoundary(config.killAt);
const clock = systemClock;
const log = jsonLog("serve", () => clock.now());
const layout = layoutOf(config.dataDir);
const municipalities = new Map(municipalitiesByCode(config.municipalities));
await Deno.mkdir(layout.root, { recursive: true });
using _lock = await holdLock(`${layout.root}/serve.lock`);

const control = await openControl(layout.control);
const stopFollowing = followRegisters(
  control,
  config.municipalities,
  municipalities,
  log,
);
const collector = await openCollector({ config, layout, clock, control });
const brokers = await openBrokers({
  layout,
  municipalities: config.municipalities,
  openTenants: config.ngsi.openTenants,
  tenantsByRequest: config.ngsi.tenantsByRequest,
  clock,
  mostLookedAt: config.ngsi.mostLookedAt,
  sweepEveryMs: config.ngsi.sweepEveryMs,
  writesInThread: true,
  failed: (error) =>
    log.error("The upkeep of a broker failed", { error: describeError(error) }),
  history: config.ngsi.history,
  ...config.ngsi.postgres === undefined
    ? {}
    : { postgres: config.ngsi.postgres },
  contexts: {
    origin: config.origin,
    outbound: {
      allowPrivate: config.ngsi.allowPrivateAddresses,
      allowedHosts: config.ngsi.allowedHosts,
    },
    ...config.ngsi.contextFolder === undefined ? {} : {
      preloaded: await preloadContexts(config.ngsi.contextFolder),
    },
  },
});
const links = linkStores(layout.links);
const scripts = scriptsWhenAsked((error) =>
  log.error("Pages go without scripts", { error: describeError(error) })
);
const answer = createApp({
  scripts,
  embedIn: config.embedIn,
  clock,
  log,
  layout,
  origin: config.origin,
  municipalities,
  control,
  collector,
  brokers,
  links,
  senders: config.senders,
  webhookHosts: config.running.reports.webhookHosts,
});
const server = Deno.serve({
  hostname: config.hostname,
  port: config.port,
  onListen: ({ hostname, port }) => log.info("Listening", { hostname, port }),
}, (request) => answer(request));

const reason = await stopRequested(Deno.args.includes("--launched"));
log.info("Stopping", { reason });
// Open connections get a moment; what was acknowledged is durable already.
await Promise.race([
  server.shutdown(),
  new Promise((resolve) => setTimeout(resolve, 2_000)),
]);
stopFollowing();
await collector.close();
await brokers.close();
await links.close();
await control.destroy();
log.info("Stopped");
Deno.exit(0);
