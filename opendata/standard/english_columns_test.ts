import assert from "node:assert/strict";
import { SHEETS } from "../check/sheets/all.ts";
import { englishColumn } from "./english_columns.ts";

Deno.test("englishColumn() knows every column of every sheet, and no two of a sheet alike", () => {
  for (const { id, columns } of SHEETS) {
    const titles = columns.map(({ name }) => englishColumn(name));
    assert.deepEqual(
      columns.filter((_, at) =>
        titles[at] === undefined || /[぀-ヿ一-鿿]/.test(titles[at])
      ),
      [],
    );
    const twice = titles.filter((one, at) => titles.indexOf(one) !== at);
    assert.deepEqual(twice, [], `sheet ${id}`);
  }
  assert.equal(englishColumn("10-14歳の女性"), "Female, 10-14");
  assert.equal(englishColumn("ファイル_URL"), "File: URL");
  assert.equal(englishColumn("氏名"), undefined);
});
