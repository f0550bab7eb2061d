/** Work of which one is done at a time, in the order in which it came. */
export interface Turns {
  /** Does `work` when its turn has come; `asked` says that somebody waits for it. */
  take<T>(work: () => Promise<T>, asked: boolean): Promise<T>;
  /** Aborted while work that somebody asked for waits for its turn. */
  readonly somebodyWaits: AbortSignal;
}

export function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let somebodyWaits = new AbortController();
  return {
    take(work, asked) {
      if (asked) {
        waiting += 1;
        somebodyWaits.abort();
      }
      const turn = last.then(() => {
        if (asked) waiting -= 1;
        if (waiting === 0) somebodyWaits = new AbortController();
        return work();
      });
      last = turn.catch(() => {});
      return turn;
    },
    get somebodyWaits() {
      return somebodyWaits.signal;
    },
  };
}
