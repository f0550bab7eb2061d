import { fileURLToPath } from "node:url";

/** Whose words stand on pages together: those of boards, names in cities, and all others. */
const ROOMS: readonly (readonly string[])[] = [
  [
    "dashboards",
    "opendata/code_name.ts",
    "opendata/pages/layout.tsx",
    "opendata/pages/protection.tsx",
  ],
  ["app/demo/city", "app/demo/names.ts", "app/demo/tale"],
  ["opendata", "api", "kernel"],
];
const SOURCE = /(?<!_test|\.d)\.tsx?$/;
const FIRST_JAPANESE = 0x2e80;

/** Japanese letters that our sources write, in parts of which none has a letter of another. */
export async function ownLetters(): Promise<string[][]> {
  const taken = new Set<string>();
  const parts: string[][] = [];
  for (const rooms of ROOMS) {
    const own = new Set<string>();
    for (const room of rooms) {
      await read(fileURLToPath(new URL("../" + room, import.meta.url)), own);
    }
    const part = [...own].filter((one) => !taken.has(one)).sort();
    for (const one of part) taken.add(one);
    parts.push(part);
  }
  return parts;
}

/** Adds the letters of a source, or of all sources in a folder. */
async function read(path: string, letters: Set<string>): Promise<void> {
  if ((await Deno.stat(path)).isDirectory) {
    for await (const { name } of Deno.readDir(path)) {
      await read(`${path}/${name}`, letters);
    }
  } else if (SOURCE.test(path)) {
    for (const one of await Deno.readTextFile(path)) {
      if ((one.codePointAt(0) ?? 0) >= FIRST_JAPANESE) letters.add(one);
    }
  }
}

/** Letters as a style sheet names them: `U+3042,U+3044-3046`. */
export function unicodeRange(letters: readonly string[]): string {
  const points = letters.map((one) => one.codePointAt(0) ?? 0)
    .sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === point - 1) last[1] = point;
    else runs.push([point, point]);
  }
  return runs.map(([from, to]) =>
    from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`
  ).join();
}

function hex(point: number): string {
  return point.toString(16);
}
