import assert from "node:assert/strict";
import fc from "fast-check";
import { EntityId, MunicipalityCode, Ulid, ulid } from "./id.ts";

const LATEST = 2 ** 48 - 1;
const time = fc.integer({ min: 0, max: LATEST });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

Deno.test("MunicipalityCode takes the codes of real municipalities and their type", () => {
  for (const code of ["412015", "252018", "412066", "131016", "011002"]) {
    assert.equal(MunicipalityCode.parse(code), code);
  }

  for (
    const code of ["41201", "4120155", "41201a", "", 412015, "４１２０１５"]
  ) {
    assert.equal(MunicipalityCode.safeParse(code).success, false);
  }
});

Deno.test("MunicipalityCode refuses every other check digit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), (number) => {
      const five = String(number).padStart(5, "0");
      const valid = Array.from({ length: 10 }, (_, digit) => five + digit)
        .filter((code) => MunicipalityCode.safeParse(code).success);

      assert.equal(valid.length, 1);
    }),
  );
});

Deno.test("ulid() makes an id that Ulid takes, whatever the time and randomness", () => {
  fc.assert(fc.property(time, random, (at, bytes) => {
    const id = ulid(at, bytes);

    assert.equal(Ulid.parse(id), id);
    assert.doesNotMatch(id, /[ILOU]/);
  }));
});

Deno.test("ulid() sorts by time as text, and never by randomness first", () => {
  fc.assert(fc.property(time, time, random, random, (a, b, one, other) => {
    fc.pre(a !== b);

    assert.equal(ulid(a, one) < ulid(b, other), a < b);
  }));
});

Deno.test("ulid() keeps all 80 bits of its randomness apart", () => {
  fc.assert(fc.property(time, random, random, (at, one, other) => {
    const same = one.every((byte, i) => byte === other[i]);

    assert.equal(ulid(at, one) === ulid(at, other), same);
  }));
  assert.notEqual(ulid(0), ulid(0));
});

Deno.test("Ulid refuses what overflows 128 bits or is written in small letters", () => {
  assert.equal(Ulid.safeParse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ").success, true);

  for (
    const wrong of [
      "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
      "01jd3w8q4xk0v7m2t5r9zb6cyh",
      "01JD3W8Q4XK0V7M2T5R9ZB6CY",
      "01JD3W8Q4XK0V7M2T5R9ZB6CYI",
    ]
  ) assert.equal(Ulid.safeParse(wrong).success, false);
});

Deno.test("EntityId takes an IRI and refuses a bare word", () => {
  assert.equal(EntityId.safeParse("urn:ngsi-ld:BusStop:4021").success, true);
  assert.equal(EntityId.safeParse("BusStop").success, false);
});
