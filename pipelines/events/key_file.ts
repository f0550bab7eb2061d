import { Buffer } from "node:buffer";
import { z } from "zod";

const KeyEpoch = z.object({
  epoch: z.int().positive(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeyEpoch = z.infer<typeof KeyEpoch>;

const KeyFile = z.object({ epochs: z.array(KeyEpoch).min(1) });

/** The epochs of a key file, which is made with a random first one when there is none. */
export function readKeys(path: string): readonly KeyEpoch[] {
  try {
    return KeyFile.parse(JSON.parse(Deno.readTextFileSync(path))).epochs;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  makeKeys(path);
  return readKeys(path);
}

/** Both processes may come first; the one whose link is made wins. */
function makeKeys(path: string): void {
  const temporary = `${path}.${crypto.randomUUID()}`;
  writeFile(temporary, [newEpoch(1)]);
  try {
    Deno.linkSync(temporary, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    Deno.removeSync(temporary);
  }
}

/** Adds a random epoch to a key file; answers its number. Processes that have it open follow. */
export function rotateKeys(path: string): number {
  const epochs = readKeys(path);
  const epoch = Math.max(...epochs.map((one) => one.epoch)) + 1;
  writeKeys(path, [...epochs, newEpoch(epoch)]);
  return epoch;
}

/** What changes with every writing of a file. */
export function stampOf(path: string): string {
  const { mtime, ino, size } = Deno.statSync(path);
  return `${ino} ${mtime?.getTime()} ${size}`;
}

function newEpoch(epoch: number): KeyEpoch {
  const random = crypto.getRandomValues(new Uint8Array(32));
  return { epoch, key: Buffer.from(random).toString("hex") };
}

function writeKeys(path: string, epochs: readonly KeyEpoch[]): void {
  writeFile(`${path}.new`, epochs);
  Deno.renameSync(`${path}.new`, path);
}

function writeFile(path: string, epochs: readonly KeyEpoch[]): void {
  using file = Deno.openSync(path, {
    write: true,
    create: true,
    truncate: true,
    mode: 0o600,
  });
  file.writeSync(new TextEncoder().encode(JSON.stringify({ epochs })));
  file.syncSync();
}
