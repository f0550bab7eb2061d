import { fixedClock, layout } from "@hiraku/kernel";
import { openDuckdb } from "@hiraku/kernel/store";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import jsonld from "jsonld";
import assert from "node:assert/strict";
import readXlsx from "read-excel-file/universal";
import { sampleCity, sampleUsage } from "../_sample.ts";
import { DATASETS } from "../datasets/all.ts";
import { miniappUsage } from "../datasets/miniapp_usage.ts";
import { descriptorsOf } from "../descriptors/descriptor_of.ts";
import { FORMATS, type Manifest } from "../manifest.ts";
import { aboutReleased } from "../manifest_of.ts";
import { publish } from "../publish.ts";
import { release, type Released } from "../release.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { writeTable } from "./files.ts";
import { hasGeography } from "./places.ts";

const city = sampleCity();
const context = {
  municipality: city,
  previous: undefined,
  secret: "the same ties",
  today: "2026-11-21",
};

async function published(
  released: Released,
  use: (version: PublishedVersion) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    const clock = fixedClock("2026-11-21T03:00:00Z");
    const { version } = await publish(released, { layout: layout(dir), clock });
    await use(version);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("writeTable() writes every table of every dataset in every format with every descriptor", async () => {
  const dir = await Deno.makeTempDir();
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [dir],
  });
  for (const dataset of DATASETS) {
    const none = Object.fromEntries(
      Object.keys(dataset.tables).map((id) => [id, []]),
    );
    const about = aboutReleased(release(dataset, none, context));
    for (const table of about.tables) {
      const files = await writeTable(
        store,
        {
          dataset: dataset.id,
          municipality: city,
          layout: "statistics",
          table,
          rows: [],
        },
        `412015_${dataset.id}_${table.id}`,
        dir,
      );
      const described = descriptorsOf({ ...about, files } as Manifest);

      const wanted = FORMATS.filter((format) =>
        format !== "zip" && (format !== "geojson" || hasGeography(table))
      );
      assert.deepEqual(
        files.map(({ format }) => format).sort(),
        ["csv", ...wanted].sort(),
      );
      assert.ok(table.columns.every(({ type }) => type !== undefined));
      assert.equal(described.length, 6);
    }
  }
  await store.destroy();
  await Deno.remove(dir, { recursive: true });
});

const usage = () => release(miniappUsage, sampleUsage(city, 2, 1), context);
const STEM = "412015_miniapp_usage_by_district";

Deno.test("publish() says the same in every format", () =>
  published(usage(), async ({ dir, manifest }) => {
    const read = (suffix: string) => Deno.readFile(`${dir}/${STEM}${suffix}`);
    const { rows } = JSON.parse(await Deno.readTextFile(`${dir}/${STEM}.json`));
    const csv = parse(await Deno.readTextFile(`${dir}/${STEM}.csv`), {
      bom: true,
    });
    const arrow = tableFromIPC(await read(".arrow"));
    const [data, codebook] = await readXlsx(new Blob([await read(".xlsx")]));
    const { features } = JSON.parse(
      await Deno.readTextFile(`${dir}/${STEM}.geojson`),
    );
    const graph = await jsonld.toRDF(
      JSON.parse(await Deno.readTextFile(`${dir}/${STEM}.jsonld`)),
    ) as object[];
    const archive = unzipSync(
      await Deno.readFile(`${dir}/412015_miniapp_usage.zip`),
    );

    assert.ok(
      rows.some((row: { status: string }) => row.status === "withheld"),
    );
    assert.equal(csv.length, rows.length + 1);
    assert.deepEqual(
      data?.data.map((line) => line.map((cell) => String(cell ?? ""))),
      csv,
    );
    assert.ok(codebook?.data.some((line) => line.includes("X")));
    assert.deepEqual(
      arrow.toArray().map((row) => {
        const plain = Object.entries(row.toJSON()).map((
          [name, value],
        ) => [name, typeof value === "bigint" ? Number(value) : value]);
        return Object.fromEntries(plain);
      }),
      rows,
    );
    assert.deepEqual(
      features.map((one: { properties: unknown }) => one.properties),
      rows,
    );
    assert.ok(features.some((one: { geometry: unknown }) => one.geometry));
    // A value that is null is no statement.
    const values = rows.flatMap((row: object) =>
      Object.values(row).filter((value) => value !== null)
    );
    assert.equal(graph.length, values.length);
    const named = manifest.files.slice(0, -1).map(({ name }) => name);
    assert.deepEqual(
      Object.keys(archive).sort(),
      [...named, ...descriptorsOf(manifest).map(({ name }) => name)].sort(),
    );
    assert.deepEqual(archive[`${STEM}.csv`], await read(".csv"));
    assert.equal("manifest.json" in archive, false);
  }));

Deno.test("publish() writes JSON that fits its own schema and descriptors that name the file's columns", () =>
  published(usage(), async ({ dir, manifest }) => {
    const ajv = addFormats.default(new Ajv2020({ allowUnionTypes: true }));
    for (const { name, content } of descriptorsOf(manifest)) {
      const described = content();
      if (name.endsWith(".schema.json")) {
        const text = await Deno.readTextFile(
          `${dir}/${name.replace(".schema", "")}`,
        );
        const fits = ajv.compile(described);
        assert.ok(fits(JSON.parse(text)), JSON.stringify(fits.errors));
        assert.equal(
          fits(JSON.parse(text.replace('"rows":[', '"rows":[{},'))),
          false,
        );
      }
      if (!name.endsWith("-metadata.json")) continue;
      const [header = []] = parse(
        await Deno.readTextFile(`${dir}/${String(described["url"])}`),
        { bom: true, to: 1 },
      );
      const { columns } = described["tableSchema"] as {
        columns: { name: string; titles: string }[];
      };
      assert.deepEqual(
        columns.map(({ titles }) => titles),
        header,
      );
      assert.equal(
        new Set(columns.map((one) => one.name)).size,
        columns.length,
      );
    }
  }));

Deno.test("publish() leaves no trace of the order of the exact rows, of the hour or of this machine", async () => {
  const exact = sampleUsage(city, 2, 1);
  const turned = Object.fromEntries(
    Object.entries(exact).map(([id, rows]) => [id, rows.toReversed()]),
  ) as typeof exact;
  const sums: Record<string, string>[] = [];
  for (const tables of [exact, turned]) {
    await published(
      release(miniappUsage, tables, context),
      async ({ manifest, dir }) => {
        sums.push(sumsOf(manifest));
        for (const { name } of manifest.files) {
          const text = new TextDecoder("latin1").decode(
            await Deno.readFile(`${dir}/${name}`),
          );
          assert.doesNotMatch(text, /\/tmp\/|\.staged/, name);
        }
      },
    );
  }

  const [first = {}, second] = sums;
  assert.deepEqual(first, second);
  assert.ok(Object.keys(first).length > 20);
});

// The archive holds `datapackage.json` and with it the instant of publication, which is the same here.
function sumsOf({ files }: Manifest): Record<string, string> {
  return Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
}
