import { fileURLToPath } from "node:url";

/** Rooms whose words stand on pages; letters of the first are kept together, as boards need them. */
const ROOMS: readonly (readonly string[])[] = [
  ["dashboards"],
  ["opendata", "api", "kernel", "app/demo/city"],
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
      await read(fileURLToPath(new URL(`../${room}`, import.meta.url)), own);
    }
    const part = [...own].filter((one) => !taken.has(one)).sort();
    for (const one of part) taken.add(one);
    parts.push(part);
  }
  return parts;
}

async function read(folder: string, letters: Set<string>): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await read(path, letters);
    else if (SOURCE.test(name)) {
      for (const one of await Deno.readTextFile(path)) {
        if ((one.codePointAt(0) ?? 0) >= FIRST_JAPANESE) letters.add(one);
      }
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
