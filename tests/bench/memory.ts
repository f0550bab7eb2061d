import { addDays, cityDay, systemClock } from "@hiraku/kernel";
import { demoHistory } from "@hiraku/app/demo";
import { newPlatform, type Process } from "../platform.ts";
import { type Figure, sleep } from "./figure.ts";

const EVENTS = 10_000_000;

/** Resident memory of serve and work at rest and while ten million events land. */
export async function benchMemory(): Promise<Figure[]> {
  const history = demoHistory({ seed: 1, events: EVENTS });
  const platform = await newPlatform(history.municipalities);
  const serve = platform.start("serve");
  await platform.listening();
  const work = platform.start("work");
  await sleep(5_000);
  const rest = await resident(serve) + await resident(work);

  let most = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      most = Math.max(most, await resident(serve) + await resident(work));
      await sleep(200);
    }
  })();
  const started = performance.now();
  const yesterday = addDays(cityDay(systemClock.now()), -1);
  const events = await history.write(platform.places, yesterday);
  while (await history.waiting(platform.places) > 0) await sleep(200);
  const took = (performance.now() - started) / 1_000;
  watching = false;
  await watch;
  await serve.kill("SIGTERM");
  await work.kill("SIGTERM");
  await Deno.remove(platform.places.root, { recursive: true });
  return [
    {
      what: "at rest",
      value: mebibytes(rest),
      against: "three cities",
      aim: "aim under 1.5 GiB",
    },
    {
      what: `while ${events.toLocaleString("en")} events land`,
      value: mebibytes(most),
      against: `${Math.round(took)} s with their generation`,
      aim: "aim under 1.5 GiB",
    },
  ];
}

/** Resident set in bytes, as the system accounts it. */
async function resident({ pid }: Process): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
