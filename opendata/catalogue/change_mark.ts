import type { Layout } from "@hiraku/kernel";

const MARK = ".changed";

/**
 * What a city's released folder says of its last change. Two processes meet in
 * that folder, and a list of thousands of datasets cannot look at each for
 * every request. Asked at every request, so it is one call that waits for
 * nothing.
 */
export function changeMark(layout: Layout, code: string): string {
  return changeMarkIn(layout.releasedRoot(code));
}

/** The same by the folder's path. */
export function changeMarkIn(dir: string): string {
  try {
    const { ino, mtime } = Deno.statSync(`${dir}/${MARK}`);
    return `${ino} ${mtime?.getTime()}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

/** Says that something in a city's released folder is not as it was. */
export async function markChange(layout: Layout, code: string): Promise<void> {
  await markChangeIn(layout.releasedRoot(code));
}

/** The same by the folder's path. */
export async function markChangeIn(releasedDir: string): Promise<void> {
  const mark = crypto.randomUUID();
  const part = `${releasedDir}/${MARK}-${mark}`;
  await Deno.writeTextFile(part, mark);
  await Deno.rename(part, `${releasedDir}/${MARK}`);
}
