import assert from "node:assert/strict";
import { PATH, withCity } from "./_broker_city.ts";

const ID = "urn:ngsi-ld:Thing:1";
const point = { type: "Point", coordinates: [130.29, 33.24] };

/** An attribute of each kind: clause, normalized, concise and simplified. */
const KINDS: readonly (readonly [string, Record<string, unknown>, unknown])[] =
  [
    ["4.5.2", { type: "Property", value: { a: [1, "x", true] } }, {
      a: [1, "x", true],
    }],
    ["4.5.3", { type: "Relationship", object: "urn:x:1" }, "urn:x:1"],
    ["4.7.3", { type: "GeoProperty", value: point }, point],
    [
      "4.5.18",
      {
        type: "LanguageProperty",
        languageMap: { ja: "駅", en: ["station", "stop"] },
      },
      { languageMap: { ja: "駅", en: ["station", "stop"] } },
    ],
    ["4.5.20", { type: "VocabProperty", vocab: ["open", "closed"] }, {
      vocab: ["open", "closed"],
    }],
    ["4.5.21", { type: "ListProperty", valueList: [1, "two", 3] }, [
      1,
      "two",
      3,
    ]],
    [
      "4.5.22",
      {
        type: "ListRelationship",
        objectList: [{ object: "urn:x:2" }, { object: "urn:x:1" }],
      },
      ["urn:x:2", "urn:x:1"],
    ],
    ["4.5.24", { type: "JsonProperty", json: { a: null, b: [{}] } }, {
      json: { a: null, b: [{}] },
    }],
  ];

for (const [clause, normalized, simplified] of KINDS) {
  const kind = String(normalized.type);
  Deno.test(`CIM 009 ${clause}: a ${kind} is taken and shown normalized, concise and simplified`, () =>
    withCity(async ({ ask }) => {
      const members = {
        observedAt: "2026-11-01T00:00:00Z",
        datasetId: "urn:x:dataset",
        accuracy: { type: "Property", value: 1, unitCode: "C62" },
      };
      const { type: _, ...bare } = normalized;
      const concise = {
        ...bare,
        ...members,
        accuracy: { value: 1, unitCode: "C62" },
      };
      const shown = async (more: string) => {
        const response = await ask(`${PATH}/${ID}${more}`);
        return (await response.json()).about;
      };
      const put = (about: unknown) =>
        ask(`${PATH}/${ID}`, {
          as: "writer",
          method: "PUT",
          body: { type: "Thing", about },
        });
      await ask(PATH, { as: "writer", body: { id: ID, type: "Thing" } });

      await put({ ...normalized, ...members });
      const first = await shown("");
      const firstConcise = await shown("?format=concise");
      await put(concise);
      const second = await shown("");
      await put(normalized);
      const plain = await shown("?options=keyValues");
      const faulty = await put({ ...normalized, type: "Thing" });

      assert.deepEqual(first, { ...normalized, ...members });
      assert.deepEqual(firstConcise, concise);
      assert.deepEqual(second, first);
      assert.deepEqual(plain, simplified);
      assert.equal(faulty.status, 400);
    }));
}

Deno.test("CIM 009 4.5.5.1: instances of an attribute have datasetIds of their own, and can be asked for by them", () =>
  withCity(async ({ ask }) => {
    const level = [
      { type: "Property", value: 1 },
      { type: "Property", value: 2, datasetId: "urn:x:a" },
    ];
    await ask(PATH, { as: "writer", body: { id: ID, type: "Thing", level } });
    const shown = async (more: string) =>
      (await (await ask(`${PATH}/${ID}${more}`)).json()).level;

    const twice = await ask(`${PATH}/${ID}/attrs`, {
      as: "writer",
      body: { level: [level[1], level[1]] },
    });

    assert.deepEqual(await shown(""), level);
    assert.deepEqual(await shown("?datasetId=urn:x:a"), level[1]);
    assert.deepEqual(await shown("?datasetId=@none"), level[0]);
    assert.deepEqual(await shown("?options=keyValues"), {
      dataset: { "@none": 1, "urn:x:a": 2 },
    });
    assert.equal(twice.status, 400);
  }));

Deno.test("CIM 009 4.15: lang chooses one language of a map by RFC 4647, and changes nothing else", () =>
  withCity(async ({ ask }) => {
    const name = {
      type: "LanguageProperty",
      languageMap: { ja: "駅", en: "station", "en-GB": "stop" },
    };
    await ask(PATH, {
      as: "writer",
      body: { id: ID, type: "Thing", name, free: 1 },
    });
    const shown = async (lang: string) => {
      const response = await ask(
        `${PATH}/${ID}?lang=${encodeURIComponent(lang)}`,
      );
      return await response.json();
    };

    const { name: japanese, free } = await shown("ja");
    assert.deepEqual(japanese, { type: "Property", value: "駅", lang: "ja" });
    assert.deepEqual(free, { type: "Property", value: 1 });
    assert.equal((await shown("de,en-GB;q=0.5,ja;q=0.1")).name.value, "stop");
    assert.equal((await shown("en-US")).name.value, "station");
    assert.equal((await shown("b@d")).title, "BadRequestData");
  }));

Deno.test("CIM 009 4.8 and 6.3.11: createdAt and modifiedAt are shown when asked for, observedAt always", () =>
  withCity(async ({ ask }) => {
    const observedAt = "2026-10-31T00:00:00Z";
    const level = { type: "Property", value: 1, observedAt };
    await ask(PATH, { as: "writer", body: { id: ID, type: "Thing", level } });

    const plain = await (await ask(`${PATH}/${ID}`)).json();
    const all = await (await ask(`${PATH}/${ID}?options=sysAttrs`)).json();

    const times = {
      createdAt: "2026-11-01T00:00:00.000Z",
      modifiedAt: "2026-11-01T00:00:00.000Z",
    };
    assert.deepEqual(plain, { id: ID, type: "Thing", level });
    assert.deepEqual(all, {
      ...plain,
      ...times,
      level: { ...level, ...times },
    });
  }));
