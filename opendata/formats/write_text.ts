/** Writes text piece by piece into a new file. */
export async function writeText(
  path: string,
  parts: Iterable<string>,
): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (const chunk of encoded(parts)) {
    for (let done = 0; done < chunk.length;) {
      done += await file.write(chunk.subarray(done));
    }
  }
}

const CHUNK = 1 << 16;

/** Text as bytes, in pieces of a useful size. */
export function* encoded(parts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let chunk = "";
  for (const one of parts) {
    chunk += one;
    if (chunk.length < CHUNK) continue;
    yield encoder.encode(chunk);
    chunk = "";
  }
  if (chunk !== "") yield encoder.encode(chunk);
}
