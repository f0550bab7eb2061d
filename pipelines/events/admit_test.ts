import assert from "node:assert/strict";
import fc from "fast-check";
import { anyEvent } from "./_event.ts";
import { admit, type Admittance } from "./admit.ts";
import { catalogue } from "./catalogue.ts";
import type { EventType } from "./event_type.ts";
import { findPersonalData } from "./guard.ts";
import type { EventLine } from "./line.ts";
import { pseudonymiser } from "./pseudonym.ts";

const discarded: string[] = [];
const at: Admittance = {
  municipality: "252018",
  keyId: "k1",
  eventTypes: ["shelter.*", "miniapp.*", "account.*"],
  pseudonymiser: pseudonymiser(1, "ab".repeat(32)),
  receivedAt: new Date("2026-11-09T00:12:33Z"),
  discarded: (type, key) => discarded.push(`${type} ${key}`),
};

const checkIn = {
  eventId: "01JD3W8Q4XK0V7M2T5R9ZB6CYH",
  type: "shelter.checked_in",
  version: 1,
  occurredAt: "2026-11-09T09:12:31+09:00",
  tenant: "252018",
  source: { miniApp: "252018-ma-01", appVersion: "2.4.0", os: "ios" },
  subject: { pid: "p_7f3c9a0b12de", tier: "jpki", consent: ["rcpt_01J"] },
  attributes: {
    districtCode: "252018-sd-25",
    ageBand: "40-44",
    sex: "2",
    resident: true,
  },
  mode: "drill",
  disasterEventId: null,
  data: {
    shelterId: "E2520100001111",
    method: "qr",
    receptionMs: 4100,
    companions: [{ ageBand: "0-4", sex: "1" }],
  },
  idempotencyKey: "252018-drill:p_7f3c9a0b12de:in",
};

Deno.test("admit() re-keys the person and keeps the event", () => {
  const admission = admit(checkIn, at);

  assert.equal(admission.kind, "accepted");
  assert.ok(admission.kind === "accepted");
  const line = lineOf(admission);
  assert.match(line.subject ?? "", /^1-[0-9a-f]{32}$/);
  assert.equal(line.occurredAt, "2026-11-09T00:12:31.000Z");
  assert.equal(line.district, "252018-sd-25");
  assert.deepEqual(line.data["companions"], [{ ageBand: "0-4", sex: "1" }]);
  assert.ok(!admission.text.includes("p_7f3c9a0b12de"));
});

Deno.test("admit() refuses personal data, other tenants and types of other keys", () => {
  const refusals: [object, string, string][] = [
    [{ ...checkIn, note: "090-1234-5678" }, "personal_data:phone", "note"],
    [{ ...checkIn, tenant: "412015" }, "tenant_mismatch", "tenant"],
    [{ ...checkIn, type: "store.report" }, "type_not_allowed", "type"],
  ];

  for (const [event, code, field] of refusals) {
    assert.deepEqual(admit(event, at), {
      kind: "refused",
      refusal: { code, field },
    });
  }
  assert.equal(admit("text", at).kind, "refused");
});

Deno.test("admit() quarantines a breach without the value that broke it", () => {
  const breaches: [object, string][] = [
    [{ ...checkIn, attributes: { sex: "山田太郎" } }, "attributes.sex"],
    [{ ...checkIn, data: { ...checkIn.data, method: "Taro" } }, "data.method"],
    [{ ...checkIn, type: "yamada.taro" }, "type"],
    [{ ...checkIn, eventId: "Taro" }, "eventId"],
    [{ ...checkIn, occurredAt: "2026-11-10T09:00:00+09:00" }, "occurredAt"],
    [{ ...checkIn, subject: null }, "subject"],
    [{ ...checkIn, data: { ...checkIn.data, remark: "Taro" } }, "data.remark"],
    [{
      ...checkIn,
      attributes: { districtCode: "412015-sd-01" },
    }, "attributes.districtCode"],
  ];

  for (const [event, field] of breaches) {
    const admission = admit(event, at);
    assert.equal(admission.kind, "quarantined", field);
    assert.ok(admission.kind === "quarantined");
    assert.equal(admission.fault.field, field);
    assert.doesNotMatch(admission.text, /taro|山田|p_7f3c/i);
  }
});

Deno.test("admit() drops keys that a lenient contract does not know and counts their names", () => {
  discarded.length = 0;
  const opened = {
    ...checkIn,
    type: "miniapp.opened",
    data: { mood: "happy" },
    extra: 1,
  };

  const admission = admit(opened, at);

  assert.ok(admission.kind === "accepted");
  assert.deepEqual(lineOf(admission).data, {});
  assert.deepEqual(discarded.sort(), [
    "miniapp.opened data.mood",
    "miniapp.opened extra",
  ]);
});

Deno.test("admit() keeps no attributes of a registrant who only has an e-mail", () => {
  const admission = admit({
    ...checkIn,
    type: "miniapp.opened",
    data: {},
    subject: { ...checkIn.subject, tier: "email" },
  }, at);

  assert.ok(admission.kind === "accepted");
  assert.equal(lineOf(admission).tier, "email");
  assert.equal(lineOf(admission).district, undefined);
  assert.equal(lineOf(admission).ageBand, undefined);
});

Deno.test("admit() says of an event the same whether it was read quickly or by its schema", () => {
  const open = { ...at, eventTypes: ["*"] };
  let accepted = 0;

  fc.assert(
    fc.property(anyEvent, (event) => {
      const admission = admit(event, open);
      if (admission.kind === "refused") return;
      assert.equal(findPersonalData(event, contractOf(event)), undefined);
      assert.ok(admission.text.indexOf("\n") === admission.text.length - 1);
      if (admission.kind === "quarantined") return;
      accepted += 1;
      // An unknown key is never read quickly; a lenient contract drops it.
      const slow = admit({ ...event as object, zz: 1 }, open);
      if (catalogue.get(lineOf(admission).type)?.contract === "freeze") {
        assert.equal(slow.kind, "quarantined");
      } else {
        assert.ok(slow.kind === "accepted");
        assert.deepEqual(lineOf(slow), lineOf(admission));
      }
    }),
    { numRuns: 1_000 },
  );
  assert.ok(accepted > 50);
});

function contractOf(event: unknown): EventType | undefined {
  const { type } = event as { type: string };
  return catalogue.get(type);
}

function lineOf({ text }: { text: string }): EventLine {
  return JSON.parse(text);
}
