import { Problem } from "@hiraku/kernel";
import {
  breakLeases,
  closeOrphanedRuns,
  type Command,
  registerRevision,
} from "@hiraku/kernel/control";
import {
  type CityWork,
  cityWork,
  type CityWorkOptions,
  jobNamed,
} from "./city_work.ts";
import { cutHandlers } from "./cuts/cut_commands.ts";
import { doNextCommand, type Handler } from "./commands.ts";
import { takeDropped } from "./files/drop_folder.ts";
import { feedRunner } from "./feeds/run_feeds.ts";
import { importCommand } from "./import_command.ts";
import { discardFromInbox } from "./inbox.ts";
import { audienceKeeper } from "./people/audience/keep_audiences.ts";
import { lotteryHandlers } from "./lottery/lottery_commands.ts";
import { peopleHandlers } from "./people/people_commands.ts";
import { reason } from "./recorded.ts";
import { openAlerts } from "./running/alert.ts";
import { recordFreshness } from "./running/freshness.ts";
import { openLineageSink } from "./running/lineage_sink.ts";
import { openSender } from "./running/sender.ts";
import { runningHandlers } from "./running/running_commands.ts";
import { snapshotHandlers } from "./snapshots/snapshot_commands.ts";
import {
  missedJobs,
  type Ongoing,
  persist,
  repeat,
  scheduleJobs,
} from "./schedule.ts";

export interface Work extends Ongoing {
  /** The municipalities at work, by code. */
  readonly cities: ReadonlyMap<string, CityWork>;
}

const AFTER_FAILURE_MS = 5_000;
const COMMANDS_EVERY_MS = 250;
const DROPPED_EVERY_MS = 2_000;
const FRESHNESS_EVERY_MS = 30_000;
const AUDIENCES_EVERY_MS = 500;

/**
 * Starts *work* for every municipality of the configuration: landing all the
 * time, jobs by schedule, commands from the control store one after another.
 * Nothing that fails stops anything else. Throws when a warehouse cannot be
 * opened.
 */
export async function startWork(given: CityWorkOptions): Promise<Work> {
  const { config, control, clock, log } = given;
  const alerts = openAlerts(config, clock, log, openSender(config));
  const lineage = openLineageSink(config, clock, log);
  const options = { ...given, alerts, lineage };
  const orphans = await closeOrphanedRuns(control, clock);
  if (orphans > 0) log.warn("Runs of a dead process closed", { runs: orphans });
  const cities = new Map<string, CityWork>();
  for (const municipality of config.municipalities) {
    await breakLeases(control, municipality.code);
    cities.set(municipality.code, await cityWork(municipality, options));
  }

  const failed = (what: string, code?: string) => (error: unknown) =>
    log.error(`${what} failed`, {
      municipality: code ?? null,
      detail: reason(error),
    });
  const ongoing: Ongoing[] = [];
  for (const [code, city] of cities) {
    ongoing.push(
      repeat(city.land, {
        everyMs: config.schedules.landEveryMs,
        afterFailureMs: AFTER_FAILURE_MS,
        onFailure: failed("Landing", code),
      }),
      repeat(audienceKeeper(options, city).step, {
        everyMs: AUDIENCES_EVERY_MS,
        afterFailureMs: AFTER_FAILURE_MS,
        onFailure: failed("Keeping audiences", code),
      }),
      scheduleJobs(city, log),
      followRegisters(options, city),
      repeat(async () => {
        await recordFreshness(control, city, config, clock.now(), alerts);
      }, {
        everyMs: FRESHNESS_EVERY_MS,
        afterFailureMs: FRESHNESS_EVERY_MS,
        onFailure: failed("Judging freshness", code),
      }),
      catchUp(options, city),
    );
    ongoing.push(repeat(async () => {
      await takeDropped(options, city, {
        dropped: options.layout.dropped(code),
        landing: options.layout.landing(code),
        senders: config.senders,
      });
    }, {
      everyMs: DROPPED_EVERY_MS,
      afterFailureMs: AFTER_FAILURE_MS,
      onFailure: failed("Taking files", code),
    }));
    const feeds = feedRunner({
      city: city.data,
      put: async (types, entities) => {
        await options.onThings?.(code, types, entities);
      },
      clock,
      log,
      alerts,
    });
    for (const feed of config.feeds) {
      if (feed.municipality !== code) continue;
      const everyMs = feed.everySeconds * 1_000;
      ongoing.push(repeat(() => feeds.look(feed), {
        everyMs,
        afterFailureMs: everyMs,
        // The runner has said what went wrong.
        onFailure: () => {},
      }));
    }
  }
  const handlers = handlersOf(options, cities);
  let stopping = false;
  ongoing.push(repeat(
    async () => {
      while (
        !stopping && await doNextCommand(options, handlers, () => stopping)
      );
    },
    {
      everyMs: COMMANDS_EVERY_MS,
      afterFailureMs: AFTER_FAILURE_MS,
      onFailure: failed("Taking a command"),
    },
  ));
  return {
    cities,
    async stop() {
      stopping = true;
      const stopped = ongoing.map((one) => one.stop());
      for (const city of cities.values()) city.halt();
      await Promise.all(stopped);
      for (const city of cities.values()) await city.close();
      await lineage.settled();
    },
  };
}

