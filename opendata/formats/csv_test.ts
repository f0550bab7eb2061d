import { openDuckdb, sql } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { sampleCity } from "../_sample.ts";
import type { Content } from "./content.ts";
import { copyCsv, csvText } from "./csv.ts";
import { copyParquet } from "./parquet.ts";
import { sheet } from "./sheet.ts";
import { stage } from "./stage.ts";

const title = (text: string) => ({ ja: text, en: text });
const awkward: Content = {
  dataset: "awkward",
  municipality: sampleCity(),
  layout: "statistics",
  table: {
    id: "awkward",
    title: title("表"),
    description: title("表"),
    columns: [
      { name: "month", role: "period", type: "month", title: title("年月") },
      {
        name: "kind",
        role: "dimension",
        type: "string",
        title: title('a "quoted" title'),
        names: { a: title("い, ろ\nは"), '"': title('"') },
      },
      {
        name: "people",
        role: "measure",
        type: "integer",
        title: title("人数"),
      },
      { name: "mean", role: "measure", type: "number", title: title("平均") },
    ],
    rows: 4,
    withheld: 1,
    rule: "flow",
    thresholds: [10],
  },
  rows: [
    { month: "2026-10", kind: "a", people: 12, mean: 3, status: "published" },
    { month: "2026-10", kind: '"', people: 0, mean: 0.1, status: "published" },
    {
      month: "2026-10",
      kind: null,
      people: 5,
      mean: null,
      status: "published",
    },
    {
      month: "2026-10",
      kind: ",",
      people: null,
      mean: null,
      status: "withheld",
    },
  ],
};

Deno.test("copyCsv() writes byte for byte what csvText() does, and Parquet holds the same", async () => {
  const dir = await Deno.makeTempDir();
  const outside = await Deno.makeTempDir();
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [dir],
  });
  try {
    const staged = await stage(store, awkward, true);
    for (const language of ["ja", "en"] as const) {
      await copyCsv(store, awkward, staged, language, `${dir}/bulk.csv`);

      const bulk = await Deno.readTextFile(`${dir}/bulk.csv`);
      assert.equal(bulk, csvText(sheet(awkward, language)));
      assert.ok(bulk.startsWith('\uFEFF"'));
      assert.equal(/[^\r]\n"2026/.test(bulk), false);
    }
    await copyParquet(store, awkward, staged, `${dir}/bulk.parquet`);
    const { rows } = await sql`SELECT * FROM ${sql.lit(`${dir}/bulk.parquet`)}`
      .execute(store);
    assert.deepEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row as object))),
      awkward.rows,
    );
    await assert.rejects(
      copyCsv(store, awkward, staged, "ja", `${outside}/bulk.csv`),
    );
  } finally {
    await store.destroy();
    await Deno.remove(dir, { recursive: true });
    await Deno.remove(outside, { recursive: true });
  }
});
