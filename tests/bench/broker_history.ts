import { startBroker } from "./broker.ts";
import { type Figure, percentile } from "./figure.ts";

const INSTANCES = 1_000_000;
const AT_ONCE = 10_000;
const ID = "urn:ngsi-ld:River:kase";
const PATH = "/ngsi-ld/v1/temporal/entities";

/** Aggregates over the history of one attribute. */
export async function benchHistory(): Promise<Figure[]> {
  const broker = await startBroker();
  const { platform, headers } = broker;
  try {
    const started = performance.now();
    for (let at = 0; at < INSTANCES; at += AT_ONCE) {
      const level = Array.from({ length: AT_ONCE }, (_, i) => ({
        type: "Property",
        value: (at + i) % 1_000 / 100,
        observedAt: new Date(Date.UTC(2024, 0, 1) + (at + i) * 60_000)
          .toISOString(),
      }));
      const answer = await fetch(platform.origin + PATH, {
        method: "POST",
        headers,
        body: JSON.stringify({ id: ID, type: "River", level }),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`Status ${answer.status}`);
    }
    const written = performance.now() - started;
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const query = new URLSearchParams({
        format: "aggregatedValues",
        aggrMethods: "avg,max,stddev",
        aggrPeriodDuration: ["P1D", "P1W", "P1M", "PT6H"][i % 4] ?? "P1D",
        timerel: "after",
        timeAt: "2024-01-01T00:00:00Z",
      });
      const asked = performance.now();
      const answer = await fetch(
        `${platform.origin}${PATH}/${ID}?${query}`,
        { headers },
      );
      await answer.arrayBuffer();
      times.push(performance.now() - asked);
      if (!answer.ok) throw new Error(`Status ${answer.status}`);
    }
    return [{
      what: "aggregatedValues over 1,000,000 instances, median",
      value: `${percentile(times, 0.5).toFixed(0)} ms, p95 ${
        percentile(times, 0.95).toFixed(0)
      } ms`,
      against: "Scorpio 8 to 60 s on 400 to 10,000 points",
      aim: "200 ms",
    }, {
      what: "instances written by the temporal interface",
      value: `${Math.round(INSTANCES / written * 1_000)}/s`,
      against: "-",
      aim: "-",
    }];
  } finally {
    await broker.stop();
  }
}
