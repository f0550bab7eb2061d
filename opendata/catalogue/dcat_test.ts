import { fixedClock, layout } from "@hiraku/kernel";
import jsonld from "jsonld";
import assert from "node:assert/strict";
import { sampleCity, sampleUsage } from "../_sample.ts";
import { miniappUsage } from "../datasets/miniapp_usage.ts";
import type { Manifest } from "../manifest.ts";
import { publish } from "../publish.ts";
import { release } from "../release.ts";
import { dcatCatalogue, dcatRecord } from "./dcat.ts";

const ORIGIN = "https://data.example.jp";
const DCAT = "http://www.w3.org/ns/dcat#";

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

Deno.test("dcatRecord() writes the golden record", async () => {
  const record = JSON.stringify(dcatRecord(await published(), ORIGIN), null, 2);

  const golden = new URL("../_golden/miniapp_usage.jsonld", import.meta.url);
  if (Deno.args.includes("--write-golden")) {
    await Deno.writeTextFile(golden, record + "\n");
  }

  assert.equal(record + "\n", await Deno.readTextFile(golden));
  assert.equal(record.includes("/tmp/"), false);
});

Deno.test("dcatCatalogue() expands to DCAT without a term left over", async () => {
  const manifest = await published();
  const document = dcatCatalogue([manifest], ORIGIN);

  const [catalogue] = await jsonld.expand(document, { safe: true });

  const datasets = catalogue?.[`${DCAT}dataset`];
  assert.ok(Array.isArray(datasets));
  const [dataset] = datasets;
  assert.equal(dataset["@id"], `${ORIGIN}/opendata/412015/miniapp_usage`);
  const distributions = dataset[`${DCAT}distribution`];
  assert.equal(distributions.length, manifest.files.length);
  const urls = new Set(
    distributions.map((one: Record<string, { "@id": string }[]>) =>
      one[`${DCAT}downloadURL`]?.[0]?.["@id"]
    ),
  );
  assert.equal(urls.size, manifest.files.length);
  assert.equal(
    Object.keys(dataset).some((key) =>
      !key.includes(":") && !key.startsWith("@")
    ),
    false,
  );
});
