import { type Layout, type Municipality, systemClock } from "@hiraku/kernel";
import { openControl, requestCommand } from "@hiraku/kernel/control";
import type { Platform } from "../platform.ts";

/** Asks *work* for something as the command line does, without waiting. */
export async function requestWork(
  { places }: Platform,
  { code }: Municipality,
  kind: string,
  args: Record<string, unknown>,
): Promise<void> {
  const control = await openControl(places.control);
  await requestCommand(control, systemClock, {
    municipality: code,
    kind,
    arguments: args,
    requestedBy: "test",
  });
  await control.destroy();
}

/** How many commands of a kind were asked for. */
export async function requested(places: Layout, kind: string): Promise<number> {
  return (await commands(places)).filter((one) => one.kind === kind).length;
}

/** Whether a command of a kind is still to be done. */
export async function isPending(
  places: Layout,
  kind: string,
): Promise<boolean> {
  return (await commands(places)).some((one) =>
    one.kind === kind && one.outcome === null
  );
}

export async function commandsFailed(places: Layout): Promise<number> {
  return (await commands(places)).filter((one) => one.outcome === "failed")
    .length;
}

async function commands(places: Layout) {
  const control = await openControl(places.control);
  const all = await control.selectFrom("command").select(["kind", "outcome"])
    .execute();
  await control.destroy();
  return all;
}

/** Resolves once no command waits to be done. */
export async function commandsDone(
  { places }: Platform,
  seconds = 60,
): Promise<void> {
  for (let i = 0; i < seconds * 20; i++) {
    const all = await commands(places);
    if (all.every(({ outcome }) => outcome !== null)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The commands were not done");
}
