import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";

/** A file of an archive; `packed` content is stored as it is. */
export interface ZipEntry {
  readonly name: string;
  readonly packed?: boolean;
  content(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

// The format's first day, so that an archive tells nothing of when it was made.
const DAY_ZERO = new Date(1980, 0, 1);

const SMALL = 1 << 20;
const DEFLATED = 8;

/** A file of a few pages, packed at once: a stream for each costs more than what it packs. */
class SmallEntry extends ZipPassThrough {
  override compression = DEFLATED;
  readonly #chunks: Uint8Array[] = [];

  protected override process(chunk: Uint8Array, final: boolean): void {
    this.#chunks.push(chunk);
    if (!final) return;
    const whole = Buffer.concat(this.#chunks);
    this.ondata(null, new Uint8Array(deflateRawSync(whole)), true);
  }
}

/** Writes an archive part by part: no file of it is held whole. */
export async function writeZip(
  path: string,
  entries: readonly ZipEntry[],
): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  const waiting: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    waiting.push(chunk);
  });
  const drain = async () => {
    if (failure !== null) throw failure;
    for (const chunk of waiting.splice(0)) {
      for (let done = 0; done < chunk.length;) {
        done += await file.write(chunk.subarray(done));
      }
    }
  };
  for (const { name, packed = false, content } of entries) {
    const first: Uint8Array[] = [];
    let size = 0;
    const chunks = content();
    const all = Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : chunks[Symbol.iterator]();
    let next = await all.next();
    for (; !next.done && size <= SMALL; next = await all.next()) {
      first.push(next.value);
      size += next.value.byteLength;
    }
    const entry = packed
      ? new ZipPassThrough(name)
      : size <= SMALL
      ? new SmallEntry(name)
      : new ZipDeflate(name);
    entry.mtime = DAY_ZERO;
    zip.add(entry);
    for (const chunk of first) entry.push(chunk);
    for (; !next.done; next = await all.next()) {
      entry.push(next.value);
      await drain();
    }
    entry.push(new Uint8Array(), true);
    await drain();
  }
  zip.end();
  await drain();
}
