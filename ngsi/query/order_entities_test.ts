import assert from "node:assert/strict";
import fc from "fast-check";
import { entityOf, NAMES, property } from "./_sample.ts";
import { ordered } from "./order_entities.ts";
import { readOrdering } from "./ordering.ts";

function order(
  values: readonly unknown[],
  orderBy: string,
  collation?: string,
) {
  const entities = values.map((value, n) =>
    entityOf(value === undefined ? {} : { a: property(value) }, {
      id: `urn:x:${n}`,
    })
  );
  const ordering = readOrdering({
    orderBy,
    ...collation === undefined ? {} : { collation },
  }, NAMES);
  return ordered(entities, ordering)
    .map(({ id }) => values[Number(id.split(":").at(-1))]);
}

Deno.test("CIM 009 4.23.2: data types have an order, and what is absent comes last either way", () => {
  const inOrder = [
    5,
    "a",
    { b: 1 },
    [1],
    false,
    "10:00:00Z",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    { "@type": "@json", "@value": null },
    undefined,
  ];

  assert.deepEqual(order(inOrder.toReversed(), "a"), inOrder);
  assert.deepEqual(order(inOrder, "a;desc"), inOrder);
  assert.deepEqual(order([1, 3, undefined, 2], "a;desc"), [3, 2, 1, undefined]);
});

Deno.test("CIM 009 4.23.3: texts follow the root collation, or the one asked for", () => {
  const texts = ["b", "á", "A", "Z"];

  assert.deepEqual(order(texts, "a"), ["A", "á", "b", "Z"]);
  assert.deepEqual(order(["Zebra", "Ähre"], "a", "de-u-co-phonebk"), [
    "Ähre",
    "Zebra",
  ]);
  assert.deepEqual(order(["武雄", "あおぞら", "佐賀", "ア"], "a", "ja"), [
    "ア",
    "あおぞら",
    "佐賀",
    "武雄",
  ]);
  assert.deepEqual(order(["b", "A", "a"], "a", "und-u-ks-level2"), [
    "A",
    "a",
    "b",
  ]);
  assert.notDeepEqual(order(texts, "a"), texts.toSorted());
});

Deno.test("CIM 009 4.23.3: members of values, attributes of attributes and entity members order too", () => {
  const inner = (n: number) => ({ b: [property(n)] });
  const entities = [3, 1, 2].map((n) =>
    entityOf({
      a: property({ city: `c${n}` }, {
        [NAMES.expand("b")]: inner(-n).b,
      }),
    }, { id: `urn:x:${n}`, createdAt: `202${n}-01-01T00:00:00Z` })
  );
  const ids = (orderBy: string) =>
    ordered(entities, readOrdering({ orderBy }, NAMES))
      .map(({ id }) => id.slice(-1)).join("");

  assert.equal(ids("a[city]"), "123");
  assert.equal(ids("a.b"), "321");
  assert.equal(ids("id;desc"), "321");
  assert.equal(ids("type,createdAt"), "123");
  assert.equal(ids("nothing"), "312");
});

Deno.test("CIM 009 4.23.3: readOrdering() takes any text or refuses it, and distance needs a place", () => {
  const piece = fc.constantFrom(
    ..."a ;asc ;dist-desc , [b] .c {d} id x:y".split(" "),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(fc.property(text, (orderBy) => {
    try {
      readOrdering({ orderBy }, NAMES);
    } catch (error) {
      assert.equal((error as { kind?: string }).kind, "BadRequestData");
    }
  }));
  const refused = [
    { orderBy: "a;dist-asc" },
    { orderBy: "a;dist-asc", orderFrom: "[1" },
    { orderBy: "a;dist-asc", orderFrom: [1, 2], orderGeometry: "Blob" },
    { orderBy: "a;sideways" },
    { orderBy: "a{b}" },
    { orderBy: "a", collation: "not a tag" },
    { orderBy: [] },
  ];
  for (const parts of refused) {
    assert.throws(() => readOrdering(parts, NAMES), { kind: "BadRequestData" });
  }
});
