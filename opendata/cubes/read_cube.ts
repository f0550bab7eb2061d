import type { Layout } from "@hiraku/kernel";
import { createHash } from "node:crypto";
import { FrozenCube } from "./use_cube.ts";

const FILE = /^use-(\d{4}-\d{2})\.json$/;

/** Where the cube of a month lies. */
export function cubePath(layout: Layout, code: string, month: string): string {
  return `${layout.city(code)}/cubes/use-${month}.json`;
}

/** Months whose cube is frozen, oldest first. */
export async function frozenMonths(
  layout: Layout,
  code: string,
): Promise<string[]> {
  const months: string[] = [];
  try {
    for await (const { name } of Deno.readDir(`${layout.city(code)}/cubes`)) {
      const [, month] = FILE.exec(name) ?? [];
      if (month !== undefined) months.push(month);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return months.sort();
}

/** A frozen month and the hash of its file. */
export async function readCube(
  layout: Layout,
  code: string,
  month: string,
): Promise<{ cube: FrozenCube; sha256: string }> {
  const text = await Deno.readTextFile(cubePath(layout, code, month));
  return {
    cube: FrozenCube.parse(JSON.parse(text)),
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}
