/** Documents by the address that they stand for. */
export type Preloaded = ReadonlyMap<string, unknown>;

/**
 * Reads a folder whose `index.json` maps addresses of contexts to files beside
 * it. A folder that is not in order is a fault of the installation.
 */
export async function preloadContexts(folder: string): Promise<Preloaded> {
  const index: Record<string, string> = await json(`${folder}/index.json`);
  const all = Object.entries(index).map(async ([url, file]) =>
    [url, await json(`${folder}/${file}`)] as const
  );
  return new Map(await Promise.all(all));
}

async function json(path: string) {
  return JSON.parse(await Deno.readTextFile(path));
}
