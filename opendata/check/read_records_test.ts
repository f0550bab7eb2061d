import { parse } from "csv-parse/sync";
import fc from "fast-check";
import assert from "node:assert/strict";
import { readRecords } from "./read_records.ts";

const peer = (text: string): string[][] =>
  parse(text, {
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
  });

Deno.test("readRecords() splits as csv-parse does whatever the fields hold", () => {
  const field = fc.string({
    unit: fc.constantFrom("a", '"', ",", "\r", "\n", "あ", " "),
    maxLength: 5,
  });
  const quoted = field.map((text) => `"${text.replaceAll('"', '""')}"`);
  const plain = fc.string({ unit: fc.constantFrom("a", "あ", " ") });
  const line = fc.array(fc.oneof(quoted, plain), { minLength: 2, maxLength: 4 })
    .map((fields) => fields.join(","));
  const text = fc.tuple(
    fc.array(line, { minLength: 1 }),
    fc.constantFrom("\r\n", "\n", "\r"),
    fc.boolean(),
  ).map(([lines, end, last]) => lines.join(end) + (last ? end : ""));

  fc.assert(fc.property(text, (sent) => {
    const read = readRecords(sent, ",");

    assert.deepEqual(read?.records, peer(sent));
    assert.equal(read?.mixedLineEnds, false);
  }));
});

Deno.test("readRecords() leaves a quotation mark out of place to a slower reader", () => {
  for (const text of ['a"b,c', '"a"b,c', '"a,b', 'a,"']) {
    assert.equal(readRecords(text, ","), undefined, text);
  }
  assert.equal(readRecords("a,b\r\nc,d\n", ",")?.mixedLineEnds, true);
  assert.deepEqual(readRecords("a\n\nb,", ",")?.records, [["a"], [""], [
    "b",
    "",
  ]]);
});
