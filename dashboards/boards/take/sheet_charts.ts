import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** A chart over cells of its own sheet; rows and columns count from 1. */
export interface SheetChart {
  readonly kind: "bar" | "line";
  readonly title: string;
  /** What it says, for those who do not see it. */
  readonly description: string;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly series: readonly {
    readonly name: string;
    readonly column: number;
  }[];
  /** The column at whose left it stands. */
  readonly column: number;
}

const SPREADSHEET = "http://schemas.openxmlformats.org/drawingml/2006";
const OFFICE =
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS =
  "http://schemas.openxmlformats.org/package/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WIDE = 10;
const HIGH = 20;

/**
 * Puts native charts into a workbook, which spreadsheets draw from the cells
 * themselves. A cell without a figure has to be empty: words count as 0.
 */
export function withCharts(
  book: Uint8Array,
  sheets: readonly { name: string; chart?: SheetChart | undefined }[],
): Uint8Array {
  const parts = unzipSync(book);
  const put = (path: string, xml: string) => parts[path] = strToU8(xml);
  const change = (path: string, from: string, to: string) =>
    put(path, strFromU8(parts[path] ?? new Uint8Array()).replace(from, to));
  const types: string[] = [];
  for (const [at, { name, chart }] of sheets.entries()) {
    if (chart === undefined) continue;
    const n = at + 1;
    put(`xl/charts/chart${n}.xml`, chartXml(chart, name));
    put(`xl/drawings/drawing${n}.xml`, drawingXml(chart));
    put(
      `xl/drawings/_rels/drawing${n}.xml.rels`,
      relations("chart", `../charts/chart${n}.xml`),
    );
    put(
      `xl/worksheets/_rels/sheet${n}.xml.rels`,
      relations("drawing", `../drawings/drawing${n}.xml`),
    );
    change(
      `xl/worksheets/sheet${n}.xml`,
      "</worksheet>",
      '<drawing r:id="rId1"/></worksheet>',
    );
    types.push(
      override(`/xl/charts/chart${n}.xml`, "drawingml.chart"),
      override(`/xl/drawings/drawing${n}.xml`, "drawing"),
    );
  }
  change("[Content_Types].xml", "</Types>", `${types.join("")}</Types>`);
  return zipSync(parts);
}

function override(path: string, kind: string): string {
  return `<Override PartName="${path}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`;
}

function relations(kind: string, target: string): string {
  return `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/${kind}" Target="${target}"/></Relationships>`;
}

function drawingXml({ column, description, title }: SheetChart): string {
  const place = (name: string, col: number, row: number) =>
    `<xdr:${name}><xdr:col>${col}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  return `${HEAD}<xdr:wsDr xmlns:xdr="${SPREADSHEET}/spreadsheetDrawing" xmlns:a="${SPREADSHEET}/main"><xdr:twoCellAnchor>${
    place("from", column - 1, 1)
  }${
    place("to", column - 1 + WIDE, 1 + HIGH)
  }<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="${
    escaped(title)
  }" descr="${
    escaped(description)
  }"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${SPREADSHEET}/chart"><c:chart xmlns:c="${SPREADSHEET}/chart" xmlns:r="${OFFICE}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}

function chartXml(chart: SheetChart, sheet: string): string {
  const { kind, title, series, firstRow, lastRow } = chart;
  const cells = (column: number) =>
    `'${escaped(sheet.replaceAll("'", "''"))}'!$${
      letters(column)
    }$${firstRow}:$${letters(column)}$${lastRow}`;
  const plotted = series.map(({ name, column }, at) =>
    `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:v>${
      escaped(name)
    }</c:v></c:tx>${
      kind === "line" ? '<c:marker><c:symbol val="none"/></c:marker>' : ""
    }<c:cat><c:strRef><c:f>${
      cells(1)
    }</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>${
      cells(column)
    }</c:f></c:numRef></c:val></c:ser>`
  ).join("");
  const axes = '<c:axId val="1"/><c:axId val="2"/>';
  const plot = kind === "bar"
    ? `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>${plotted}${axes}</c:barChart>`
    : `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${plotted}<c:marker val="1"/>${axes}</c:lineChart>`;
  // Lying bars start at the bottom unless they are turned round.
  const [order, below, left] = kind === "bar"
    ? ["maxMin", "l", "t"]
    : ["minMax", "b", "l"];
  return `${HEAD}<c:chartSpace xmlns:c="${SPREADSHEET}/chart" xmlns:a="${SPREADSHEET}/main" xmlns:r="${OFFICE}"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>${
    escaped(title)
  }</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="${order}"/></c:scaling><c:delete val="0"/><c:axPos val="${below}"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="${left}"/><c:majorGridlines/><c:crossAx val="1"/></c:valAx></c:plotArea>${
    series.length > 1
      ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
      : ""
  }<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`;
}

/** A column as spreadsheets name it: 1 is A, 27 is AA. */
function letters(column: number): string {
  const rest = (column - 1) % 26;
  const last = String.fromCharCode(65 + rest);
  return column > 26 ? letters((column - 1 - rest) / 26) + last : last;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
