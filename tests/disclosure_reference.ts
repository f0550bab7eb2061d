import { fileURLToPath } from "node:url";

/** Published tables with known answers; they are not part of the project. */
const FOLDER = fileURLToPath(
  new URL("../../shared/data/disclosure", import.meta.url),
);
const EXAMPLES = await read("worked_examples.json");
export const stopwatch = (): number => performance.now() / 1_000;

/** A reference table, where they are at hand. */
export async function read(name: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`${FOLDER}/${name}`);
  } catch {
    return undefined;
  }
}

/** A test on the worked examples, in a folder of its own; skipped without them. */
export function example(
  name: string,
  // deno-lint-ignore no-explicit-any
  run: (examples: any, dir: string) => Promise<void>,
): void {
  if (EXAMPLES === undefined) {
    Deno.test.ignore(
      `${name} (the reference tables are not at hand)`,
      () => {},
    );
    return;
  }
  Deno.test(name, async () => {
    const dir = await Deno.makeTempDir();
    try {
      await run(JSON.parse(EXAMPLES), dir);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}
