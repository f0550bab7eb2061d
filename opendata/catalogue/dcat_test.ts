import { fixedClock, layout } from "@hiraku/kernel";
import jsonld from "jsonld";
import { Parser } from "n3";
import assert from "node:assert/strict";
import { sampleCity, sampleUsage } from "../_sample.ts";
import { miniappUsage } from "../datasets/miniapp_usage.ts";
import type { Manifest } from "../manifest.ts";
import { publish } from "../publish.ts";
import { release } from "../release.ts";
import { datasetNode, dcatCatalogue } from "./dcat.ts";
import { rdfText } from "./rdf.ts";

const ORIGIN = "https://data.example.jp";
const DCAT = "http://www.w3.org/ns/dcat#";
const DCT = "http://purl.org/dc/terms/";

async function published(): Promise<Manifest> {
  const dir = await Deno.makeTempDir();
  const city = sampleCity();
  const released = release(miniappUsage, sampleUsage(city, 1, 1), {
    municipality: city,
    previous: undefined,
    today: "2026-11-21",
  });
  const { version } = await publish(released, {
    layout: layout(dir),
    clock: fixedClock("2026-11-21T03:00:00Z"),
  });
  await Deno.remove(dir, { recursive: true });
  return version.manifest;
}

function catalogue(manifest: Manifest) {
  return dcatCatalogue({
    datasets: [{ manifest, issued: "2026-11-21" }],
    total: 1,
    size: 100,
    address: `${ORIGIN}/opendata/catalog.ttl?page=1`,
    first: `${ORIGIN}/opendata/catalog.ttl?page=1`,
  }, ORIGIN);
}

interface Term {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: Term;
}
type Quad = Readonly<Record<"subject" | "predicate" | "object", Term>>;

const parsed = (text: string): Quad[] => new Parser().parse(text);

/** Statements without blank nodes' names, so that two documents can be compared. */
function statements(quads: readonly Quad[]): string[] {
  const name = (term: Quad["object"]) =>
    term.termType === "BlankNode"
      ? "_"
      : term.termType === "Literal"
      ? `${term.value}@${term.language}^${term.datatype?.value}`
      : term.value;
  return [
    ...new Set(
      quads.map(({ subject, predicate, object }) =>
        [name(subject), predicate.value, name(object)].join(" ")
      ),
    ),
  ].sort();
}

Deno.test("rdfText() writes the golden record", async () => {
  const manifest = await published();
  const [csv] = manifest.files;
  const short = { ...manifest, files: csv === undefined ? [] : [csv] };
  const record = rdfText(
    [datasetNode({ manifest: short, issued: "2026-11-21" }, ORIGIN)],
    "ttl",
  );

  const golden = new URL("../_golden/miniapp_usage.ttl", import.meta.url);
  if (Deno.args.includes("--write-golden")) {
    await Deno.writeTextFile(golden, record);
  }

  assert.equal(record, await Deno.readTextFile(golden));
  assert.equal(record.includes("/tmp/"), false);
});

Deno.test("rdfText() says the same in JSON-LD and in Turtle, and expands without a term left over", async () => {
  const manifest = await published();
  const nodes = catalogue(manifest);

  const turtle = parsed(rdfText(nodes, "ttl"));
  const document = JSON.parse(rdfText(nodes, "jsonld"));
  const nquads = await jsonld.toRDF(document, {
    format: "application/n-quads",
    safe: true,
  });
  const linked = parsed(String(nquads));

  assert.deepEqual(statements(turtle), statements(linked));
  const urls = turtle.filter(({ predicate }) =>
    predicate.value === `${DCAT}downloadURL`
  );
  assert.equal(urls.length, manifest.files.length);
  assert.equal(
    turtle.some(({ predicate }) => !predicate.value.includes("://")),
    false,
  );
});

// What DCAT-AP 3.0.1 says a node of each class must have; its own shapes are among the outside judges.
const MANDATORY: Readonly<Record<string, readonly string[]>> = {
  [`${DCAT}Catalog`]: [`${DCT}title`, `${DCT}description`, `${DCT}publisher`],
  [`${DCAT}Dataset`]: [`${DCT}title`, `${DCT}description`],
  [`${DCAT}Distribution`]: [`${DCAT}accessURL`],
  [`${DCAT}DataService`]: [`${DCT}title`, `${DCAT}endpointURL`],
  "http://xmlns.com/foaf/0.1/Agent": ["http://xmlns.com/foaf/0.1/name"],
  "http://spdx.org/rdf/terms#Checksum": [
    "http://spdx.org/rdf/terms#algorithm",
    "http://spdx.org/rdf/terms#checksumValue",
  ],
};

Deno.test("dcatCatalogue() gives every node what DCAT-AP demands of its class", async () => {
  const quads = parsed(rdfText(catalogue(await published()), "ttl"));
  for (const [type, demanded] of Object.entries(MANDATORY)) {
    const nodes = quads.filter(({ predicate, object }) =>
      predicate.value.endsWith("#type") && object.value === type
    ).map(({ subject }) => subject.value);
    assert.ok(nodes.length > 0, type);
    for (const node of nodes) {
      const has = quads.filter(({ subject }) => subject.value === node)
        .map(({ predicate }) => predicate.value);
      for (const one of demanded) {
        assert.ok(has.includes(one), `${node} ${one}`);
      }
    }
  }
  assert.equal(quads.some(({ object }) => object.value === ""), false);
});