const REGISTERS_EVERY_MS = 1_000;

/** Looks at every live view at the start and whenever a register has changed. */
function followRegisters(
  { control, log }: CityWorkOptions,
  { municipality, live }: CityWork,
): Ongoing {
  let seen = -1;
  return repeat(async () => {
    const revision = await registerRevision(control, municipality.code);
    if (revision === seen) return live.again();
    seen = revision;
    live.all();
  }, {
    everyMs: REGISTERS_EVERY_MS,
    afterFailureMs: AFTER_FAILURE_MS,
    onFailure: (error) =>
      log.error("Following the registers failed", { detail: reason(error) }),
  });
}

function catchUp(options: CityWorkOptions, city: CityWork): Ongoing {
  const { control, clock, log } = options;
  const stopping = new AbortController();
  const work = async () => {
    for (const { job, due } of await missedJobs(control, clock, city)) {
      if (stopping.signal.aborted) return;
      await persist(job, due, stopping.signal);
    }
  };
  const done = work().catch((error) =>
    log.error("Catching up failed", { detail: reason(error) })
  );
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

function handlersOf(
  options: CityWorkOptions,
  cities: ReadonlyMap<string, CityWork>,
): Record<string, Handler> {
  const cityOf = ({ municipality }: Command): CityWork => {
    const city = cities.get(municipality);
    if (city !== undefined) return city;
    throw new Problem(
      "NonexistentTenant",
      `Municipality '${municipality}' does not exist`,
    );
  };
  const inboxOf = ({ municipality }: Command) =>
    options.layout.inbox(municipality);
  const runJob = async (city: CityWork, name: unknown) => {
    if (await jobNamed(city, name).run()) return { pipeline: name };
    throw new Problem("Unavailable", `Pipeline '${name}' failed; see its run`);
  };
  return {
    ...peopleHandlers(options, cityOf),
    ...runningHandlers(options, cityOf),
    ...lotteryHandlers(options, cityOf),
    ...snapshotHandlers(options, cityOf),
    ...cutHandlers(options, cityOf),
    ...options.commands,
    import: {
      run: (command, onProgress) =>
        importCommand(
          options,
          cityOf(command),
          inboxOf(command),
          command,
          onProgress,
        ),
      over: (command) =>
        discardFromInbox(inboxOf(command), String(command.arguments["path"])),
    },
    run: {
      run: (command) => runJob(cityOf(command), command.arguments["pipeline"]),
    },
    publish: {
      run: async (command) => {
        const city = cityOf(command);
        const asked = command.arguments["dataset"];
        const all = options.pipelines.map(({ id }) => id);
        const names = asked === undefined ? all : [asked];
        for (const name of names) await runJob(city, name);
        return { datasets: names };
      },
    },
  };
}
