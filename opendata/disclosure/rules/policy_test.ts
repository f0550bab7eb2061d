import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { readSpec } from "../model/spec.ts";
import { readPolicy, requirePolicy, waiverText } from "./policy.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const policy = readPolicy(JSON.stringify({
  threshold: 10,
  officers: {
    "Data officer": publicKey.export({ type: "spki", format: "pem" }),
  },
}));

function spec(rules: object, waivers: readonly object[] = []) {
  return readSpec(JSON.stringify({
    data: "x",
    dimensions: [{ dim: "a", tree: { all: ["b"] } }],
    measure: { count: "n" },
    rules,
    waivers,
  }));
}

function waiver(change: object = {}) {
  const own = {
    rule: "threshold" as const,
    reason: "Facilities, not people, are counted here",
    until: "2027-03-31",
    signedBy: "Data officer",
    ...change,
  };
  const text = new TextEncoder().encode(waiverText(own));
  return { ...own, signature: sign(null, text, privateKey).toString("base64") };
}

Deno.test("requirePolicy() lets a weaker rule pass with a signed waiver only while it holds", () => {
  const weak = { threshold: 5 };
  const refused = (waivers: readonly object[], today = "2026-11-28") =>
    assert.throws(
      () => requirePolicy(spec(weak, waivers), policy, today),
      /rules\.threshold: weaker than the city's policy/,
    );

  requirePolicy(spec({}), policy, "2026-11-28");
  requirePolicy(spec(weak, [waiver()]), policy, "2027-03-31");
  refused([]);
  refused([waiver()], "2027-04-01");
  refused([waiver({ rule: "flag" })]);
  refused([waiver({ signedBy: "Somebody" })]);
  refused([{ ...waiver(), until: "2028-03-31" }]);
  refused([{ ...waiver(), signature: "AAAA" }]);
});

Deno.test("readPolicy() refuses what it does not know", () => {
  assert.throws(() => readPolicy("{}"), /policy\.threshold/);
  assert.throws(() => readPolicy("no"), /policy: it is not JSON/);
  assert.equal(policy.bothSides, true);
});
