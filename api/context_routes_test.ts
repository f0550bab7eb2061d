import assert from "node:assert/strict";
import {
  CORE,
  ORIGIN,
  PATH,
  problemOf,
  SHELTER,
  shelter,
  withCity,
} from "./_broker_city.ts";

const CONTEXTS = "/ngsi-ld/v1/jsonldContexts";
const document = { "@context": { Hinanjo: "urn:hiraku:ns:EvacuationShelter" } };
const link = (url: string) => ({
  Link:
    `<${url}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
});

Deno.test("CIM 009 6.29 and 6.30: a context is added, used, listed, served and deleted", () =>
  withCity(async ({ ask }) => {
    const added = await ask(CONTEXTS, { as: "writer", body: document });
    const path = added.headers.get("Location") ?? "";
    const url = ORIGIN + path;
    await ask(PATH, { as: "writer", body: shelter });
    const used = await ask(`${PATH}/${SHELTER}?pick=type`, {
      headers: link(url),
    });
    const listed = await (await ask(CONTEXTS)).json();
    const details = await (await ask(`${path}?details=true`)).json();
    const served = await ask(path);

    assert.equal(added.status, 201);
    assert.deepEqual(await used.json(), { type: "Hinanjo" });
    assert.equal(used.headers.get("Link")?.startsWith(`<${url}>`), true);
    assert.deepEqual(listed, [url]);
    assert.equal(details.kind, "Hosted");
    assert.equal(details.URL, url);
    assert.deepEqual(await served.json(), document);
    const deleted = await ask(path, { as: "writer", method: "DELETE" });
    assert.equal(deleted.status, 204);
    assert.deepEqual(await problemOf(await ask(path)), [
      404,
      "ResourceNotFound",
    ]);
  }));

Deno.test("CIM 009 5.5.10: another tenant's context is as if it were not there", () =>
  withCity(async ({ ask }) => {
    const added = await ask(CONTEXTS, { as: "writer", body: document });
    const path = added.headers.get("Location") ?? "";
    const otsu = { "NGSILD-Tenant": "otsu_252018" };
    const deleted = await ask(path, {
      as: "otsuWriter",
      method: "DELETE",
      headers: otsu,
    });

    assert.equal((await ask(path, { headers: otsu })).status, 404);
    assert.deepEqual(await (await ask(CONTEXTS, { headers: otsu })).json(), []);
    assert.equal(deleted.status, 404);
    assert.equal((await ask(path)).status, 200);
  }));

Deno.test("CIM 009 5.13.1: an inline context that a Link header has to name is served to everyone", () =>
  withCity(async ({ ask }) => {
    const created = await ask("/ngsi-ld/v1/entityOperations/query", {
      body: {
        "@context": [document["@context"], CORE],
        type: "Query",
        entities: [{ type: "Hinanjo" }],
      },
      headers: { "Content-Type": "application/ld+json" },
    });
    const url = /<([^>]+)>/.exec(created.headers.get("Link") ?? "")?.[1] ?? "";
    const served = await ask(url.slice(ORIGIN.length));

    assert.equal(created.status, 200);
    assert.ok(url.startsWith(`${ORIGIN}${CONTEXTS}/`));
    assert.deepEqual(await served.json(), {
      "@context": [document["@context"], CORE],
    });
    const [stored, ...others] = await (await ask(`${CONTEXTS}?details=true`))
      .json();
    assert.equal(stored.kind, "ImplicitlyCreated");
    assert.deepEqual(others, []);
  }));

Deno.test("contexts are refused by what is wrong with them, and without a key", () =>
  withCity(async ({ ask }) => {
    const add = (body: unknown, as = "writer") =>
      ask(CONTEXTS, { as, body }).then(problemOf);

    assert.deepEqual(await add({ Hinanjo: "urn:x:h" }), [
      400,
      "InvalidRequest",
    ]);
    assert.deepEqual(await add("{"), [400, "InvalidRequest"]);
    assert.deepEqual(await add({ "@context": 7 }), [400, "BadRequestData"]);
    assert.deepEqual(await add(document, "public"), [401, "Unauthorized"]);
    for (
      const [path, status] of [
        [`${CONTEXTS}?kind=other`, 400],
        [`${CONTEXTS}?details=perhaps`, 400],
        [`${CONTEXTS}/none`, 404],
      ] as const
    ) {
      assert.equal((await ask(path)).status, status);
    }
    const core = `${CONTEXTS}/${encodeURIComponent(CORE)}`;
    const deleted = await ask(core, { as: "writer", method: "DELETE" });
    assert.deepEqual(await problemOf(deleted), [400, "BadRequestData"]);
    assert.deepEqual(await (await ask(CONTEXTS)).json(), []);
  }));
