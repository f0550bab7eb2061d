import assert from "node:assert/strict";
import fc from "fast-check";
import { rotateKeys } from "./key_file.ts";
import { keyring, openPseudonymiser } from "./pseudonym.ts";
import { sharedSuppression, suppressionOf } from "./suppression.ts";

const first = { epoch: 1, key: "ab".repeat(32) };
const second = { epoch: 2, key: "cd".repeat(32) };
const third = { epoch: 3, key: "ef".repeat(32) };

Deno.test("lift() brings a pseudonym of any epoch to what the newest says of the person", () => {
  const old = keyring([first]);
  const middle = keyring([first, second]);
  const now = keyring([third, first, second]);

  fc.assert(fc.property(fc.string({ minLength: 8 }), (pid) => {
    assert.equal(now.lift(old.subject(pid)), now.subject(pid));
    assert.equal(now.lift(middle.subject(pid)), now.subject(pid));
    assert.equal(now.lift(now.subject(pid)), now.subject(pid));
    assert.equal(
      now.liftIdempotency(old.idempotency(pid)),
      now.idempotency(pid),
    );
    assert.equal(
      now.liftIdempotency(middle.idempotency(pid)),
      now.idempotency(pid),
    );
    assert.notEqual(now.subject(pid).slice(2), old.subject(pid).slice(2));
  }));
  assert.match(now.subject("p_7f3c9a0b"), /^3-[0-9a-f]{32}$/);
});

Deno.test("pairwise() gives two recipients pseudonyms that cannot be joined", () => {
  const keys = keyring([first]);
  const people = Array.from({ length: 200 }, (_, n) => keys.subject(`p_${n}_`));
  const bus = people.map((one) => keys.pairwise("bus", one));
  const shop = new Set(people.map((one) => keys.pairwise("shop", one)));

  assert.equal(new Set(bus).size, 200);
  assert.deepEqual(bus, people.map((one) => keys.pairwise("bus", one)));
  assert.ok(bus.every((one) => !shop.has(one) && !people.includes(one)));
});

Deno.test("rotateKeys() adds an epoch that an open pseudonymiser follows, in a file nobody else reads", async () => {
  const path = `${await Deno.makeTempDir()}/pseudonym.key`;
  const open = openPseudonymiser(path);
  const before = open.subject("p_7f3c9a0b");

  const epoch = rotateKeys(path);
  open.refresh();

  assert.equal(epoch, 2);
  assert.match(open.subject("p_7f3c9a0b"), /^2-/);
  assert.equal(open.lift(before), open.subject("p_7f3c9a0b"));
  assert.equal(
    openPseudonymiser(path).subject("p_7f3c9a0b"),
    open.lift(before),
  );
  assert.equal(((await Deno.stat(path)).mode ?? 0o77) & 0o77, 0);
});

Deno.test("suppressionOf() knows its subjects in every thread, and no other", () => {
  const keys = keyring([first]);
  const subject = (n: number) => keys.subject(`person_${n}`);
  const listed = Array.from({ length: 500 }, (_, n) => subject(n));
  const opened = sharedSuppression(suppressionOf(listed).shared);

  assert.equal(opened.size, 500);
  assert.ok(listed.every((one) => opened.has(one)));
  for (let n = 500; n < 1_000; n++) assert.equal(opened.has(subject(n)), false);
  assert.equal(suppressionOf([]).has(subject(1)), false);
});
