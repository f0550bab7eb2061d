import assert from "node:assert/strict";
import { CORE, PATH, problemOf, withCity } from "./_broker_city.ts";

const ID = "urn:ngsi-ld:Thing:1";
const BATCH = "/ngsi-ld/v1/entityOperations";

Deno.test("CIM 009 4.6.1 and 4.6.4: text of any script and with any sign comes back as it was sent", () =>
  withCity(async ({ ask }) => {
    const texts = [
      `<script>alert('1');</script>`,
      `"=;()'<>`,
      "避難所 😀 ﷽",
      "tab\tnew\nline",
    ];
    await ask(PATH, {
      as: "writer",
      body: { id: ID, type: "Thing", texts, one: texts[0] },
    });

    const response = await ask(`${PATH}/${ID}?format=simplified`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);

    assert.equal(response.headers.get("X-Content-Type-Options"), "nosniff");
    assert.deepEqual(JSON.parse(text).texts, texts);
    assert.equal(JSON.parse(text).one, texts[0]);
  }));

Deno.test("CIM 009 4.6.2: names have letters, digits and underscores of any script, and nothing else", () =>
  withCity(async ({ ask }) => {
    const put = async (name: string) => {
      const response = await ask(`${BATCH}/upsert`, {
        as: "writer",
        body: [{ id: ID, type: "Thing", [name]: 1 }],
      });
      return response.status;
    };
    const good = ["a", "空き", "a_1", "ngsi-ld:x", "urn:x:a"];
    const faulty = ["a b", "1a", "_a", "a-b", "a<b", "", "a.b"];

    for (const name of good) assert.ok(await put(name) < 207, name);
    for (const name of faulty) assert.equal(await put(name), 207, name);
    const response = await ask(`${PATH}/${ID}?format=simplified`);
    assert.deepEqual(Object.keys(await response.json()).length, 3);
  }));

Deno.test("CIM 009 4.6.3 and 4.6.5: values are JSON without null, instants and language maps what they say", () =>
  withCity(async ({ ask }) => {
    const good = [1.5, "x", false, [1, ["a"]], { a: { b: 1 } }, {
      "@type": "DateTime",
      "@value": "2026-11-01T00:00:00Z",
    }];
    const faulty = [
      { value: null },
      { value: { a: null } },
      { value: 1, observedAt: "2026-11-01" },
      { value: 1, observedAt: "2026-02-30T00:00:00Z" },
      { languageMap: { ja: 1 } },
      { languageMap: { "no language": "x" } },
      { languageMap: {} },
    ];
    await ask(PATH, { as: "writer", body: { id: ID, type: "Thing", good } });

    for (const about of faulty) {
      const answer = await ask(`${PATH}/${ID}/attrs`, {
        as: "writer",
        body: { about },
      });
      assert.deepEqual(await problemOf(answer), [400, "BadRequestData"]);
    }

    const kept = await (await ask(`${PATH}/${ID}?format=simplified`)).json();
    assert.deepEqual(kept, { id: ID, type: "Thing", good });
  }));

Deno.test("CIM 009 4.7.1 and 4.7.2: every geometry is taken, as an object or its text, and no faulty one", () =>
  withCity(async ({ ask }) => {
    const ring = [[130, 33], [131, 33], [131, 34], [130, 33]];
    const all = [
      { type: "Point", coordinates: [130, 33] },
      { type: "MultiPoint", coordinates: ring },
      { type: "LineString", coordinates: ring },
      { type: "MultiLineString", coordinates: [ring] },
      { type: "Polygon", coordinates: [ring] },
      { type: "MultiPolygon", coordinates: [[ring]] },
    ];
    const put = async (value: unknown) => {
      const { status } = await ask(`${BATCH}/upsert`, {
        as: "writer",
        body: [{
          id: ID,
          type: "Thing",
          location: { type: "GeoProperty", value },
        }],
      });
      const kept = await (await ask(`${PATH}/${ID}`)).json();
      return [status < 207, kept.location?.value];
    };

    for (const one of all) {
      assert.deepEqual(await put(one), [true, one]);
      assert.deepEqual(await put(JSON.stringify(one)), [true, one]);
    }
    const last = all.at(-1);
    const faulty = [
      { type: "GeometryCollection", geometries: all },
      { type: "Point", coordinates: [181, 33] },
      { type: "Polygon", coordinates: [ring.slice(0, 3)] },
      "somewhere",
    ];
    for (const one of faulty) assert.deepEqual(await put(one), [false, last]);
  }));

Deno.test("CIM 009 4.16: an entity may have several types, gains more and is found by each", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, {
      as: "writer",
      body: { id: ID, type: ["Home", "Vehicle"] },
    });

    await ask(`${PATH}/${ID}/attrs`, {
      as: "writer",
      body: { type: "Museum", opened: 1990 },
    });

    const found = async (type: string) =>
      (await (await ask(`${PATH}?type=${encodeURIComponent(type)}`)).json())
        .length;
    assert.deepEqual(await (await ask(`${PATH}/${ID}?pick=type`)).json(), {
      type: ["Home", "Vehicle", "Museum"],
    });
    assert.equal(await found("Museum"), 1);
    assert.equal(await found("Home;Vehicle"), 1);
    assert.equal(await found("Home;Ship"), 0);
  }));

