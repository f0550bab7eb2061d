import { Problem } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { PATH, problemOf, SHELTER, shelter, withCity } from "./_broker_city.ts";
import { isKeepable, parseJson } from "./input.ts";

Deno.test("parseJson() refuses characters that no store keeps, as names or values, and quotes none", () => {
  const faulty = ['["\\u0000"]', '{"\\ud800":1}', '[[{"a":"\\udc00x"}]]'];
  const good = ['["\\u65e5"]', '"\\ud83d\\ude00"', '["\\\\u0000"]', "{}"];

  for (const text of faulty) {
    assert.throws(() => parseJson(text), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.kind, "BadRequestData");
      return !error.message.includes("\\");
    });
  }
  for (const text of good) assert.deepEqual(parseJson(text), JSON.parse(text));
  assert.throws(() => parseJson("[".repeat(10)), /not valid JSON/);
  assert.equal(isKeepable("日本語 😀"), true);
});

Deno.test("what no store keeps as it is comes in by no door", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: shelter });
    const attrs = `${PATH}/${SHELTER}/attrs`;
    const faulty = [
      [`{"a":1e400}`, attrs, "POST"],
      [`{"a":{"value":{"b":[1,-1e999]}}}`, attrs, "POST"],
      [`{"a":{"json":{"b":1e400}}}`, attrs, "POST"],
      [`{"a":"\\u0000"}`, attrs, "POST"],
      [
        `{"name":{"dataset":{"no iri":1}}}`,
        `${PATH}/${SHELTER}?options=keyValues`,
        "PATCH",
      ],
      [undefined, `${PATH}?type=urn:x:a%00b`, "GET"],
      [undefined, `${PATH}?type=EvacuationShelter&q=name=="%00"`, "GET"],
    ] as const;

    const answers = [];
    for (const [body, path, method] of faulty) {
      const sent = body === undefined ? {} : { body };
      answers.push(
        await problemOf(
          await ask(path, {
            as: "writer",
            method,
            ...sent,
          }),
        ),
      );
    }

    assert.deepEqual(answers, faulty.map(() => [400, "BadRequestData"]));
    const kept = await (await ask(`${PATH}/${SHELTER}`)).json();
    assert.equal("a" in kept, false);
    assert.equal(kept.name.value, "本庄小学校");
  }));
