import { openDuckdb } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { copyCsv, csvText } from "./csv.ts";
import type { Sheet } from "./sheet.ts";

const awkward: Sheet = {
  header: ["年月", 'a "quoted" title', "人数(人)"],
  *lines() {
    yield ["2026-10", "comma, and\nline", "12"];
    yield ["2026-10", "", "X"];
    yield ["2026-10", '"', "0"];
  },
};

Deno.test("copyCsv() writes byte for byte what csvText() does", async () => {
  const dir = await Deno.makeTempDir();
  const outside = await Deno.makeTempDir();
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [dir],
  });
  try {
    await copyCsv(store, awkward, `${dir}/bulk.csv`);

    const bulk = await Deno.readTextFile(`${dir}/bulk.csv`);
    assert.equal(bulk, csvText(awkward));
    assert.ok(bulk.startsWith('\uFEFF"年月",'));
    assert.equal(/[^\r]\n"2026/.test(bulk), false);
    await assert.rejects(copyCsv(store, awkward, `${outside}/bulk.csv`));
  } finally {
    await store.destroy();
    await Deno.remove(dir, { recursive: true });
    await Deno.remove(outside, { recursive: true });
  }
});
