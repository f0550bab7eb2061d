import { z } from "zod";

/** The first day of the demo's history. */
export const DEMO_FROM = "2023-06-01";

/** What the demo remembers of itself, so that a later start goes on from there. */
const State = z.object({
  seed: z.int(),
  events: z.int(),
  scale: z.number(),
  through: z.iso.date().nullable(),
  published: z.iso.date().nullable(),
});
export type State = z.infer<typeof State>;

export async function readState(path: string): Promise<State | undefined> {
  try {
    return State.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

export async function writeState(path: string, state: State): Promise<void> {
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(state));
  await Deno.rename(`${path}.new`, path);
}
