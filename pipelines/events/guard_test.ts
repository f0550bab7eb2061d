import assert from "node:assert/strict";
import fc from "fast-check";
import { findPersonalData, isMyNumber } from "./guard.ts";

Deno.test("isMyNumber() knows the published check digit", () => {
  assert.equal(isMyNumber("123456789018"), true);

  for (const digit of "012345679") {
    assert.equal(isMyNumber(`12345678901${digit}`), false);
  }
});

Deno.test("findPersonalData() finds each shape and names the field, never the value", () => {
  const cases: [unknown, string, string][] = [
    [{ data: { code: "123456789018" } }, "data.code", "my_number"],
    [{ data: { code: "1234-5678-9018" } }, "data.code", "my_number"],
    [{ data: { code: "１２３４５６７８９０１８" } }, "data.code", "my_number"],
    [{ data: { code: 123456789018 } }, "data.code", "my_number"],
    [{ subject: { pid: "09012345678" } }, "subject.pid", "phone"],
    [{ data: { n: 9012345678 } }, "data.n", "phone"],
    [{ data: { x: ["tel 0952-24-3151"] } }, "data.x", "phone"],
    [{ data: { x: "hanako@example.jp" } }, "data.x", "email"],
    [{ data: { at: [130.300123, 33.249567] } }, "data.at", "position"],
    [{ data: { at: "33.249567,130.300123" } }, "data.at", "position"],
    [{ data: { c: "AB12345678CD" } }, "data.c", "card_number"],
    [{ data: { c: "4111 1111 1111 1111" } }, "data.c", "card_number"],
    [{ data: { 氏名: "x" } }, "data.氏名", "forbidden_key"],
    [{ data: { birth_date: "x" } }, "data.birth_date", "forbidden_key"],
    [{ data: { "taro@example.jp": 1 } }, "data.(other)", "forbidden_key"],
  ];

  for (const [value, field, kind] of cases) {
    assert.deepEqual(findPersonalData(value), { field, kind });
  }
});

Deno.test("findPersonalData() leaves ordinary events alone", () => {
  const ordinary = {
    eventId: "01JD3W8Q4XK0V7M2T5R9ZB6CYH",
    occurredAt: "2026-11-09T09:12:31+09:00",
    tenant: "412015",
    source: { miniApp: "412015-ma-08", appVersion: "2.4.0" },
    subject: { pid: "p_7f3c9a0b12de", consent: ["rcpt_01J"] },
    data: { shelterId: "E4120100001111", receptionMs: 4100, at: [1, 2] },
  };

  assert.equal(findPersonalData(ordinary), undefined);
});

Deno.test("findPersonalData() passes twelve digits only where a reason is recorded", () => {
  const value = { data: { eventRef: "123456789018", other: "ok" } };
  const elsewhere = { data: { eventRef: "ok", other: "123456789018" } };
  const reasons = { eventRef: "Event codes may end in a minute timestamp" };

  assert.equal(findPersonalData(value, { digitsAllowed: reasons }), undefined);
  assert.equal(
    findPersonalData(elsewhere, { digitsAllowed: reasons })?.kind,
    "my_number",
  );
});

Deno.test("findPersonalData() finds a My Number wherever it hides", () => {
  const digits = fc.stringMatching(/^\d{11}$/).map((eleven) =>
    [..."0123456789"].map((d) => eleven + d).find(isMyNumber) ?? ""
  );
  const place = fc.constantFrom<(n: string) => unknown>(
    (n) => ({ data: { a: n } }),
    (n) => ({ data: { a: [{ b: `x ${n}` }] } }),
    (n) => ({ source: { provider: n } }),
    (n) => ({ idempotencyKey: `k:${n}:in` }),
  );

  fc.assert(fc.property(digits, place, (number, put) => {
    const found = findPersonalData(put(number));

    assert.ok(found !== undefined);
    assert.ok(!JSON.stringify(found).includes(number));
  }));
});
