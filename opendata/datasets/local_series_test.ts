import assert from "node:assert/strict";
import { DATASETS } from "./all.ts";

const PAGE = new URL("../../docs/opendata.md", import.meta.url);
const BESIDES = [
  "Services",
  "Mini-app registry",
  "Flood history",
  "Waste history",
  "Collection calendars",
  "Messages",
];

/** The local series as the page for readers has them. */
async function series() {
  const page = await Deno.readTextFile(PAGE);
  const [, section = ""] = page.split("## Local series");
  const lines = section.split("\n## ")[0]?.split("\n") ?? [];
  return lines.filter((line) => line.startsWith("| ")).slice(2).map((line) => {
    const [, name = "", tables = "", state = ""] = line.split("|");
    return {
      name: name.trim(),
      state: state.trim(),
      tables: [...tables.matchAll(/`(\w+)\.(\w+): ([^`]+)`/g)].map(
        ([, dataset = "", table = "", columns = ""]) => ({
          dataset,
          table,
          columns: columns.split(", "),
        }),
      ),
    };
  });
}

Deno.test("every local series leads to tables that exist with the columns that are promised", async () => {
  const all = await series();

  const numbered = all.flatMap(({ name }) => name.match(/^LOC-\d\d/) ?? []);
  assert.deepEqual(
    numbered,
    Array.from(
      { length: 12 },
      (_, at) => `LOC-${String(at + 1).padStart(2, "0")}`,
    ),
  );
  assert.deepEqual(
    all.map(({ name }) => name).filter((name) => !name.startsWith("LOC-")),
    BESIDES,
  );
  for (const { name, state, tables } of all) {
    assert.ok(tables.length > 0, name);
    assert.match(state, /^published/, name);
    for (const { dataset, table, columns } of tables) {
      const found = DATASETS.find(({ id }) => id === dataset)?.tables[table];
      assert.ok(found !== undefined, `${name}: ${dataset}.${table}`);
      const known = Object.keys(found.row.shape);
      const missing = columns.filter((one) => !known.includes(one));
      assert.deepEqual(missing, [], `${name}: ${dataset}.${table}`);
    }
  }
});

Deno.test("no table of a local series crosses more than three columns of persons", async () => {
  for (const { name, tables } of await series()) {
    for (const { dataset, table } of tables) {
      const found = DATASETS.find(({ id }) => id === dataset)?.tables[table];
      if (found === undefined || found.disclosure.kind === "none") continue;
      assert.ok(found.dimensions.length <= 3, `${name}: ${dataset}.${table}`);
    }
  }
});
