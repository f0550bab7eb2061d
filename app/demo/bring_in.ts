import { addDays, type Clock } from "@hiraku/kernel";
import { commandState, requestCommand } from "@hiraku/kernel/control";
import { PIPELINES } from "@hiraku/pipelines";
import type { Installation } from "../installation.ts";
import type { ProgressView } from "../progress.ts";
import { segmentsWaiting } from "./mod.ts";
import { writeHistory } from "./history.ts";
import { DEMO_FROM, type State } from "./state.ts";
import type { World } from "./world.ts";

/** Pipelines that make the demo's first pages, in their order; the others follow while it is open. */
const FIRST = ["registrants", "miniapp_usage", "miniapp_ranking"];

/** Asked for of every city before all else: what explore pages answer from. */
const NEXT = ["use_cube"];
const LATER = PIPELINES.map(({ id }) => id)
  .filter((id) => ![...FIRST, ...NEXT].includes(id));

/**
 * Brings the history up to yesterday and publishes it: writes segments, waits
 * until *work* has landed them, then asks it to run the pipelines. Goes on
 * from the state it finds.
 */
export async function bringIn(
  { installation, worlds, state, yesterday, clock, signal, save, view }: {
    installation: Installation;
    worlds: readonly World[];
    state: State;
    yesterday: string;
    clock: Clock;
    signal: AbortSignal;
    save: (state: State) => Promise<void>;
    view: (label: string) => ProgressView;
  },
): Promise<void> {
  const { layout, config } = installation;
  const codes = config.municipalities.map(({ code }) => code);
  let now = state;
  if (now.through === null || now.through < yesterday) {
    const from = now.through === null ? DEMO_FROM : addDays(now.through, 1);
    const making = view("生成・取込 generate and land");
    const days = span(from, yesterday);
    const { scale } = now;
    let events = 0;
    for await (
      const step of writeHistory({
        worlds,
        layout,
        from,
        through: yesterday,
        scale,
      })
    ) {
      if (signal.aborted) return;
      events = step.events;
      const text = `${step.day} ${events.toLocaleString("en")} events`;
      making.update(span(from, step.day), days, text);
    }
    while (!signal.aborted && await segmentsWaiting(layout, codes) > 0) {
      await pause();
    }
    if (signal.aborted) return;
    making.finish(`${events.toLocaleString("en")} events`);
    now = { ...now, through: yesterday };
    await save(now);
  }
  if (now.published === now.through) return;
  await publish(
    installation,
    clock,
    signal,
    view("集計・公開 aggregate and publish"),
  );
  if (!signal.aborted) await save({ ...now, published: now.through });
}

async function publish(
  { config, control }: Installation,
  clock: Clock,
  signal: AbortSignal,
  publishing: ProgressView,
): Promise<void> {
  const jobs = config.municipalities.flatMap(({ code, name }) =>
    FIRST.map((pipeline) => ({ code, name, pipeline }))
  );
  for (const [index, { code, name, pipeline }] of jobs.entries()) {
    publishing.update(index, jobs.length, `${name.ja} ${pipeline}`);
    const id = await requestCommand(control, clock, runOf(code, pipeline));
    for (;;) {
      if (signal.aborted) return;
      const done = await commandState(control, id);
      if (done?.outcome === "failed") {
        throw new Error(`Pipeline '${pipeline}' failed for ${code}`);
      }
      if (done?.outcome === "succeeded") break;
      await pause();
    }
  }
  publishing.finish(`${jobs.length} datasets`);
  for (const pipelines of [NEXT, LATER]) {
    for (const { code } of config.municipalities) {
      for (const pipeline of pipelines) {
        await requestCommand(control, clock, runOf(code, pipeline));
      }
    }
  }
}

function runOf(municipality: string, pipeline: string) {
  return {
    municipality,
    kind: "run",
    arguments: { pipeline },
    requestedBy: "demo",
  };
}

function span(from: string, through: string): number {
  return Math.round((Date.parse(through) - Date.parse(from)) / 86_400_000) + 1;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
