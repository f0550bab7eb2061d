import { type Clock, Problem } from "@hiraku/kernel";

/** Slows down guessing: after five wrong passwords a login waits. */
export interface Attempts {
  /** Throws `TooManyRequests` while the login has to wait. */
  check(login: string): void;
  failed(login: string): void;
}

const FREE = 5;
const WINDOW_MS = 5 * 60_000;
const MOST_LOGINS = 10_000;

export function attempts(clock: Clock): Attempts {
  const failures = new Map<string, number[]>();
  const recent = (login: string): number[] => {
    const since = clock.now().getTime() - WINDOW_MS;
    return (failures.get(login) ?? []).filter((at) => at > since);
  };
  return {
    check(login) {
      if (recent(login).length < FREE) return;
      throw new Problem("TooManyRequests", "Too many wrong passwords", {
        retryAfter: WINDOW_MS / 1_000,
      });
    },
    failed(login) {
      if (failures.size > MOST_LOGINS) failures.clear();
      failures.set(login, [...recent(login), clock.now().getTime()]);
    },
  };
}
