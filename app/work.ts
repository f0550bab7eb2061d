import { openShelf as openReleased } from "@hiraku/dashboards";
import { createKey, listKeys, revokeKey } from "@hiraku/api/identity";
import {
  armBoundary,
  describeError,
  jsonLog,
  layout as layoutOf,
  municipalitiesByCode,
  readConfig,
  type Role,
  systemClock,
} from "@hiraku/kernel";
import { type Control, openControl } from "@hiraku/kernel/control";
import {
  freezeCube,
  keepReport,
  latestVersion,
  miniappUsage,
  monthsToMeasure,
  NewestTables,
  openShelf,
  publish,
  refreshOpenDataList,
} from "@hiraku/opendata";
import {
  type EntityWriter,
  entityWriter,
  openSender,
  PIPELINES,
  repeat,
  startLinks,
  startWork,
} from "@hiraku/pipelines";
import { followShelf } from "./follow_shelf.ts";
import { holdLock } from "./lock.ts";
import { listAfterwards } from "./list_afterwards.ts";
import { reportCommands, sendReports } from "./reports.ts";
import { stopRequested } from "./stopping.ts";
import { usageRows } from "./usage_rows.ts";

/** The process that lands, aggregates, releases and publishes, and feeds the broker. */
const PRODUCER = "work: live entities";
const LINKS = "work: links";
/** A version can be withdrawn at any time. */
const LOOK_AGAIN_MS = 60_000;
const REPORTS_EVERY_MS = 30_000;
/** A look at the shelf costs one call a city where nothing changed. */
const LOOK_AT_SHELF_MS = 5_000;
const config = readConfig();
armBoundary(config.killAt);
const clock = systemClock;
const log = jsonLog("work", () => clock.now());
const layout = layoutOf(config.dataDir);
await Deno.mkdir(layout.root, { recursive: true });
using _lock = await holdLock(`${layout.root}/work.lock`);

const control = await openControl(layout.control);
const token = await producerKey(control, PRODUCER, []);
const writers = new Map<string, EntityWriter>();
for (const { code, tenant } of config.municipalities) {
  const origin = `http://${config.hostname}:${config.port}`;
  writers.set(code, entityWriter({ origin, tenant, token, clock, log }));
}
const shown = new Map<string, string>();
const listSoon = listAfterwards(async (code) => {
  const city = config.municipalities.find((one) => one.code === code);
  if (city === undefined) return;
  await refreshOpenDataList(city, { layout, clock, origin: config.origin });
}, log);
const reporting = {
  config,
  control,
  clock,
  log,
  shelf: openReleased(layout, clock),
  sender: openSender(config),
};
const newest = new NewestTables(layout);
const work = await startWork({
  config,
  commands: reportCommands(reporting),
  layout,
  clock,
  log,
  control,
  pipelines: PIPELINES,
  sinks: {
    previous: (municipality, dataset) =>
      newest.of(municipality.code, dataset.id),
    publish: async (released) => {
      const { version, isNew } = await publish(released, { layout, clock });
      if (!isNew) return undefined;
      await keepReport(control, {
        municipality: released.municipality.code,
        dataset: released.dataset.id,
        version: version.manifest.version,
      }, released.report);
      return version.manifest.version;
    },
    cubes: {
      toMeasure: ({ code }, months) => monthsToMeasure(layout, code, months),
      freeze: (municipality, month, used) =>
        freezeCube({ layout, clock }, municipality, month, used),
    },
  },
  onShelters: async (code, states) => {
    await writers.get(code)?.putShelters(states);
  },
  onThings: async (code, types, entities) => {
    await writers.get(code)?.putThings(types, entities);
  },
  onPublished: async (code, dataset) => {
    if (dataset === miniappUsage.id) await showUsage(code);
  },
});
const shelf = openShelf({
  layout,
  municipalities: municipalitiesByCode(config.municipalities),
  clock,
});
const showing = config.municipalities.flatMap(({ code }) => {
  const look = followShelf({
    shelf,
    code,
    origin: config.origin,
    put: async (types, entities) => {
      await writers.get(code)?.putThings(types, entities);
    },
    list: listSoon,
    log,
  });
  void showUsage(code);
  void look();
  return [
    setInterval(() => void showUsage(code), LOOK_AGAIN_MS),
    setInterval(() => void look(), LOOK_AT_SHELF_MS),
  ];
});
const reports = repeat(() => sendReports(reporting), {
  everyMs: REPORTS_EVERY_MS,
  afterFailureMs: REPORTS_EVERY_MS,
  onFailure: (error) =>
    log.error("Sending reports failed", { error: describeError(error) }),
});
// Its subscriptions outlive the key that made them, so it must see all.
const links = startLinks({
  config,
  layout,
  clock,
  log,
  control,
  token: await producerKey(control, LINKS, ["admin"]),
});
log.info("At work", { municipalities: config.municipalities.length });

const reason = await stopRequested(Deno.args.includes("--launched"));
log.info("Stopping", { reason });
showing.forEach(clearInterval);
await Promise.all([...writers.values()].map((writer) => writer.close()));
await reports.stop();
await links.stop();
await work.stop();
await control.destroy();
log.info("Stopped");
Deno.exit(0);

/** `UsageStatistics` of the newest valid version, as the public sees it; none without one. */
async function showUsage(code: string): Promise<void> {
  const root = layout.releasedRoot(code);
  try {
    const version = await latestVersion(root, miniappUsage.id, clock);
    const name = version?.manifest.version ?? "";
    if (shown.get(code) === name) return;
    shown.set(code, name);
    const rows = version === undefined ? [] : await usageRows(version);
    await writers.get(code)?.putUsage(rows);
  } catch (error) {
    shown.delete(code);
    log.error("Released figures could not be shown", {
      municipality: code,
      error: describeError(error),
    });
  }
}

/** A key of this process alone: what an earlier one held is revoked. */
async function producerKey(
  store: Control,
  name: string,
  roles: readonly Role[],
): Promise<string> {
  for (const { id, label, revokedAt } of await listKeys(store)) {
    if (label === name && revokedAt === null) {
      await revokeKey(store, clock, id);
    }
  }
  const { key } = await createKey(store, clock, {
    label: name,
    municipality: "*",
    eventTypes: [],
    roles,
    writesEntities: true,
  });
  return key;
}
