import { ulid } from "@hiraku/kernel";
import { newPlatform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";
import { type Figure, percentile, sleep } from "./figure.ts";

const EVENTS = 120;
const POLL_MS = 10;

/** From the POST of a check-in to the changed `ShelterOccupancy`. */
export async function benchWay(): Promise<Figure[]> {
  const platform = await newPlatform([sampleCity]);
  const { code, tenant, shelters } = sampleCity;
  const shelterId = shelters[0]?.id ?? "";
  const sender = await platform.key({ municipality: code, eventTypes: ["*"] });
  const reader = await platform.key({ municipality: code, roles: ["hq"] });
  const serve = platform.start("serve");
  await platform.listening();
  const work = platform.start("work");

  const post = async (type: string, data: object, pid?: string) => {
    const now = new Date();
    const response = await fetch(`${platform.origin}/api/v1/events`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${sender}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify([{
        eventId: ulid(now.getTime()),
        type,
        occurredAt: now.toISOString(),
        mode: "drill",
        data: { shelterId, ...data },
        ...(pid === undefined
          ? {}
          : { subject: { pid, tier: "jpki", consent: [] } }),
      }]),
    });
    const receipt = await response.json();
    if (receipt.accepted !== 1) throw new Error(JSON.stringify(receipt));
  };
  const people = async (): Promise<number> => {
    const response = await fetch(
      `${platform.origin}/ngsi-ld/v1/entities?type=ShelterOccupancy&options=keyValues`,
      {
        headers: { Authorization: `Bearer ${reader}`, "NGSILD-Tenant": tenant },
      },
    );
    const [entity] = await response.json();
    return Number(entity?.evacueeTotal ?? -1);
  };
  const until = async (count: number): Promise<void> => {
    for (let i = 0; i < 3_000; i++) {
      if (await people() >= count) return;
      await sleep(POLL_MS);
    }
    throw new Error("The occupancy did not change");
  };

  await post("shelter.opened", {});
  await until(0);
  const times: number[] = [];
  for (let i = 1; i <= EVENTS; i++) {
    const started = performance.now();
    await post("shelter.checked_in", { method: "qr" }, `evacuee_${i}_bench`);
    await until(i);
    times.push(performance.now() - started);
    await sleep(Math.random() * 120);
  }
  await serve.kill("SIGTERM");
  await work.kill("SIGTERM");
  return [{
    what: "POST to changed ShelterOccupancy",
    value: `p50 ${Math.round(percentile(times, 0.5))} ms, p99 ${
      Math.round(percentile(times, 0.99))
    } ms`,
    against: `${EVENTS} check-ins, polled every ${POLL_MS} ms`,
    aim: "aim p99 under 2 s",
  }];
}
