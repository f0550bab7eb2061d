import type { Config } from "@hiraku/kernel";

/** How one job is run. */
export interface JobPolicy {
  readonly missed: "none" | "last" | "all";
  readonly retries: number;
  readonly backOffSeconds: number;
  readonly timeoutMinutes: number;
  readonly freshHours?: number | undefined;
}

const USUAL: JobPolicy = {
  missed: "last",
  retries: 2,
  backOffSeconds: 30,
  timeoutMinutes: 120,
};

/** The policy of a job: its own, that of `*`, or the usual one. */
export function policyOf(
  { running }: Pick<Config, "running">,
  job: string,
): JobPolicy {
  return running.policies[job] ?? running.policies["*"] ?? USUAL;
}

/** Milliseconds before an attempt, the first being 1; a little apart for each job. */
export function pauseBefore(
  { backOffSeconds }: JobPolicy,
  attempt: number,
  jitter: number,
): number {
  return backOffSeconds * 1_000 * 2 ** (attempt - 1) * (1 + jitter / 4);
}
