import { rewriteDuckdb } from "@hiraku/kernel/store";
import type { Keyring } from "@hiraku/pipelines/events";
import { deleteSubjects, rowsErased } from "../people/erase.ts";
import { keepEpoch } from "../people/rekey.ts";
import { type Residue, residueInDatabase } from "../people/residue.ts";
import {
  contentOf,
  describe,
  fileOf,
  type Snapshot,
  total,
  withCopy,
} from "./snapshot.ts";

/**
 * Takes people out of a snapshot, by the pseudonyms of today's epoch, and
 * writes its file anew; bears repeating. Answers how many rows left in all
 * attempts of the request.
 */
export async function eraseFromSnapshot(
  folder: string,
  snapshot: Snapshot,
  { keyring, subjects, request, memoryLimit }: {
    readonly keyring: Keyring;
    readonly subjects: readonly string[];
    readonly request: string;
    readonly memoryLimit: string;
  },
): Promise<number> {
  const file = fileOf(folder, snapshot);
  const { rows, content } = await withCopy(file, memoryLimit, async (copy) => {
    await copy.transaction().execute((tx) => keepEpoch(tx, keyring));
    await deleteSubjects(copy, subjects, request);
    const rows = total(await rowsErased(copy, request));
    if (rows > 0) await rewriteDuckdb(copy);
    return { rows, content: await contentOf(copy) };
  });
  const { size: bytes } = await Deno.stat(file);
  await describe(`${folder}/${snapshot.name}`, {
    ...snapshot,
    ...content,
    bytes,
  });
  return rows;
}

/** What a snapshot still has of people; places begin with `snapshot`. */
export async function residueInSnapshot(
  folder: string,
  snapshot: Snapshot,
  memoryLimit: string,
  subjects: readonly string[],
): Promise<Residue> {
  const file = fileOf(folder, snapshot);
  const found = await withCopy(
    file,
    memoryLimit,
    (copy) => residueInDatabase(copy, file, subjects),
  );
  return Object.fromEntries(
    Object.entries(found).map(([place, n]) => [
      `snapshot ${snapshot.name} ${place}`,
      n,
    ]),
  );
}
