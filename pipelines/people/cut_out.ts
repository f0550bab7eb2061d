import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { mentions } from "./person_places.ts";

const PSEUDONYM = /(?<![0-9A-Za-z])\d{1,4}-[0-9a-f]{32}(?![0-9A-Za-z])/g;

/** The pseudonyms that stand in a text. */
export function pseudonymsIn(text: string): string[] {
  return text.match(PSEUDONYM) ?? [];
}

/**
 * Takes the lines of some people out of a landing file, and their mention out
 * of the lines of others; the file is replaced as a whole. Answers how many
 * lines were touched.
 */
export async function cutOut(
  path: string,
  subjects: readonly string[] = [],
): Promise<number> {
  const away = new Set(subjects);
  const isAway = (one: string) => away.has(one);
  const text = await Deno.readTextFile(path);
  let touched = 0;
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (line === "" || !pseudonymsIn(line).some(isAway)) {
      kept.push(line);
      continue;
    }
    touched += 1;
    const rest = withoutMention(line, isAway);
    if (rest !== undefined) kept.push(rest);
  }
  if (touched === 0) return 0;
  const temporary = `${path}.cut`;
  await Deno.writeTextFile(temporary, kept.join("\n"));
  const file = await open(temporary, "r");
  fsyncSync(file.fd);
  await file.close();
  await Deno.rename(temporary, path);
  return touched;
}

/** The same for every file of a landing folder that has landed. */
export async function cutOutOfFiled(
  dir: string,
  subjects: readonly string[],
): Promise<number> {
  let touched = 0;
  for await (const path of filed(dir)) touched += await cutOut(path, subjects);
  return touched;
}

/** Every file below the folders of landed and damaged segments. */
export async function* filed(dir: string): AsyncIterable<string> {
  for (const place of ["landed", "damaged"]) yield* below(`${dir}/${place}`);
}

async function* below(dir: string): AsyncIterable<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(dir));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory } of entries) {
    if (isDirectory) yield* below(`${dir}/${name}`);
    else yield `${dir}/${name}`;
  }
}

/** A line of somebody else without its mention; nothing for a line of the person. */
function withoutMention(
  line: string,
  isAway: (subject: string) => boolean,
): string | undefined {
  let event: { type?: string; subject?: string; data?: object };
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (event.subject !== undefined && isAway(event.subject)) return undefined;
  const data: Record<string, unknown> = { ...event.data };
  for (const { type, field } of mentions()) {
    if (type === event.type && isAway(String(data[field]))) delete data[field];
  }
  const rest = JSON.stringify({ ...event, data });
  return pseudonymsIn(rest).some(isAway) ? undefined : rest;
}
