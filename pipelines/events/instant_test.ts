import assert from "node:assert/strict";
import fc from "fast-check";
import { instantText } from "./instant.ts";

Deno.test("instantText() says what toISOString() says, in any order of days", () => {
  const instant = fc.date({ noInvalidDate: true }).map((date) => +date);

  fc.assert(fc.property(instant, (ms) => {
    assert.equal(instantText(ms), new Date(ms).toISOString());
    assert.equal(instantText(ms % 1_000), new Date(ms % 1_000).toISOString());
  }));
  assert.throws(() => instantText(NaN), RangeError);
});
