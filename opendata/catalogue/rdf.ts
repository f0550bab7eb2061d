import type { Text } from "@hiraku/kernel";
import { xml } from "../formats/xml.ts";

/** A value in the compact form of JSON-LD; keys are names of `PREFIXES`. */
export type Value = string | Node | readonly (string | Node)[];
export interface Node {
  readonly [key: string]: Value;
}

/** The vocabularies of the catalogue; nothing has to be fetched to read it. */
const PREFIXES: Readonly<Record<string, string>> = {
  dcat: "http://www.w3.org/ns/dcat#",
  dcatap: "http://data.europa.eu/r5r/",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  hydra: "http://www.w3.org/ns/hydra/core#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  spdx: "http://spdx.org/rdf/terms#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

export const RDF_TYPES = {
  jsonld: "application/ld+json",
  ttl: "text/turtle",
  xml: "application/rdf+xml",
} as const;
export type RdfFormat = keyof typeof RDF_TYPES;

export function texts({ ja, en }: Text): Node[] {
  return [
    { "@value": ja, "@language": "ja" },
    { "@value": en, "@language": "en" },
  ];
}

export function typed(value: string, type: string): Node {
  return { "@value": value, "@type": type };
}

export function reference(id: string): Node {
  return { "@id": id };
}

/** Nodes as a document of the format. */
export function rdfText(nodes: readonly Node[], format: RdfFormat): string {
  if (format === "ttl") return turtle(nodes);
  if (format === "xml") return rdfXml(nodes);
  const [only] = nodes;
  return JSON.stringify(
    nodes.length === 1
      ? { "@context": PREFIXES, ...only }
      : { "@context": PREFIXES, "@graph": nodes },
  );
}

function many(value: Value): readonly (string | Node)[] {
  return Array.isArray(value) ? value : [value as string | Node];
}

function isLiteral(value: string | Node): boolean {
  return typeof value === "string" || "@value" in value;
}

function propertiesOf(node: Node): [string, readonly (string | Node)[]][] {
  return Object.entries(node).filter(([key]) => !key.startsWith("@"))
    .map(([key, value]) => [key, many(value)]);
}

function typesOf(node: Node): string[] {
  return many(node["@type"] ?? []).map(String);
}

function turtle(nodes: readonly Node[]): string {
  const heads = Object.entries(PREFIXES).map(([prefix, iri]) =>
    `@prefix ${prefix}: <${iri}> .`
  );
  // A node that stands in several places is said once.
  const subjects = new Map<string, string>();
  const waiting = [...nodes];
  for (let node = waiting.shift(); node; node = waiting.shift()) {
    const lines = turtleLines(node, waiting);
    if (lines.length === 0) continue;
    subjects.set(`${iri(node)} ${lines.join(" ;\n  ")} .`, "");
  }
  return `${heads.join("\n")}\n\n${[...subjects.keys()].join("\n")}\n`;
}

/** Predicates and objects of a node; named nodes among them are left for later. */
function turtleLines(node: Node, waiting: Node[]): string[] {
  const object = (value: string | Node): string => {
    if (isLiteral(value)) return turtleLiteral(value);
    const inner = value as Node;
    if ("@id" in inner) {
      if (Object.keys(inner).length > 1) waiting.push(inner);
      return iri(inner);
    }
    return `[ ${turtleLines(inner, waiting).join(" ; ")} ]`;
  };
  const types = typesOf(node);
  return [
    ...types.length > 0 ? [`a ${types.join(", ")}`] : [],
    ...propertiesOf(node).map(([key, values]) =>
      `${key} ${values.map(object).join(", ")}`
    ),
  ];
}

function iri(node: Node): string {
  const address = String(node["@id"]);
  return `<${address.replace(/[\s<>"{}|^`\\]/g, encodeURIComponent)}>`;
}

function turtleLiteral(value: string | Node): string {
  if (typeof value === "string") return JSON.stringify(value);
  const text = JSON.stringify(String(value["@value"]));
  if (value["@language"] !== undefined) return `${text}@${value["@language"]}`;
  return value["@type"] === undefined ? text : `${text}^^${value["@type"]}`;
}

function rdfXml(nodes: readonly Node[]): string {
  const names = Object.entries(PREFIXES).map(([prefix, address]) =>
    `xmlns:${prefix}="${address}"`
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF ${
    names.join(" ")
  }>\n${nodes.map(xmlNode).join("\n")}\n</rdf:RDF>\n`;
}

function xmlNode(node: Node): string {
  const [type = "rdf:Description", ...others] = typesOf(node);
  const about = "@id" in node ? ` rdf:about="${xml(String(node["@id"]))}"` : "";
  const inner = [
    ...others.map((one) => `<rdf:type rdf:resource="${absolute(one)}"/>`),
    ...propertiesOf(node).flatMap(([key, values]) =>
      values.map((value) => xmlProperty(key, value))
    ),
  ].join("");
  return `<${type}${about}>${inner}</${type}>`;
}

function xmlProperty(key: string, value: string | Node): string {
  if (typeof value === "string") return `<${key}>${xml(value)}</${key}>`;
  if ("@value" in value) {
    const note = value["@language"] !== undefined
      ? ` xml:lang="${value["@language"]}"`
      : value["@type"] !== undefined
      ? ` rdf:datatype="${absolute(String(value["@type"]))}"`
      : "";
    return `<${key}${note}>${xml(String(value["@value"]))}</${key}>`;
  }
  const bare = "@id" in value && Object.keys(value).length === 1;
  return bare
    ? `<${key} rdf:resource="${xml(String(value["@id"]))}"/>`
    : `<${key}>${xmlNode(value)}</${key}>`;
}

function absolute(name: string): string {
  const [prefix = "", local = ""] = name.split(":");
  return (PREFIXES[prefix] ?? "") + local;
}
