import { Cron } from "croner";
import { CITY_ZONE, Problem } from "@hiraku/kernel";
import type { Command } from "@hiraku/kernel/control";
import { z } from "zod";
import type { Asset } from "../assets/asset.ts";
import { duePartitions } from "../assets/due.ts";
import { restate } from "../assets/restate.ts";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import { argumentsOf } from "../command_arguments.ts";
import type { Handler } from "../commands.ts";
import {
  quarantinedEvents,
  quarantineGroups,
  replayQuarantine,
} from "../quarantine.ts";
import { recorded } from "../recorded.ts";

const Partition = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/);
const Reasons = z.enum(["missing", "late", "redefined", "failed"]);
const BackfillArguments = z.object({
  asset: z.string().default("all"),
  from: Partition.optional(),
  to: Partition.optional(),
  /** What is computed; partitions that stand as they should are left alone. */
  only: z.array(Reasons).min(1).default(["missing", "failed"]),
  /** Computes also what stands as it should. */
  force: z.boolean().default(false),
});
const Filter = z.object({
  type: z.string().optional(),
  code: z.string().optional(),
  field: z.string().optional(),
});
const ShowArguments = Filter.extend({
  limit: z.int().min(1).max(1_000).default(20),
});
const ReplayArguments = Filter.extend({
  set: z.record(z.string(), z.unknown()).default({}),
  drop: z.array(z.string()).default([]),
});

/** Commands about what is computed and what waits. */
export function runningHandlers(
  options: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  const { clock, layout } = options;
  return {
    plan: { run: (command) => plan(cityOf(command), clock.now()) },
    backfill: {
      run: async (command, onProgress) => {
        const city = cityOf(command);
        const given = argumentsOf(BackfillArguments, command);
        const outcome = await recorded(
          options,
          command.municipality,
          "backfill",
          async () => {
            const result = await backfill(
              city,
              given,
              clock.now(),
              onProgress,
            );
            const { computed, failed } = result;
            return { result, detail: `${computed} computed, ${failed} failed` };
          },
        );
        if (outcome === undefined) {
          throw new Problem("Unavailable", "The backfill failed; see its run");
        }
        return outcome.result;
      },
    },
    "quarantine.list": {
      run: async (command) => ({
        groups: await quarantineGroups(
          cityOf(command).warehouse,
          filterOf(argumentsOf(Filter, command)),
        ),
      }),
    },
    "quarantine.show": {
      run: async (command) => {
        const { limit, ...filter } = argumentsOf(ShowArguments, command);
        const { warehouse } = cityOf(command);
        return {
          events: await quarantinedEvents(warehouse, filterOf(filter), limit),
        };
      },
    },
    "quarantine.replay": {
      run: async (command) => {
        const { set, drop, ...filter } = argumentsOf(ReplayArguments, command);
        const { warehouse, municipality } = cityOf(command);
        return await replayQuarantine(
          warehouse,
          layout.landing(municipality.code),
          clock,
          filterOf(filter),
          { set, drop },
        );
      },
    },
  };
}

function filterOf(filter: z.infer<typeof Filter>) {
  const { type, code, field } = filter;
  return {
    ...(type !== undefined && { type }),
    ...(code !== undefined && { code }),
    ...(field !== undefined && { field }),
  };
}

/** What would run now and why, and when each job is next due. */
async function plan(city: CityWork, now: Date): Promise<unknown> {
  const due = await duePartitions(city.warehouse, city.assets);
  return {
    partitions: due.map(({ asset, partition, reason, events, blocked }) => ({
      asset,
      partition,
      reason: blocked ? "blocked" : reason,
      events,
    })),
    jobs: city.jobs.map(({ name, cron, policy }) => ({
      job: name,
      next: new Cron(cron, { timezone: CITY_ZONE, paused: true })
        .nextRun(now)?.toISOString() ?? null,
      missed: policy.missed,
      retries: policy.retries,
    })),
  };
}

async function backfill(
  { warehouse, assets }: CityWork,
  { asset, from, to, only, force }: z.infer<typeof BackfillArguments>,
  now: Date,
  onProgress: (progress: number) => void,
) {
  const chosen = assets.filter(({ id }) =>
    asset === "all" || id === asset || id.startsWith(`${asset}.`)
  );
  if (chosen.length === 0) {
    throw new Problem("ResourceNotFound", `Asset '${asset}' does not exist`);
  }
  const inside = (partition: string) =>
    (from === undefined || partition >= from.slice(0, partition.length)) &&
    (to === undefined || partition <= to.slice(0, partition.length));
  if (force) await forget(warehouse, chosen, inside);
  const reasons: readonly string[] = force ? Reasons.options : only;
  const all = (await duePartitions(warehouse, chosen)).filter((one) =>
    inside(one.partition) && reasons.includes(one.reason)
  );
  let done = 0;
  const restated = await restate(warehouse, chosen, {
    now,
    choose: (one) => inside(one.partition) && reasons.includes(one.reason),
    onRestated: () => onProgress(++done / all.length),
  });
  return {
    computed: restated.filter((one) => one.outcome === "computed").length,
    failed: restated.filter((one) => one.outcome === "failed").length,
    rows: restated.reduce((sum, one) => sum + one.rows, 0),
    seconds: Math.round(
      restated.reduce((sum, one) => sum + one.seconds, 0) * 100,
    ) / 100,
    failures: restated.filter((one) => one.outcome === "failed").map((one) => ({
      asset: one.asset,
      partition: one.partition,
      message: one.detail ?? "",
    })),
  };
}

/** Partitions are due again as if their asset had been redefined; what stands in them stays until then. */
async function forget(
  warehouse: CityWork["warehouse"],
  assets: readonly Asset[],
  inside: (partition: string) => boolean,
): Promise<void> {
  const ids = assets.map(({ id }) => id);
  const standing = await warehouse.selectFrom("asset_partition")
    .select(["asset", "partition"]).where("asset", "in", ids).execute();
  for (const { asset, partition } of standing) {
    if (!inside(partition)) continue;
    await warehouse.updateTable("asset_partition").set({ version: -1 })
      .where("asset", "=", asset).where("partition", "=", partition).execute();
  }
}
