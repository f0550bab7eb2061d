import assert from "node:assert/strict";
import { readTable } from "./table.ts";

Deno.test("readTable reads quoted values, semicolons and a byte order mark, and refuses a torn record", () => {
  assert.deepEqual(
    readTable('\uFEFF"a";b\r\n"1;""2""";\r\n3;"x\ny"\r\n'),
    { columns: ["a", "b"], rows: [['1;"2"', ""], ["3", "x\ny"]] },
  );
  assert.throws(() => readTable("a,b\n1\n"), /Record 2 .* 1 values for 2/);
  assert.throws(() => readTable('a,b\n1,2"3\n'), /stray quotation mark/);
});
