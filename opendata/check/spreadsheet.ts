import { type Finding, finding } from "./finding.ts";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  /** Of its local header. */
  readonly at: number;
}

/** What an XLSX says it unpacks to. Throws when it has no directory. */
export function unpackedSize(bytes: Uint8Array): number {
  return entriesOf(bytes).reduce((sum, { size }) => sum + size, 0);
}

/** Merged cells, formulas and drawings of the first sheet, which its values do not tell of. */
export async function marksOf(bytes: Uint8Array): Promise<Finding[]> {
  const entries = entriesOf(bytes);
  const sheets = entries.filter(({ name }) =>
    /^xl\/worksheets\/sheet\d+\.xml$/.test(name)
  ).sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const [first] = sheets;
  if (first === undefined) return [];
  const xml = await unpacked(bytes, first);
  const findings: Finding[] = [];
  for (const [, column = "", row, to] of xml.matchAll(MERGED)) {
    const place = { row: Number(row), column };
    findings.push(finding(place, "merged_cells", { found: to ?? "" }));
  }
  for (const [, column = "", row] of xml.matchAll(FORMULA)) {
    findings.push(finding({ row: Number(row), column }, "formula"));
  }
  if (/<(?:drawing|picture|legacyDrawing)\b/.test(xml)) {
    findings.push(finding({ row: 0 }, "drawing"));
  }
  return findings;
}

const MERGED = /<mergeCell ref="([A-Z]+)(\d+)(:[A-Z]+\d+)"/g;
const FORMULA = /<c r="([A-Z]+)(\d+)"[^>]*><f\b/g;

function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new RangeError("The ZIP file has no directory");
  const found: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    if (view.getUint32(at, true) !== ENTRY) {
      throw new RangeError("The ZIP directory is damaged");
    }
    const length = view.getUint16(at + 28, true);
    found.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return found;
}

async function unpacked(bytes: Uint8Array, entry: Entry): Promise<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) +
    view.getUint16(entry.at + 28, true);
  const data = new Uint8Array(bytes.subarray(from, from + entry.packed));
  if (entry.method !== DEFLATED) return new TextDecoder().decode(data);
  const stream = new Blob([data]).stream().pipeThrough(
    new DecompressionStream("deflate-raw"),
  );
  return await new Response(stream).text();
}
