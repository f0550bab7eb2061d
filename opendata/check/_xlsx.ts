/** A spreadsheet of one sheet of inline text, stored without compression. */
export function xlsx(
  rows: readonly (readonly string[])[],
  after = "",
): Uint8Array {
  const cells = rows.map((row, y) =>
    `<row r="${y + 1}">${
      row.map((text, x) =>
        text.startsWith("=")
          ? `<c r="${String.fromCharCode(65 + x)}${y + 1}"><f>${
            text.slice(1)
          }</f><v>2</v></c>`
          : `<c r="${String.fromCharCode(65 + x)}${
            y + 1
          }" t="inlineStr"><is><t>${text}</t></is></c>`
      ).join("")
    }</row>`
  ).join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages =
    "http://schemas.openxmlformats.org/package/2006/relationships";
  return stored({
    "[Content_Types].xml":
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels":
      `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml":
      `<worksheet xmlns="${main}"><sheetData>${cells}</sheetData>${after}</worksheet>`,
  });
}

function stored(files: Readonly<Record<string, string>>): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = encoder.encode(name);
    const data = encoder.encode(text);
    const sizes = [data.length, data.length, path.length];
    const local = header(30, 0x04034b50, 18, sizes);
    const entry = header(46, 0x02014b50, 20, sizes);
    new DataView(entry.buffer).setUint32(42, at, true);
    new DataView(local.buffer).setUint32(14, crc(data), true);
    new DataView(entry.buffer).setUint32(16, crc(data), true);
    parts.push(local, path, data);
    directory.push(entry, path);
    at += local.length + path.length + data.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, directory.length / 2, true);
  view.setUint16(10, directory.length / 2, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return new Uint8Array([...parts, ...directory, end].flatMap((one) => [
    ...one,
  ]));
}

function header(
  length: number,
  sign: number,
  from: number,
  [packed = 0, size = 0, name = 0]: readonly number[],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, sign, true);
  view.setUint32(from, packed, true);
  view.setUint32(from + 4, size, true);
  view.setUint16(from + 8, name, true);
  return bytes;
}

function crc(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) {
      sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
    }
  }
  return ~sum >>> 0;
}
