import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** A file of an archive; `packed` content is stored as it is. */
export interface ZipEntry {
  readonly name: string;
  readonly packed?: boolean;
  content(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

// The format's first day, so that an archive tells nothing of when it was made.
const DAY_ZERO = new Date(1980, 0, 1);

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
    const entry = packed ? new ZipPassThrough(name) : new ZipDeflate(name);
    entry.mtime = DAY_ZERO;
    zip.add(entry);
    for await (const chunk of content()) {
      entry.push(chunk);
      await drain();
    }
    entry.push(new Uint8Array(), true);
    await drain();
  }
  zip.end();
  await drain();
}
