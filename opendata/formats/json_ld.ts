import { type Content, fieldsOf, typeOf } from "./content.ts";
import { rowText, separated } from "./json.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPES = {
  month: `${XSD}gYearMonth`,
  date: `${XSD}date`,
  instant: `${XSD}dateTime`,
  integer: `${XSD}integer`,
  number: `${XSD}double`,
  string: undefined,
} as const;

/** The IRI of a dataset's column. */
export function columnIri(dataset: string, column: string): string {
  return `urn:hiraku:ns:${dataset}:${encodeURIComponent(column)}`;
}

/** A table as JSON-LD: every row an observation, every column a term of ours. */
export function* jsonLdText(content: Content): Generator<string> {
  const { dataset, table, rows } = content;
  const typed = new Map(table.columns.map((one) => [one.name, typeOf(one)]));
  const terms = fieldsOf(content).map((name) => {
    const type = TYPES[typed.get(name) ?? "string"];
    const id = columnIri(dataset, name);
    return [name, type === undefined ? id : { "@id": id, "@type": type }];
  });
  const head = JSON.stringify({ "@context": Object.fromEntries(terms) });
  yield `${head.slice(0, -1)},"@graph":[\n`;
  yield* separated(rows, rowText(content));
  yield `\n]}\n`;
}
