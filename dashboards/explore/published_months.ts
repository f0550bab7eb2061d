import type { Layout } from "@hiraku/kernel";
import { frozenMonths, readCube } from "@hiraku/opendata";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { packMonths, unpackMonths } from "./pack_months.ts";
import { stackMonths, type UseMonths } from "./use_months.ts";

/** All frozen months of a city as one file that never changes, and what is in it. */
export interface PublishedMonths {
  readonly cube: UseMonths;
  /** Of the file, which is named by it. */
  readonly sha256: string;
  /** The file, compressed. */
  readonly gzip: Uint8Array<ArrayBuffer>;
}

interface Kept {
  readonly months: string;
  readonly published: Promise<PublishedMonths | undefined>;
}

const kept = new Map<string, Kept>();
const compressed = promisify(gzip);

/** The frozen months of a city, made into a file once for each new month; undefined without any. */
export async function publishedMonths(
  layout: Layout,
  code: string,
): Promise<PublishedMonths | undefined> {
  const months = await frozenMonths(layout, code);
  const key = `${layout.root} ${code}`;
  const known = kept.get(key);
  if (known?.months === months.join()) return await known.published;
  const published = fileOf(layout, code, months);
  kept.set(key, { months: months.join(), published });
  published.catch(() => kept.delete(key));
  return await published;
}

async function fileOf(
  layout: Layout,
  code: string,
  months: readonly string[],
): Promise<PublishedMonths | undefined> {
  if (months.length === 0) return undefined;
  const cubes = await Promise.all(
    months.map((month) => readCube(layout, code, month)),
  );
  const file = packMonths(stackMonths(code, cubes.map(({ cube }) => cube)));
  return {
    cube: unpackMonths(file.buffer),
    sha256: createHash("sha256").update(file).digest("hex"),
    gzip: new Uint8Array(await compressed(file)),
  };
}
