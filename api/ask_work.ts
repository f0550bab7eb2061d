import { type Clock, Problem } from "@hiraku/kernel";
import {
  commandState,
  type Control,
  requestCommand,
} from "@hiraku/kernel/control";
import type { Caller } from "./identity/caller.ts";

const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Hands *work* a command and waits for its answer. Throws `Unavailable` when there is none. */
export async function askWork(
  { control, clock }: { control: Control; clock: Clock },
  caller: Caller,
  municipality: string,
  kind: string,
  args: Record<string, unknown>,
): Promise<unknown> {
  const id = await requestCommand(control, clock, {
    municipality,
    kind,
    arguments: args,
    requestedBy: caller.id,
  });
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const state = await commandState(control, id);
    if (state?.outcome === "succeeded") return state.result;
    if (state?.outcome === "failed") {
      throw new Problem("Unavailable", "The work process could not answer");
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Problem("Unavailable", "The work process does not answer", {
    retryAfter: 10,
  });
}
