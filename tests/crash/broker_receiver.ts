import type { State, Truth } from "./broker_writers.ts";

/** Takes notifications about counters and accounts for them. */
export interface BrokerReceiver extends AsyncDisposable {
  readonly uri: string;
  /** Notifications that came again. */
  readonly repeated: number;
  /** Ids of notifications that came with another body than before. */
  readonly unstable: ReadonlySet<string>;
  /** Changes that were never told, or told under more than one id. */
  untold(truths: readonly Truth[]): string[];
  /** What was told and never happened. */
  invented(truths: readonly Truth[]): string[];
}

interface Told {
  readonly id: string;
  readonly n: State;
}

export function startBrokerReceiver(random: () => number): BrokerReceiver {
  const bodies = new Map<string, string>();
  const ids = new Map<string, Set<string>>();
  const unstable = new Set<string>();
  let repeated = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const body = await request.text();
      const { id, data } = JSON.parse(body) as { id: string; data: Told[] };
      const known = bodies.get(id);
      if (known !== undefined) repeated += 1;
      if (known !== undefined && known !== body) unstable.add(id);
      bodies.set(id, body);
      for (const told of data) {
        const key = keyOf(told.id, told.n);
        ids.set(key, (ids.get(key) ?? new Set()).add(id));
      }
      // A kill finds some of them on their way.
      if (random() < 0.1) {
        await new Promise((resolve) => setTimeout(resolve, random() * 10));
      }
      return new Response();
    },
  );
  return {
    uri: `http://127.0.0.1:${server.addr.port}/`,
    get repeated() {
      return repeated;
    },
    unstable,
    untold: (truths) =>
      happened(truths).filter((key) => ids.get(key)?.size !== 1),
    invented(truths) {
      const all = new Set(happened(truths));
      return [...ids.keys()].filter((key) => !all.has(key));
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}

/** Deletions are not asked for. */
function happened(truths: readonly Truth[]): string[] {
  return truths.flatMap(({ id, states }) =>
    states.flatMap((n) => n === undefined ? [] : keyOf(id, n))
  );
}

function keyOf(id: string, n: State): string {
  return `${id} ${n}`;
}
