const DAMAGED = /replaying WAL file.*entry at byte position (\d+)/s;

// The entry that ends a transaction: its length, a checksum, and the only
// member it has, by which DuckDB knows its kind.
const LENGTH = [5, 0, 0, 0, 0, 0, 0, 0];
const CHECKSUM_LENGTH = 8;
const END_OF_TRANSACTION = [100, 0, 100, 0xff, 0xff];

/**
 * Cuts a write-ahead log off where DuckDB found it damaged, if that is the torn
 * end of the last commit, which a power cut may leave: DuckDB passes over an
 * end that is missing, and refuses one that is garbage. What was cut off stays
 * beside it in a file named `.torn`. Where whole transactions follow the damage
 * it is something else, and false is answered.
 */
export async function cutTornEnd(
  path: string,
  error: unknown,
): Promise<boolean> {
  const found = error instanceof Error && DAMAGED.exec(error.message);
  if (!found) return false;
  // DuckDB names the place behind the entry's length and checksum.
  const at = Number(found[1]) - LENGTH.length - CHECKSUM_LENGTH;
  const log = `${path}.wal`;
  const bytes = await Deno.readFile(log);
  if (countCommits(bytes.subarray(at)) > 1) return false;
  await Deno.writeFile(`${log}.torn`, bytes.subarray(at));
  await Deno.truncate(log, at);
  return true;
}

/** How many transactions end in a part of a log, whole or not. */
export function countCommits(bytes: Uint8Array): number {
  let commits = 0;
  for (let at = 0; at < bytes.length; at++) {
    const data = at + LENGTH.length + CHECKSUM_LENGTH;
    if (isAt(LENGTH, bytes, at) && isAt(END_OF_TRANSACTION, bytes, data)) {
      commits += 1;
    }
  }
  return commits;
}

function isAt(
  expected: readonly number[],
  bytes: Uint8Array,
  at: number,
): boolean {
  return expected.every((byte, i) => bytes[at + i] === byte);
}
