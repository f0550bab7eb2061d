import assert from "node:assert/strict";
import fc from "fast-check";
import { EntitySet } from "./entity_set.ts";

const pk = fc.oneof(
  fc.nat(70),
  fc.nat(200_000),
  fc.constantFrom(65_535, 65_536, 131_071),
);
const pks = fc.uniqueArray(pk, { maxLength: 200 });

function setOf(all: readonly number[]): EntitySet {
  const set = new EntitySet();
  for (const one of all) set.add(one);
  return set;
}

function everything(set: EntitySet): number[] {
  return set.slice(Infinity);
}

Deno.test("an EntitySet holds what a Set holds, in order", () => {
  fc.assert(fc.property(pks, pks, (a, b) => {
    const inOrder = (all: Iterable<number>) => [...all].sort((x, y) => x - y);
    const one = new Set(a);
    const other = new Set(b);

    const union = setOf(a);
    union.union(setOf(b));
    const both = setOf(a);
    both.intersect(setOf(b));
    const left = setOf(a);
    left.subtract(setOf(b));
    const gone = setOf(a);
    for (const each of b) gone.delete(each);

    assert.deepEqual(everything(union), inOrder(one.union(other)));
    assert.deepEqual(everything(both), inOrder(one.intersection(other)));
    assert.deepEqual(everything(left), inOrder(one.difference(other)));
    assert.deepEqual(everything(gone), everything(left));
    assert.equal(left.size, one.difference(other).size);
    for (const each of b) assert.equal(left.has(each), false);
  }));
});

Deno.test("EntitySet.slice() gives a page and nothing outside of it", () => {
  fc.assert(
    fc.property(
      pks,
      fc.nat(20),
      fc.nat(20),
      fc.option(pk),
      (all, most, skip, after) => {
        const set = setOf(all);

        const page = set.slice(most, {
          skip,
          ...after === null ? {} : { after },
        });

        assert.deepEqual(
          page,
          all.toSorted((a, b) => a - b).filter((one) => one > (after ?? -1))
            .slice(skip, skip + most),
        );
      },
    ),
  );
});
