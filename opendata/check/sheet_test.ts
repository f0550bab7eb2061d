import assert from "node:assert/strict";
import { sheet } from "./sheet.ts";
import { SHEETS } from "./sheets/all.ts";

const DEFINITIONS = new URL(
  "../../../shared/standards/municipal-open-data/",
  import.meta.url,
);

Deno.test("sheet refuses a line that names no column or no kind", () => {
  const written = {
    id: "99",
    slug: "a",
    title: { ja: "甲", en: "A" },
    edition: "",
    sources: [],
    confirmed: true,
  };

  assert.throws(() => sheet({ ...written, columns: "名称 : colour" }), /名称/);
  assert.throws(() => sheet({ ...written, columns: " : text" }), /no column/);
  const { columns } = sheet({
    ...written,
    columns: "@location\n可否 : 可|不可",
  });
  assert.equal(columns.length, 9);
  assert.deepEqual(columns.at(-1)?.words, ["可", "不可"]);
  assert.equal(columns.some(({ name }) => name.startsWith("@")), false);
});

Deno.test("SHEETS have the columns of the definitions they were taken from, in their order", async () => {
  for (const { slug, columns } of SHEETS) {
    const names = columns.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, slug);
    const official = await definition(`${slug}.json`);
    if (official === undefined) return;
    assert.deepEqual(names, official, slug);
  }
});

async function definition(file: string): Promise<string[] | undefined> {
  try {
    const text = await Deno.readTextFile(new URL(file, DEFINITIONS));
    const { columns } = JSON.parse(text) as { columns: { name: string }[] };
    return columns.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.stdout.write(
      new TextEncoder().encode("skipped: the definitions are not here\n"),
    );
    return undefined;
  }
}
