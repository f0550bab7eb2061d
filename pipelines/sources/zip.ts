const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * What a ZIP file says it unpacks to, read from its central directory, so that
 * a small file that grows huge is refused before it is opened. Throws when
 * there is no directory.
 */
export function unpackedSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new RangeError("The ZIP file has no directory");
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let size = 0;
  for (let i = 0; i < entries; i++) {
    if (view.getUint32(at, true) !== ENTRY) {
      throw new RangeError("The ZIP directory is damaged");
    }
    size += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return size;
}
