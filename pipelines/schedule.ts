import { Cron } from "croner";
import { CITY_ZONE, type Clock, type Log } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import type { CityWork, Job } from "./city_work.ts";
import { reason } from "./recorded.ts";

/** Something that goes on until it is stopped; `stop` waits for what is under way. */
export interface Ongoing {
  stop(): Promise<void>;
}

/** Runs each job at its city time; a job that is still at it is left alone. */
export function scheduleJobs(city: CityWork, log: Log): Ongoing {
  const under = new Set<Promise<unknown>>();
  const crons = city.jobs.map((job) =>
    new Cron(job.cron, { timezone: CITY_ZONE, protect: true }, async (self) => {
      const at = self.currentRun() ?? undefined;
      const running = job.run(at).catch((error) => {
        log.error("A run could not be recorded", {
          pipeline: job.name,
          detail: reason(error),
        });
      });
      under.add(running);
      await running;
      under.delete(running);
    })
  );
  return {
    async stop() {
      for (const cron of crons) cron.stop();
      await Promise.all(under);
    },
  };
}

/**
 * Jobs whose last instant passed while nobody was at work, each once. A job
 * that never ran waits for its time: its data may not have landed yet.
 */
export async function missedJobs(
  control: Control,
  clock: Clock,
  { municipality, jobs }: CityWork,
): Promise<{ job: Job; due: Date }[]> {
  const missed: { job: Job; due: Date }[] = [];
  for (const job of jobs) {
    const [due] = new Cron(job.cron, { timezone: CITY_ZONE, paused: true })
      .previousRuns(1, clock.now());
    if (due === undefined) continue;
    const last = await control.selectFrom("run").select("started_at")
      .where("municipality", "=", municipality.code)
      .where("pipeline", "=", job.name)
      .where("outcome", "=", "succeeded")
      .orderBy("started_at", "desc").limit(1).executeTakeFirst();
    if (last !== undefined && last.started_at < due.toISOString()) {
      missed.push({ job, due });
    }
  }
  return missed;
}

/** Repeats `step` with a pause between two; after a failure the pause is longer. */
export function repeat(
  step: () => Promise<void>,
  { everyMs, afterFailureMs, onFailure }: {
    readonly everyMs: number;
    readonly afterFailureMs: number;
    readonly onFailure: (error: unknown) => void;
  },
): Ongoing {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<void> = Promise.resolve();
  const once = async () => {
    let pause = everyMs;
    try {
      await step();
    } catch (error) {
      pause = afterFailureMs;
      if (!stopped) onFailure(error);
    }
    if (!stopped) timer = setTimeout(next, pause);
  };
  const next = () => {
    turn = once();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
