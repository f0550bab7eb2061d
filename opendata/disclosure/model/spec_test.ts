import assert from "node:assert/strict";
import { dimensionsOf } from "./dimension.ts";
import { familyOf } from "./family.ts";
import { readFacts } from "./read_facts.ts";
import { readSpec } from "./spec.ts";

const SPEC = {
  data: "cells.csv",
  dimensions: [
    { dim: "region", tree: { Total: ["A", "B"], A: ["A1", "A2"] } },
    { dim: "sex", tree: { Total: ["m", "f"] } },
  ],
  measure: { count: "n" },
};
const DATA = "region,sex,n\nA1,m,3\nA1,f,4\nA2,m,5\nA2,f,0\nB,m,20\nB,f,30\n";

function family(change: object = {}) {
  const spec = readSpec(JSON.stringify({ ...SPEC, ...change }));
  return { spec, family: familyOf(spec, dimensionsOf(spec)) };
}

function values(change: object, data: string): number[] {
  const described = family(change);
  return readFacts(described.family, described.spec, data)
    .map((fact) => fact.value);
}

function refused(change: object, message: RegExp, data = DATA): void {
  assert.throws(() => values(change, data), message);
}

Deno.test("readSpec() refuses what it does not know by the path of the field", () => {
  assert.throws(() => readSpec("{"), /not JSON/);
  refused({ rules: { treshold: 5 } }, /rules: Unrecognized key: "treshold"/);
  refused({ rules: { threshold: 0 } }, /rules\.threshold/);
  refused({ weights: "cheap" }, /weights/);
  refused({ measure: { count: 5 } }, /measure\.count: Invalid input/);
  refused({ dimensions: [] }, /dimensions/);
  const terms = [{ cell: { region: "A1" }, factor: 1 }];
  refused({ relations: [{ terms }] }, /relations\.0: it says neither/);
  refused(
    { relations: [{ terms, low: 5, high: 2 }] },
    /relations\.0: its low is above its high/,
  );
  assert.doesNotThrow(() => values({}, DATA));
});

Deno.test("dimensionsOf() refuses trees that are none", () => {
  const region = (tree: unknown, more: object = {}) => ({
    dimensions: [{ dim: "region", tree, ...more }, SPEC.dimensions[1]],
  });
  refused(region({ Total: ["A"], A: ["Total"] }), /it has no root/);
  refused(
    region({ Total: ["A", "B"], A: ["B"] }),
    /'B' stands under two parents/,
  );
  refused(
    region([{ Total: ["A", "B"] }, { Total: ["A", "C"] }]),
    /'Total' has different parts in two trees/,
  );
  refused(region({ Total: ["A"] }, { relation: "monotone" }), /needs an order/);
  refused(
    { dimensions: [{ dim: "region" }, SPEC.dimensions[1]] },
    /either a tree or an order/,
  );
});

Deno.test("readFacts() makes the totals that are not given and checks those that are", () => {
  const described = family();

  const facts = readFacts(described.family, described.spec, DATA);

  const at = (...codes: string[]) => {
    const key = codes.map((code, d) =>
      described.family.dimensions[d]?.at.get(code)
    ).join(",");
    return facts[described.family.at.get(key) ?? -1]?.value;
  };
  assert.equal(at("A", "m"), 8);
  assert.equal(at("Total", "Total"), 62);
  refused({}, /does not agree with its parts along/, DATA + "A,m,9\n");
  refused({}, /row 7: the cell stands twice/, DATA + "A1,m,3\n");
  refused({}, /row 7: 'region' has a code that is in none/, DATA + "X,m,3\n");
  refused({}, /'n' is no number/, DATA + "A,m,many\n");
});

Deno.test("readFacts() counts records under every parent, and people once", () => {
  const records = "region,sex,id\nA1,m,p\nA2,m,p\nB,f,q\nB,f,q\n";
  const change = { input: "records", measure: {} };
  assert.equal(Math.max(...values(change, records)), 4);

  const cover = {
    input: "records",
    measure: { person: "id" },
    dimensions: [
      { ...SPEC.dimensions[0], relation: "cover" },
      SPEC.dimensions[1],
    ],
  };
  assert.equal(Math.max(...values(cover, records)), 2);
  refused(
    { ...cover, dimensions: SPEC.dimensions },
    /does not agree with its parts along 'region'/,
    records,
  );
  refused(change, /is not a leaf/, "region,sex,id\nA,m,p\n");
});

Deno.test("familyOf() links tables by the cells they share and refuses missing ones", () => {
  const both = family({ tables: [["region"], ["sex"]] });
  assert.equal(both.family.cells.length, 7);
  assert.equal(both.family.cells.some((one) => one.latent), false);
  refused({ tables: [["age"]] }, /tables\.0: there is no dimension 'age'/);
});

Deno.test("familyOf() adds the people behind tables that are linked in a circle", () => {
  const tree = (dim: string) => ({ dim, tree: { all: ["0", "1"] } });
  const change = {
    dimensions: [tree("a"), tree("b"), tree("c")],
    tables: [["a", "b"], ["b", "c"], ["a", "c"]],
  };
  const { family: linked } = family(change);

  assert.equal(linked.cells.filter((one) => one.latent).length, 8);
  const impossible = [
    "0,0,all,1",
    "1,1,all,1",
    "all,0,0,1",
    "all,1,1,1",
    "0,all,1,1",
    "1,all,0,1",
  ];
  refused(
    change,
    /no people can stand behind all the tables/,
    "a,b,c,n\n" + impossible.join("\n"),
  );
});