Deno.test("CIM 009 6.5 to 6.7: entities and attributes are replaced, merged, updated and deleted by their paths", () =>
  withCity(async ({ ask }) => {
    const one = `${PATH}/${ID}`;
    const statuses: number[] = [];
    const send = async (method: string, path: string, body?: unknown) => {
      const answer = await ask(path, { as: "writer", method, body });
      statuses.push(answer.status);
    };
    await ask(PATH, { as: "writer", body: { id: ID, type: "Thing", old: 1 } });

    await send("PUT", one, { type: "Thing", a: { value: { x: 1 } }, b: 2 });
    await send("PATCH", one, { a: { value: { y: 2 } } });
    await send("PATCH", `${one}/attrs`, { b: { value: 3 }, c: 4 });
    await send("PATCH", `${one}/attrs/b`, { unitCode: "C62" });
    await send("PUT", `${one}/attrs/c`, { object: "urn:x:1" });
    await send("POST", `${one}/attrs?options=noOverwrite`, { b: 9, d: 5 });
    await send("DELETE", `${one}/attrs/d`);
    await send("DELETE", `${one}/attrs/d`);
    const kept = await (await ask(one)).json();
    await send("DELETE", one);
    await send("DELETE", one);

    assert.deepEqual(
      statuses,
      [204, 204, 204, 204, 204, 207, 204, 404, 204, 404],
    );
    assert.deepEqual(kept, {
      id: ID,
      type: "Thing",
      a: { type: "Property", value: { x: 1, y: 2 } },
      b: { type: "Property", value: 3, unitCode: "C62" },
      c: { type: "Relationship", object: "urn:x:1" },
    });
  }));

Deno.test("CIM 009 6.3.14: an answer names the tenant that was asked, right or wrong, and no other", () =>
  withCity(async ({ ask }) => {
    const path = `${PATH}?type=Thing`;

    const right = await ask(path);
    const wrong = await ask(path, { headers: { "NGSILD-Tenant": "nowhere" } });

    assert.equal(right.headers.get("NGSILD-Tenant"), "saga_412015");
    assert.equal(wrong.headers.get("NGSILD-Tenant"), "nowhere");
    assert.deepEqual(await problemOf(wrong), [404, "NonexistentTenant"]);
  }));

Deno.test("CIM 009 5.15.1 and 6.33: a source says who it is and how long it has been there, and no secret", () =>
  withCity(async ({ ask }) => {
    const answer = await ask("/ngsi-ld/v1/info/sourceIdentity");

    const { contextSourceTimeAt, ...identity } = await answer.json();
    assert.equal(answer.status, 200);
    assert.deepEqual(identity, {
      id: "urn:hiraku:source:city.example.412015",
      type: "ContextSourceIdentity",
      contextSourceAlias: "city.example.412015",
      contextSourceUptime: "PT0S",
    });
    assert.equal(contextSourceTimeAt, "2026-11-01T00:00:00.000Z");
  }));

Deno.test("CIM 009 6.3.5: a context comes by Link or in the body, never both, never twice", () =>
  withCity(async ({ ask }) => {
    const link = `<${CORE}>; rel="http://www.w3.org/ns/json-ld#context"`;
    const body = { "@context": CORE, id: ID, type: "Thing" };
    const send = (type: string, sent: object, more: object = {}) =>
      ask(PATH, {
        as: "writer",
        body: sent,
        headers: { "Content-Type": type, ...more },
      });
    const faulty = [
      await send("application/ld+json", body, { Link: link }),
      await send("application/json", body),
      await send("application/ld+json", { id: ID, type: "Thing" }),
      await send("application/json", { id: ID, type: "Thing" }, {
        Link: `${link}, ${link}`,
      }),
    ];

    for (const answer of faulty) {
      assert.deepEqual(await problemOf(answer), [400, "BadRequestData"]);
    }
    assert.equal((await ask(`${PATH}/${ID}`)).status, 404);
    assert.equal((await send("application/ld+json", body)).status, 201);
    const shown = await ask(`${PATH}/${ID}`, {
      headers: { Accept: "application/ld+json", Link: link },
    });
    assert.deepEqual(await shown.json(), body);
  }));

Deno.test("CIM 009 5.5.10: nothing of one tenant is seen, changed or counted by another", () =>
  withCity(async ({ ask }) => {
    const otsu = { "NGSILD-Tenant": "otsu_252018" };
    const path = `${PATH}/${ID}`;
    await ask(PATH, { as: "writer", body: { id: ID, type: "Thing", a: 1 } });

    const seen = [];
    for (
      const one of [
        path,
        "/ngsi-ld/v1/types/Thing",
        "/ngsi-ld/v1/attributes/a",
        `/ngsi-ld/v1/temporal/entities/${ID}`,
      ]
    ) {
      const other = await ask(one, { headers: otsu });
      seen.push([(await ask(one)).status, other.status]);
      assert.equal(other.headers.get("NGSILD-Tenant"), "otsu_252018");
    }
    const types = await ask("/ngsi-ld/v1/types", { headers: otsu });
    const deleted = await ask(path, {
      as: "otsuWriter",
      method: "DELETE",
      headers: otsu,
    });
    const untold = await ask(`${PATH}?type=Thing`, {
      headers: { "NGSILD-Tenant": "default" },
    });

    assert.deepEqual(seen, seen.map(() => [200, 404]));
    assert.deepEqual((await types.json()).typeList, []);
    assert.equal(deleted.status, 404);
    assert.deepEqual(await untold.json(), []);
    assert.equal((await ask(path)).status, 200);
  }));
