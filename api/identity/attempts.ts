import { type Clock, Problem } from "@hiraku/kernel";

/** Slows down guessing: after five wrong passwords a login waits. */
export interface Attempts {
  /**
   * Counts a try before its password is checked, so that tries which come at
   * once are counted too. Throws `TooManyRequests` while the login has to wait.
   */
  begin(login: string): void;
  /** The password was right: what was tried before is forgotten. */
  succeeded(login: string): void;
}

const FREE = 5;
const WINDOW_MS = 5 * 60_000;
const MOST_LOGINS = 10_000;

export function attempts(clock: Clock): Attempts {
  const tries = new Map<string, number[]>();
  const recent = (login: string): number[] => {
    const since = clock.now().getTime() - WINDOW_MS;
    return (tries.get(login) ?? []).filter((at) => at > since);
  };
  return {
    begin(login) {
      const known = recent(login);
      if (known.length >= FREE) {
        throw new Problem("TooManyRequests", "Too many wrong passwords", {
          retryAfter: WINDOW_MS / 1_000,
        });
      }
      if (tries.size > MOST_LOGINS) tries.clear();
      tries.set(login, [...known, clock.now().getTime()]);
    },
    succeeded(login) {
      tries.delete(login);
    },
  };
}
