import jsonld from "jsonld";
import { MOST_ENTRIES } from "./read_ckan.ts";
import { type HarvestRules, readJson, unusable } from "./read_json.ts";
import type { Entry } from "./source.ts";

const DCAT = "http://www.w3.org/ns/dcat#";
const DCT = "http://purl.org/dc/terms/";
const HYDRA = "http://www.w3.org/ns/hydra/core#";
const NAME = "http://xmlns.com/foaf/0.1/name";
const MOST_PAGES = 2_000;

type Node = Readonly<Record<string, unknown>>;
type Nodes = ReadonlyMap<string, Node>;

/** Every dataset of a DCAT feed in JSON-LD, page after page, or a `Problem`; never a part. */
export async function readDcat(
  address: string,
  rules: HarvestRules,
): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  let total: number | undefined;
  let next: string | undefined = address;
  while (next !== undefined) {
    if (seen.has(next) || seen.size >= MOST_PAGES) {
      throw unusable("its pages do not come to an end");
    }
    seen.add(next);
    const nodes = await flattened(await readJson(next, rules), next, rules);
    for (const id of datasetsOf(nodes)) {
      if (entries.has(id)) throw unusable("it names a dataset twice");
      entries.set(id, entryOf(id, nodes, address));
    }
    if (entries.size > MOST_ENTRIES) {
      throw unusable(`it names more than ${MOST_ENTRIES} datasets`);
    }
    const all: Node[] = [...nodes.values()];
    total = Number(first(all, `${HYDRA}totalItems`) ?? total ?? NaN);
    next = first(all, `${HYDRA}next`) ?? first(all, `${HYDRA}nextPage`);
  }
  if (!Number.isNaN(total) && total !== entries.size) {
    throw unusable(`it says ${total} datasets and names ${entries.size}`);
  }
  return [...entries.values()];
}

async function flattened(
  document: unknown,
  base: string,
  rules: HarvestRules,
): Promise<Nodes> {
  const documentLoader = async (url: string) => ({
    contextUrl: undefined,
    documentUrl: url,
    document: await readJson(url, rules) as object,
  });
  try {
    const nodes = await jsonld.flatten(document as object, undefined, {
      base,
      documentLoader,
    }) as unknown as (Node & { "@id": string })[];
    return new Map(nodes.map((node) => [node["@id"], node]));
  } catch (cause) {
    throw unusable("it is no JSON-LD", cause);
  }
}

/** What the catalogues of a page name as theirs. */
function datasetsOf(nodes: Nodes): string[] {
  const catalogues = [...nodes.values()].filter((node) =>
    list(node["@type"]).includes(`${DCAT}Catalog`)
  );
  if (catalogues.length === 0) throw unusable("a page has no catalogue");
  return catalogues.flatMap((node) => values(node, `${DCAT}dataset`));
}

function entryOf(id: string, nodes: Nodes, feed: string): Entry {
  const node = nodes.get(id);
  const title = node && worded(node, `${DCT}title`);
  if (node === undefined || !title) {
    throw unusable("a dataset is named and not described");
  }
  const linked = (name: string): Node[] =>
    values(node, name).flatMap((one): Node[] => {
      const found = nodes.get(one);
      return found === undefined ? [] : [found];
    });
  const distributions = linked(`${DCAT}distribution`);
  const [landing] = values(node, `${DCAT}landingPage`);
  return {
    id,
    title,
    description: worded(node, `${DCT}description`),
    address: [landing, id].find((one) => /^https?:\/\//.test(one ?? "")) ??
      feed,
    publisher: linked(`${DCT}publisher`).map((one) => worded(one, NAME))[0] ??
      "",
    licence:
      [node, ...distributions].flatMap((one) =>
        values(one, `${DCT}license`)
      )[0] ?? "",
    formats: [
      ...new Set(
        distributions.flatMap((one) => values(one, `${DCT}format`)).map((one) =>
          one.split(/[/#]/).at(-1) ?? ""
        ),
      ),
    ].filter((one) => one !== ""),
    keywords: values(node, `${DCAT}keyword`),
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Values and names of a property of an expanded node. */
function values(node: Node, property: string): string[] {
  return list(node[property]).flatMap((one) => {
    const { "@id": id, "@value": value } = one as Node;
    const found = id ?? value;
    return found === undefined ? [] : [String(found)];
  });
}

/** The Japanese words, or those in whatever language there are. */
function worded(node: Node, property: string): string {
  const all = list(node[property]) as Node[];
  const one = all.find(({ "@language": language }) => language === "ja") ??
    all[0];
  return String(one?.["@value"] ?? "");
}

function first(nodes: readonly Node[], property: string): string | undefined {
  return nodes.flatMap((node) => values(node, property))[0];
}
