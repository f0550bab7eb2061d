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

Deno.test("requirePolicy() asks of magnitudes that nobody holds most of them", () => {
  const magnitude = (rules: object, waivers: readonly object[] = []) => ({
    ...spec(rules, waivers),
    measure: { magnitude: "yen", decimals: 0 },
  });
  const strict = { dominance: [{ n: 1, k: 70 }, { n: 2, k: 85 }], p: 10 };
  const judge = (given: ReturnType<typeof magnitude>) => () =>
    requirePolicy(given, policy, "2026-11-28");

  judge(magnitude(strict))();
  assert.throws(
    judge(magnitude({ ...strict, dominance: [{ n: 1, k: 80 }] })),
    /rules\.dominance: weaker/,
  );
  assert.throws(judge(magnitude({ ...strict, p: 9 })), /rules\.p: weaker/);
  judge(magnitude({ ...strict, p: 9 }, [waiver({ rule: "p" })]))();
  // Of counts neither is asked.
  requirePolicy(spec({}), policy, "2026-11-28");
});

Deno.test("readPolicy() refuses what it does not know", () => {
  assert.throws(() => readPolicy("{}"), /policy\.threshold/);
  assert.throws(() => readPolicy("no"), /policy: it is not JSON/);
  assert.equal(policy.bothSides, true);
});
