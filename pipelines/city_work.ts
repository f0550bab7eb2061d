import {
  type Config,
  type Layout,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import { type LiveKeyring, openPseudonymiser } from "@hiraku/pipelines/events";
import type { Handler } from "./commands.ts";
import { clearDropped } from "./files/clear_dropped.ts";
import { clearInbox } from "./inbox.ts";
import { landingRuns } from "./landing_run.ts";
import type { SentEntity } from "./entities/broker_client.ts";
import { LIVE_VIEWS } from "./live/all.ts";
import { type LiveViews, liveViews } from "./live/live_view.ts";
import { type JobPolicy, policyOf } from "./running/policy.ts";
import { takeLease } from "@hiraku/kernel/control";
import type { Asset } from "./assets/asset.ts";
import { entriesOf, harvestAll, registered } from "@hiraku/opendata";
import type { CityData, Sinks } from "./aggregate.ts";
import { proveNoNumbers } from "./people/number_proof.ts";
import { datasetsBeside, type Pipeline } from "./pipeline.ts";
import { type Outcome, recorded, type Recorder } from "./recorded.ts";
import { tidyWarehouse } from "./retention.ts";
import { removeFiled } from "./segment.ts";
import type { ShelterState } from "./shelter_states.ts";
import { restate } from "./assets/restate.ts";
import { openSnapshots, type Snapshots } from "./snapshots/snapshots.ts";
import { takeTurns } from "./turns.ts";
import { unregisteredClicks } from "./usage_tables.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";

export interface CityWorkOptions extends Recorder {
  readonly config: Config;
  readonly layout: Layout;
  readonly pipelines: readonly Pipeline[];
  readonly sinks: Sinks;
  /** Commands of other rooms, by their kind. */
  readonly commands?: Readonly<Record<string, Handler>>;
  /** The shelters after each landing that touched them. */
  onShelters(code: string, states: readonly ShelterState[]): Promise<void>;
  /** All entities that are to be of some types, whenever they may have changed. */
  onThings?(
    code: string,
    types: readonly string[],
    entities: readonly SentEntity[],
  ): Promise<void>;
  /** After a new version of a dataset is out. */
  onPublished?(code: string, dataset: string, version: string): Promise<void>;
}

/** A named piece of work of one municipality and when it is due. */
export interface Job {
  readonly name: string;
  /** Cron expression in the city's time. */
  readonly cron: string;
  /** What it reads. */
  readonly assets: readonly Asset[];
  readonly policy: JobPolicy;
  /** Done under a run record; answers whether it succeeded. */
  run(scheduledFor?: Date): Promise<boolean>;
}

/** Everything *work* does for one municipality; it alone has the warehouse open. */
export interface CityWork {
  readonly municipality: Municipality;
  readonly warehouse: Warehouse;
  readonly keyring: LiveKeyring;
  land(): Promise<void>;
  readonly jobs: readonly Job[];
  /** Everything that is computed partition by partition. */
  readonly assets: readonly Asset[];
  readonly live: LiveViews;
  readonly snapshots: Snapshots;
  /** What pipelines and views read, as of now. */
  data(): Promise<CityData>;
  /** Ends a long landing early; jobs that need it fail and are made up for. */
  halt(): void;
  close(): Promise<void>;
}

/** Opens the warehouse of a municipality and lines up its work. */
export async function cityWork(
  municipality: Municipality,
  options: CityWorkOptions,
): Promise<CityWork> {
  const { config, layout, clock, pipelines, sinks } = options;
  const { code } = municipality;
  const warehouse = await openWarehouse(layout.warehouse(code), {
    memoryLimit: config.warehouseMemory,
  });
  const dir = layout.landing(code);
  const keyring = openPseudonymiser(layout.pseudonymKey(code));
  const { land, halt, settled } = landingRuns({
    ...options,
    municipality,
    warehouse,
    dir,
    keyring,
    onShelters: options.onShelters,
    onLanded: (types) => live.landed(types),
  });
  const snapshots = openSnapshots({
    warehouse,
    folder: layout.snapshots(code),
    landing: dir,
    keyring,
    clock,
    memoryLimit: config.warehouseMemory,
    keep: config.keepSnapshots,
  });
  const cityData = async (): Promise<CityData> => ({
    warehouse,
    municipality: await registered(options.control, municipality),
    now: clock.now(),
    members: config.municipalities,
    released: sinks.previous,
    entries: (register) => entriesOf(options.control, code, register),
  });
  const live = liveViews({
    views: options.onThings === undefined ? [] : LIVE_VIEWS,
    city: cityData,
    put: async ({ entityTypes }, entities) => {
      await options.onThings?.(code, entityTypes, entities);
    },
    clock,
    log: options.log,
  });

  // One job at a time: two may publish the same dataset.
  const turns = takeTurns();
  const stopping = new AbortController();
  const job = (
    name: string,
    cron: string,
    assets: readonly Asset[],
    work: (signal: AbortSignal) => Promise<Outcome>,
  ): Job => {
    const policy = policyOf(config, name);
    const once = async (scheduledFor?: Date): Promise<boolean> => {
      const timeout = AbortSignal.timeout(policy.timeoutMinutes * 60_000);
      const signal = AbortSignal.any([timeout, stopping.signal]);
      const outcome = await recorded(options, code, name, async () => {
        const lease = await takeLease(
          options.control,
          clock,
          `${code} ${name}`,
          policy.timeoutMinutes * 60_000,
        );
        if (lease === undefined) {
          throw new Problem("Conflict", "It is being run already");
        }
        try {
          return await work(signal);
        } finally {
          await lease.release();
        }
      }, { scheduledFor, assets: assets.map(({ id }) => id) });
      return outcome !== undefined;
    };
    return {
      name,
      cron,
      assets,
      policy,
      run: (scheduledFor) =>
        turns.take(() => once(scheduledFor), scheduledFor === undefined),
    };
  };

  const assets = [...new Set(pipelines.flatMap((one) => one.assets))];
  const restateAll = (signal: AbortSignal) =>
    restate(warehouse, assets, { now: clock.now(), signal });
  const publish = (pipeline: Pipeline) =>
  async (
    signal: AbortSignal,
  ): Promise<Outcome> => {
    await land();
    const beside = datasetsBeside(pipeline, pipelines);
    const version = await pipeline.run(
      { ...await cityData(), signal, beside },
      sinks,
    );
    if (version === undefined) return { detail: "Nothing new to publish" };
    live.published(pipeline.id);
    await options.onPublished?.(code, pipeline.id, version);
    return { detail: `Version ${version}` };
  };

  const { schedules } = config;
  const jobs = [
    job("aggregate", schedules.aggregate, assets, async (signal) => {
      await land();
      // What is left is computed next time, or by whoever needs it.
      const { somebodyWaits } = turns;
      const restated = await restateAll(
        AbortSignal.any([signal, somebodyWaits]),
      );
      signal.throwIfAborted();
      const failed = restated.filter(({ outcome }) => outcome === "failed");
      if (failed.length > 0) {
        const names = failed.map((one) => `${one.asset} ${one.partition}`);
        throw new Problem("Unavailable", `Not computed: ${names.join(", ")}`);
      }
      const outside = await unregisteredClicks(warehouse, municipality);
      return {
        detail: `${restated.length} partitions computed, ` +
          `${outside} clicks of mini-apps outside the register` +
          (somebodyWaits.aborted ? ", then gave way" : ""),
      };
    }),
    job("tidy", schedules.tidy, [], async (signal) => {
      await land();
      await restateAll(signal);
      const files = await removeFiled(dir, config.keepLandedHours, clock);
      await clearInbox(layout.inbox(code), config.keepLandedHours, clock);
      await clearDropped(layout.dropped(code), config.keepLandedHours, clock);
      const events = await tidyWarehouse(warehouse, clock, assets);
      return { detail: `${files} segments and ${events} events removed` };
    }),
    job("number_proof", schedules.tidy, [], async () => {
      const { columns, looked, found } = await proveNoNumbers(warehouse);
      const said = `${found} values shaped like a My Number among ` +
        `${looked} looked at in ${columns} columns`;
      if (found > 0) throw new Problem("Conflict", said);
      return { detail: said };
    }),
    ...(schedules.snapshot === undefined ? [] : [
      job("snapshot", schedules.snapshot, [], async () => {
        await land();
        const { name, events } = await snapshots.take();
        return { detail: `Snapshot ${name} of ${events} events` };
      }),
    ]),
    ...(config.harvest.hosts.length === 0 ? [] : [
      job("harvest", schedules.harvest, [], async () => {
        const { harvest: rules, origin } = config;
        const done = await harvestAll({ layout, clock, rules, origin }, code);
        return {
          detail: `${done.sources} portals, ${done.added} datasets more, ` +
            `${done.removed} fewer`,
        };
      }),
    ]),
    ...pipelines.map((one) =>
      job(one.id, schedules[one.schedule], one.assets, publish(one))
    ),
  ];
  return {
    municipality,
    warehouse,
    keyring,
    land,
    jobs,
    assets,
    live,
    snapshots,
    data: cityData,
    halt: () => {
      stopping.abort();
      halt();
    },
    close: async () => {
      await settled();
      await live.settled();
      await warehouse.destroy();
    },
  };
}

/** The job of a name; a `Problem` names it when it does not exist. */
export function jobNamed({ jobs }: CityWork, name: unknown): Job {
  const found = jobs.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", `Pipeline '${name}' does not exist`);
}
