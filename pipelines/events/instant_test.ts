import assert from "node:assert/strict";
import fc from "fast-check";
import { Envelope } from "./envelope.ts";
import { instantOf, instantText, isWholeInstant } from "./instant.ts";

Deno.test("instantText() says what toISOString() says, in any order of days", () => {
  const instant = fc.date({ noInvalidDate: true }).map((date) => +date);

  fc.assert(fc.property(instant, (ms) => {
    assert.equal(instantText(ms), new Date(ms).toISOString());
    assert.equal(instantText(ms % 1_000), new Date(ms % 1_000).toISOString());
  }));
  assert.throws(() => instantText(NaN), RangeError);
});

Deno.test("instantOf() says what Date.parse() says of every form the envelope takes", () => {
  const instant = fc.date({
    min: new Date("0001-01-02T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  }).map((date) => date.toISOString());
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => `${text.slice(0, 19)}Z`,
    (text) => `${text.slice(0, 19)}+09:00`,
    (text) => `${text.slice(0, 19)}-11:30`,
    (text) => `${text.slice(0, 21)}Z`,
    (text) => `${text.slice(0, 23)}456Z`,
    (text) => `${text.slice(0, 22)}+09:00`,
    (text) => `${text.slice(0, 23)}-00:15`,
  );

  fc.assert(fc.property(instant, form, form, (text, one, other) => {
    assert.ok(Envelope.shape.occurredAt.safeParse(one(text)).success);
    assert.equal(instantOf(one(text)), Date.parse(one(text)));
    assert.equal(instantOf(other(text)), Date.parse(other(text)));
    assert.ok(
      !isWholeInstant(one(text)) ||
        instantText(instantOf(one(text))) === one(text),
    );
  }));
});
