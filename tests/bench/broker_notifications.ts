import { ENTITIES, fill, startBroker, TYPE } from "./broker.ts";
import { type Figure, sleep } from "./figure.ts";
import { httpRequest, load } from "./load.ts";

const SUBSCRIPTIONS = 10_000;
const ENTITIES_WATCHED = 2_500;
const WRITES_PER_SECOND = 2_100;
const SECONDS = 10;

/** Writes at a set rate while every one of them is told to four subscribers. */
export async function benchNotifications(): Promise<Figure[]> {
  const broker = await startBroker({ ngsi: { allowPrivateAddresses: true } });
  const { platform, headers } = broker;
  let heard = 0;
  let wrong = 0;
  const latest = new Map<string, number>();
  const receiver = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { subscriptionId, data } = await request.json();
      for (const { temperature } of data) {
        heard += 1;
        const before = latest.get(subscriptionId) ?? -1;
        if (temperature.value <= before) wrong += 1;
        latest.set(subscriptionId, temperature.value);
      }
      return new Response();
    },
  );
  try {
    await fill(broker, ENTITIES_WATCHED);
    const uri = `http://127.0.0.1:${receiver.addr.port}/`;
    const subscribed = await load(platform.origin, {
      connections: 8,
      ms: 3_600_000,
      status: [201],
      next: (i) =>
        i >= SUBSCRIPTIONS ? undefined : httpRequest({
          method: "POST",
          url: `${platform.origin}/ngsi-ld/v1/subscriptions`,
          headers,
          body: JSON.stringify({
            id: `urn:ngsi-ld:Subscription:b${i}`,
            type: "Subscription",
            entities: [{
              type: TYPE,
              id: `urn:ngsi-ld:Sensor:s${i % ENTITIES_WATCHED}`,
            }],
            watchedAttributes: ["temperature"],
            notification: {
              attributes: ["temperature"],
              endpoint: { uri },
            },
          }),
        }),
    });
    if (subscribed.wrong > 0) throw new Error("A subscription went wrong");
    const updates = Array.from(
      { length: SECONDS * WRITES_PER_SECOND },
      (_, i) =>
        httpRequest({
          method: "PATCH",
          url: `${platform.origin}${ENTITIES}/urn:ngsi-ld:Sensor:s${
            i % ENTITIES_WATCHED
          }/attrs`,
          headers,
          body: `{"temperature":{"type":"Property","value":${1_000 + i}}}`,
        }),
    );
    const started = performance.now();
    let written = 0;
    for (let tick = 0; tick < SECONDS * 20; tick++) {
      const due = Math.round((tick + 1) * WRITES_PER_SECOND / 20) - written;
      const from = written;
      const wrote = await load(platform.origin, {
        connections: 10,
        ms: 60_000,
        status: [204],
        next: (i) => i >= due ? undefined : updates[from + i],
      });
      written += wrote.count;
      if (wrote.wrong > 0) throw new Error("A write went wrong");
      const ahead = (tick + 1) * 50 - (performance.now() - started);
      if (ahead > 0) await sleep(ahead);
    }
    const writing = performance.now() - started;
    const expected = written * SUBSCRIPTIONS / ENTITIES_WATCHED;
    for (let i = 0; heard < expected && i < 600; i++) await sleep(50);
    const delivered = performance.now() - started;
    return [{
      what: "writes/s with 10,000 subscriptions, 4 told of each",
      value: `${
        Math.round(written / writing * 1_000)
      }/s, ${heard} of ${expected} notifications, ${wrong} out of order, the last ${
        Math.round(delivered - writing)
      } ms after the last write`,
      against: "Antares exact to 200/s",
      aim: "2,000/s, every one",
    }];
  } finally {
    await receiver.shutdown();
    await broker.stop();
  }
}
