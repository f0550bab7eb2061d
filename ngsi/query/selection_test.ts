import assert from "node:assert/strict";
import fc from "fast-check";
import { iri, NAMES } from "./_sample.ts";
import { parsePattern } from "./pattern.ts";
import { parseProjection, projectionDepth } from "./projection.ts";
import { matchesScope, parseScopeQuery } from "./scope_query.ts";
import { matchesTypes, parseTypeSelection } from "./type_selection.ts";

function takesOrRefuses(parse: (text: string) => unknown, signs: string): void {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...signs)).map((all) => all.join("")),
  );
  fc.assert(fc.property(text, (sent) => {
    try {
      parse(sent);
    } catch (error) {
      assert.equal((error as { kind?: string }).kind, "BadRequestData");
    }
  }));
}

Deno.test("CIM 009 4.17: matchesTypes() knows or, and, and every type", () => {
  const selects = (text: string, ...types: string[]) =>
    matchesTypes(parseTypeSelection(text, NAMES), types.map(iri));

  assert.equal(selects("Building|House", "House"), true);
  assert.equal(selects("Building,House", "House", "X"), true);
  assert.equal(selects("(Home;Vehicle)", "Home"), false);
  assert.equal(selects("(Home;Vehicle)|Motorhome", "Vehicle", "Home"), true);
  assert.equal(selects("(Home;Vehicle),Motorhome", "Motorhome"), true);
  assert.equal(selects("*", "Anything"), true);
  for (const broken of ["", "A,", "(A;B", "A;;B", "((A;B))", "A B", "*,A"]) {
    assert.throws(() => selects(broken, "A"), { kind: "BadRequestData" });
  }
  takesOrRefuses((text) => parseTypeSelection(text, NAMES), "AB|,;()*");
});

Deno.test("CIM 009 4.19: matchesScope() knows levels, everything below, and, or", () => {
  const selects = (text: string, ...scopes: string[]) =>
    matchesScope(parseScopeQuery(text), { scopes });

  assert.equal(selects("/Madrid", "/Madrid"), true);
  assert.equal(selects("/Madrid", "Madrid"), true);
  assert.equal(selects("/Madrid", "/Madrid/Gardens"), false);
  assert.equal(selects("/Madrid/#", "/Madrid"), true);
  assert.equal(selects("/Madrid/#", "/Madrid/Gardens/North"), true);
  assert.equal(selects("/Madrid/#", "/Madrid2/Gardens"), false);
  assert.equal(selects("/Madrid/+/North", "/Madrid/Gardens/North"), true);
  assert.equal(selects("/Madrid/+", "/Madrid"), false);
  assert.equal(selects("/#"), false);
  assert.equal(selects("/#", "/A"), true);
  assert.equal(selects("(/A;/B)|/C", "/A"), false);
  assert.equal(selects("/A;/B", "/A", "/B"), true);
  assert.equal(selects("(/A;/B),/C", "/C"), true);
  for (const broken of ["", "/", "/A//B", "/#/A", "/1", "/A B", "(/A"]) {
    assert.throws(() => selects(broken, "/A"), { kind: "BadRequestData" });
  }
  takesOrRefuses(parseScopeQuery, "/ab+#,|;()");
});

Deno.test("CIM 009 4.21: parseProjection() reads lists, bars and linked entities", () => {
  const { members } = parseProjection("id,a|b{c,d{e}},createdAt", NAMES);

  assert.deepEqual([...members.keys()], [
    "id",
    iri("a"),
    iri("b"),
    "createdAt",
  ]);
  const inner = members.get(iri("b"))?.members;
  assert.deepEqual([...inner?.keys() ?? []], [iri("c"), iri("d")]);
  assert.equal(members.get(iri("a")), undefined);
  assert.equal(projectionDepth({ members }), 2);
  for (const broken of ["", "a,", ",a", "a,,b", "a{", "a{}", "a}b", "a,a"]) {
    assert.throws(() => parseProjection(broken, NAMES), {
      kind: "BadRequestData",
      message: /^Parameter 'pick'/,
    });
  }
  takesOrRefuses((text) => parseProjection(text, NAMES), "abc{},|.");
});

Deno.test("parsePattern() finds a prefix that every match has, and refuses what may not end", () => {
  const prefix = (source: string) => parsePattern(source, "q").prefix;

  assert.equal(prefix("^urn:x:.*"), "urn:x:");
  assert.equal(prefix("^ab*"), "a");
  assert.equal(prefix("^a\\.b"), "a.b");
  assert.equal(prefix("^a|b"), "");
  assert.equal(prefix("a"), "");
  assert.throws(() => prefix("(?<=a)b"), { kind: "BadRequestData" });
  assert.throws(() => prefix("(a)\\1"), { kind: "BadRequestData" });
  assert.throws(() => prefix("((a{1,99}){1,99}){1,99}"), {
    kind: "BadRequestData",
  });
  fc.assert(fc.property(fc.string(), fc.string(), (source, text) => {
    try {
      const pattern = parsePattern(source, "q");
      if (pattern.test(text)) {
        assert.equal(text.startsWith(pattern.prefix), true);
      }
    } catch (error) {
      assert.equal((error as { kind?: string }).kind, "BadRequestData");
    }
  }));
});
