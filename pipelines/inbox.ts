import { dirname } from "node:path";
import { type Clock, Problem } from "@hiraku/kernel";

/** A file handed over for import; a command reaches no other. */
export async function readInbox(
  inbox: string,
  path: string,
): Promise<Uint8Array> {
  try {
    const real = await Deno.realPath(path);
    if (dirname(real) === await Deno.realPath(inbox)) {
      return await Deno.readFile(real);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new Problem("ResourceNotFound", "The file is not in the inbox");
}

/** Removes files handed over for import more than `keepHours` ago. */
export async function clearInbox(
  inbox: string,
  keepHours: number,
  clock: Clock,
): Promise<void> {
  const before = clock.now().getTime() - keepHours * 3_600_000;
  try {
    for await (const { name, isFile } of Deno.readDir(inbox)) {
      const path = `${inbox}/${name}`;
      const { mtime } = await Deno.stat(path);
      if (isFile && (mtime?.getTime() ?? 0) < before) await Deno.remove(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
