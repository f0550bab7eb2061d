import { dirname } from "node:path";
import { type Clock, Problem } from "@hiraku/kernel";

/** A file handed over for import; a command reaches no other. */
export async function readInbox(
  inbox: string,
  path: string,
): Promise<Uint8Array> {
  const real = await inInbox(inbox, path);
  if (real !== undefined) return await Deno.readFile(real);
  throw new Problem("ResourceNotFound", "The file is not in the inbox");
}

/** Removes a file once its import is over: it may hold more than what was taken from it. */
export async function discardFromInbox(
  inbox: string,
  path: string,
): Promise<void> {
  const real = await inInbox(inbox, path);
  if (real !== undefined) await Deno.remove(real);
}

async function inInbox(
  inbox: string,
  path: string,
): Promise<string | undefined> {
  try {
    const real = await Deno.realPath(path);
    return dirname(real) === await Deno.realPath(inbox) ? real : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Removes files that were handed over more than `keepHours` ago and whose
 * import a crash kept from its end; never those that `isAwaited`.
 */
export async function clearInbox(
  inbox: string,
  keepHours: number,
  clock: Clock,
  isAwaited: (name: string) => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  const before = clock.now().getTime() - keepHours * 3_600_000;
  try {
    for await (const { name, isFile } of Deno.readDir(inbox)) {
      if (!isFile || await isAwaited(name)) continue;
      const path = `${inbox}/${name}`;
      const { mtime } = await Deno.stat(path);
      if ((mtime?.getTime() ?? 0) < before) await Deno.remove(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
