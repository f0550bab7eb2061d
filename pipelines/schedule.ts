import { Cron } from "croner";
import { CITY_ZONE, type Clock, type Log } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import type { CityWork, Job } from "./city_work.ts";
import { reason } from "./recorded.ts";
import { pauseBefore } from "./running/policy.ts";

/** Something that goes on until it is stopped; `stop` waits for what is under way. */
export interface Ongoing {
  stop(): Promise<void>;
}

/**
 * Runs each job at its city time and after a failure again as its policy says;
 * a job that is still at it is left alone.
 */
export function scheduleJobs(city: CityWork, log: Log): Ongoing {
  const under = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const crons = city.jobs.map((job) =>
    new Cron(job.cron, { timezone: CITY_ZONE, protect: true }, async (self) => {
      const at = self.currentRun() ?? undefined;
      const running = persist(job, at, stopping.signal).catch((error) => {
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
      stopping.abort();
      for (const cron of crons) cron.stop();
      await Promise.all(under);
    },
  };
}

/** Runs a job, and after each failure again until its retries are used up. */
export async function persist(
  job: Job,
  scheduledFor: Date | undefined,
  signal: AbortSignal,
  wait: (ms: number, signal: AbortSignal) => Promise<void> = pause,
): Promise<boolean> {
  const { retries } = job.policy;
  for (let attempt = 1;; attempt++) {
    if (await job.run(scheduledFor)) return true;
    if (attempt > retries || signal.aborted) return false;
    await wait(pauseBefore(job.policy, attempt, Math.random()), signal);
    if (signal.aborted) return false;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Most missed instants of one job that are made up for. */
const MOST_MISSED = 100;

/**
 * Instants of jobs that passed while nobody was at work, as each job's policy
 * wants them: none, the last, or all, oldest first. A job that never ran waits
 * for its time: its data may not have landed yet.
 */
export async function missedJobs(
  control: Control,
  clock: Clock,
  { municipality, jobs }: CityWork,
): Promise<{ job: Job; due: Date }[]> {
  const missed: { job: Job; due: Date }[] = [];
  for (const job of jobs) {
    const { missed: wanted } = job.policy;
    if (wanted === "none") continue;
    const instants = new Cron(job.cron, { timezone: CITY_ZONE, paused: true })
      .previousRuns(wanted === "all" ? MOST_MISSED : 1, clock.now());
    const last = await control.selectFrom("run").select("started_at")
      .where("municipality", "=", municipality.code)
      .where("pipeline", "=", job.name)
      .where("outcome", "=", "succeeded")
      .orderBy("started_at", "desc").limit(1).executeTakeFirst();
    if (last === undefined) continue;
    const since = last.started_at;
    missed.push(
      ...instants.filter((due) => since < due.toISOString()).toReversed()
        .map((due) => ({ job, due })),
    );
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
