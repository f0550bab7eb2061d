import { Problem } from "@hiraku/kernel";

/** Holds a lock file until the process ends. Throws `Problem` "Conflict" when another process keeps it. */
export async function holdLock(
  path: string,
  { waitMs = 3_000 }: { waitMs?: number } = {},
): Promise<Disposable> {
  const file = await Deno.open(path, { create: true, write: true });
  for (let waited = 0; !(await file.tryLock(true)); waited += 100) {
    if (waited >= waitMs) {
      file.close();
      throw new Problem(
        "Conflict",
        `Another process of this platform holds '${path}'`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { [Symbol.dispose]: () => file.close() };
}
