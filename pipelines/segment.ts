import { cityDay, type Clock } from "@hiraku/kernel";
import { SEALED } from "@hiraku/pipelines/events";

/** A sealed segment in a landing folder. */
export interface Segment {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** History of the demo is deleted once it has landed. */
const ONCE = ".once.ndjson";

/** The sealed segments of a landing folder, oldest first; none when it does not exist. */
export async function sealedSegments(dir: string): Promise<Segment[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(dir)) {
      if (entry.isFile && entry.name.endsWith(SEALED)) names.push(entry.name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (names.length === 0) return [];
  // DuckDB compares paths with its allowed folders as they are written.
  const real = await Deno.realPath(dir);
  return await Promise.all(
    names.sort().map(async (name) => {
      const path = `${real}/${name}`;
      return { name, path, bytes: (await Deno.stat(path)).size };
    }),
  );
}

/** Cuts a list into batches that one transaction can hold. */
export function batches(
  segments: readonly Segment[],
  maximum: { readonly segments: number; readonly bytes: number },
): Segment[][] {
  const cut: Segment[][] = [];
  let bytes = 0;
  for (const segment of segments) {
    const last = cut.at(-1);
    const full = last === undefined || last.length >= maximum.segments ||
      bytes + segment.bytes > maximum.bytes;
    if (full) {
      cut.push([segment]);
      bytes = segment.bytes;
    } else {
      last.push(segment);
      bytes += segment.bytes;
    }
  }
  return cut;
}

/** Lines of a segment, counted without DuckDB so that the two can be held against each other. */
export async function countLines(
  { path, bytes: size }: Segment,
): Promise<number> {
  using file = await Deno.open(path);
  const chunk = new Uint8Array(Math.min(1 << 20, size + 1));
  let lines = 0;
  let whole = true;
  for (;;) {
    const read = await file.read(chunk);
    if (read === null) return whole ? lines : lines + 1;
    const bytes = chunk.subarray(0, read);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
      lines++;
    }
    whole = bytes[read - 1] === 10;
  }
}

/** Takes a landed segment out of the landing folder. */
export async function fileAway(
  { name, path }: Segment,
  place: "landed" | "damaged",
  clock: Clock,
): Promise<void> {
  if (place === "landed" && name.endsWith(ONCE)) return await Deno.remove(path);
  const now = clock.now();
  const hour = new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(
    11,
    13,
  );
  const dir = `${path.slice(0, -name.length)}${place}/${cityDay(now)}/${hour}`;
  await Deno.mkdir(dir, { recursive: true });
  await Deno.rename(path, `${dir}/${name}`);
}

/** Removes hours of filed segments that are older than `keepHours`. */
export async function removeFiled(
  dir: string,
  keepHours: number,
  clock: Clock,
): Promise<number> {
  const before = clock.now().getTime() - keepHours * 3_600_000;
  let removed = 0;
  for (const place of ["landed", "damaged"]) {
    for (const day of await namesIn(`${dir}/${place}`)) {
      for (const hour of await namesIn(`${dir}/${place}/${day}`)) {
        const end = Date.parse(`${day}T${hour}:00:00+09:00`) + 3_600_000;
        if (!(end <= before)) continue;
        const folder = `${dir}/${place}/${day}/${hour}`;
        removed += (await namesIn(folder)).length;
        await Deno.remove(folder, { recursive: true });
      }
      const left = await namesIn(`${dir}/${place}/${day}`);
      if (left.length === 0) await Deno.remove(`${dir}/${place}/${day}`);
    }
  }
  return removed;
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(dir))).map((one) => one.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
