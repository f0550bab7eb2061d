import { ENTITIES, fill, type Loaded, startBroker, TYPE } from "./broker.ts";
import { type Figure, percentile, rate } from "./figure.ts";

const ASKED = 400;
const RUNS = 3;

/** Answers in a large store: one request after another, each a different one. */
export async function benchLargeBroker(): Promise<Figure[]> {
  const broker = await startBroker();
  try {
    await fill(broker, 100_000);
    await broker.idle();
    const small = await asked(broker);
    const loaded = await fill(broker, 900_000, 100_000);
    await broker.idle();
    const large = await asked(broker);
    const startMs = await broker.restart();
    await asked(broker);
    const mib = await broker.residentMib();
    return [
      {
        what: "type + q, 20 of 100,000 entities, p95",
        value: ms(small.q),
        against: "Stellio 1,440 ms",
        aim: "10 ms",
      },
      {
        what: "type + q, 20 of 1,000,000 entities, p95",
        value: ms(large.q),
        against: "no published figure",
        aim: "30 ms",
      },
      {
        what: "nearest first, 20 of 100,000 entities, p95",
        value: ms(small.near),
        against: "22 ms (DuckDB-Wasm, 73,531 entities)",
        aim: "5 ms",
      },
      {
        what: "nearest first, 20 of 1,000,000 entities, p95",
        value: ms(large.near),
        against: "no published figure",
        aim: "-",
      },
      {
        what: "entities written meanwhile, durable",
        value: rate(900_000, loaded.ms),
        against: "by batches of 1,000",
        aim: "-",
      },
      {
        what: "start with 1,000,000 entities",
        value: `${(startMs / 1_000).toFixed(1)} s`,
        against: "Orion-LD 25 min with 370,000",
        aim: "3 s",
      },
      {
        what: "resident memory then, after 2,400 queries",
        value: `${mib.toFixed(0)} MiB`,
        against: "-",
        aim: "1 GiB",
      },
    ];
  } finally {
    await broker.stop();
  }
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

async function asked(
  { platform, headers }: Loaded,
): Promise<{ q: number; near: number }> {
  /** The median of repeated runs; each asks for one more, so that no answer is given again. */
  const time = async (query: (i: number) => string) => {
    const runs: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const times: number[] = [];
      for (let i = 0; i < ASKED; i++) {
        const address = `${platform.origin}${ENTITIES}?type=${TYPE}&limit=${
          20 + run
        }&${query(i)}`;
        const started = performance.now();
        const answer = await fetch(address, { headers });
        await answer.arrayBuffer();
        times.push(performance.now() - started);
        if (!answer.ok) throw new Error(`Status ${answer.status}`);
      }
      runs.push(percentile(times, 0.95));
    }
    return percentile(runs, 0.5);
  };
  const terms = [
    (i: number) => `temperature==${i % 400 / 10}`,
    (i: number) => `temperature>${39 - i % 390 / 10};humidity==${i % 100}`,
    (i: number) => `humidity==${i % 100}..${i % 100 + 1};status=="off"`,
    (i: number) => `controlledBy=="urn:ngsi-ld:Gateway:g${i % 50}"`,
  ];
  return {
    q: await time((i) =>
      `q=${encodeURIComponent(terms[i % terms.length]?.(i) ?? "")}`
    ),
    near: await time((i) => {
      const point = `[${130 + i * 37 % 1_000 / 1_000},${
        33 + i * 91 % 1_000 / 1_000
      }]`;
      return `orderBy=location;dist-asc&orderFrom=${encodeURIComponent(point)}`;
    }),
  };
}
