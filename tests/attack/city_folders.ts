import type { Layout } from "@hiraku/kernel";

/** What somebody with the files of an installation, but not its warehouse, finds. */
export interface FolderAttack {
  readonly id: string;
  readonly name: string;
  run(places: Layout, cities: readonly string[]): Promise<string[]>;
}

/** Billionths of rho that a citizen may cost in a fiscal year, as it is published. */
const YEARLY = 600_000_000;

// A pseudonym as the warehouse holds it: epoch and 128 bits.
const SUBJECT = /(?<![0-9a-f-])\d{1,4}-[0-9a-f]{32}(?![0-9a-f])/;
const TOKEN = /(?<![0-9a-zA-Z_-])[0-9a-f]{16,}(?![0-9a-zA-Z_-])/g;

export const FOLDER_ATTACKS: readonly FolderAttack[] = [
  {
    id: "A21",
    name: "more noise was drawn in a year than its budget pays for",
    run: async (places, cities) => {
      const found: string[] = [];
      for (const code of cities) {
        for (const path of await filesBelow(`${root(places, code)}/cubes`)) {
          if (!/budget-\d{4}\.ndjson$/.test(path)) continue;
          const lines = (await Deno.readTextFile(path)).trim().split("\n");
          const reserved = lines.map((line): { nanoRho?: number } =>
            JSON.parse(line)
          ).reduce((sum, { nanoRho = 0 }) => sum + nanoRho, 0);
          if (reserved > YEARLY) found.push(`${code} ${reserved}`);
        }
      }
      return found;
    },
  },
  {
    id: "A24",
    name: "a person's pseudonym outside the warehouse",
    run: async (places, cities) => {
      const found: string[] = [];
      const shared = await filesBelow(places.root, 1);
      const own = await Promise.all(
        cities.map((code) => filesBelow(root(places, code))),
      );
      for (const path of [...shared, ...own.flat()]) {
        if (/\/(warehouse\.duckdb|landing\/|snapshots\/)/.test(path)) continue;
        const text = new TextDecoder("latin1").decode(
          await Deno.readFile(path),
        );
        if (SUBJECT.test(text)) found.push(path.slice(places.root.length));
      }
      return found;
    },
  },
  {
    id: "A25",
    name: "a token that two cities share",
    run: async (places, cities) => {
      const [first = new Set(), ...others] = await Promise.all(
        cities.map((code) => tokensBelow(`${root(places, code)}/released`)),
      );
      return others.flatMap((one) => [...one.intersection(first)]);
    },
  },
];

const root = (places: Layout, code: string) => `${places.root}/${code}`;

/** Hexadecimal tokens of published data, hashes of files and of lotteries left out. */
async function tokensBelow(folder: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const path of await filesBelow(folder)) {
    if (!/\/\d{6}_[^/]*\.(csv|json|jsonld|geojson)$/.test(path)) continue;
    // Search terms are published as hashes of themselves, in every city alike.
    if (/content_use_terms/.test(path)) continue;
    const text = await Deno.readTextFile(path);
    for (const [token] of text.matchAll(TOKEN)) {
      // Six digits and more may be a code or an amount.
      if (/[a-f]/.test(token)) found.add(token);
    }
  }
  return found;
}

async function filesBelow(folder: string, depth = Infinity): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      if (!isDirectory) found.push(path);
      else if (depth > 1) found.push(...await filesBelow(path, depth - 1));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found;
}
