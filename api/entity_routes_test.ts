import assert from "node:assert/strict";
import {
  CORE,
  OCCUPANCY,
  occupancy,
  ORIGIN,
  PATH,
  problemOf,
  SHELTER,
  shelter,
  withCity,
} from "./_broker_city.ts";

Deno.test("an entity is created, shown in three forms, changed and deleted", () =>
  withCity(async ({ ask }) => {
    const one = `${PATH}/${SHELTER}`;
    const created = await ask(PATH, { as: "writer", body: shelter });
    const shown = await ask(one);
    const concise = await ask(`${one}?format=concise`);
    const simple = await ask(`${one}?options=keyValues&attrs=name`);
    const picked = await ask(`${one}?pick=id,openingStatus`);
    const changed = await ask(`${one}/attrs`, {
      as: "writer",
      method: "PATCH",
      body: { openingStatus: { type: "VocabProperty", vocab: "full" } },
      headers: { "Content-Type": "application/merge-patch+json" },
    });
    const after = await (await ask(`${one}?options=sysAttrs,concise`)).json();
    const deleted = await ask(one, { as: "writer", method: "DELETE" });
    const gone = await ask(one);

    assert.equal(created.status, 201);
    assert.equal(created.headers.get("Location"), one);
    assert.deepEqual(await shown.json(), shelter);
    assert.match(
      shown.headers.get("Link") ?? "",
      /jsonldContexts\/hiraku>; rel="http/,
    );
    assert.equal(shown.headers.get("NGSILD-Tenant"), "saga_412015");
    assert.equal((await concise.json()).name, "本庄小学校");
    assert.deepEqual(await simple.json(), {
      id: SHELTER,
      type: "EvacuationShelter",
      name: "本庄小学校",
    });
    assert.deepEqual(Object.keys(await picked.json()), ["id", "openingStatus"]);
    assert.equal(changed.status, 204);
    assert.equal(after.openingStatus.vocab, "full");
    assert.equal(after.createdAt, "2026-11-01T00:00:00.000Z");
    assert.equal(deleted.status, 204);
    assert.deepEqual(await problemOf(gone), [404, "ResourceNotFound"]);
  }));

Deno.test("operational entities exist for the roles that run the service only, and reads are audited", () =>
  withCity(async ({ ask, audited }) => {
    await ask("/ngsi-ld/v1/entityOperations/upsert", {
      as: "writer",
      body: [shelter, occupancy],
    });
    const query = `${PATH}?local=true&count=true`;
    const seen: Record<string, [number, string | null, number]> = {};
    for (const as of ["public", "board", "otsuHq", "writer", "hq"]) {
      const one = await ask(`${PATH}/${OCCUPANCY}`, { as });
      const all = await ask(query, { as });
      const typed = await ask(`${PATH}?type=ShelterOccupancy`, { as });
      seen[as] = [
        one.status,
        all.headers.get("NGSILD-Results-Count"),
        (await typed.json()).length,
      ];
      await one.body?.cancel();
    }

    assert.deepEqual(seen, {
      public: [404, "1", 0],
      board: [404, "1", 0],
      otsuHq: [404, "1", 0],
      writer: [404, "1", 0],
      hq: [200, "2", 1],
    });
    assert.deepEqual(
      audited,
      Array.from({ length: 3 }, () => ({
        caller: "hq",
        municipality: "412015",
        action: "read",
        object: OCCUPANCY,
      })),
    );
    const hidden = await (await ask(`${PATH}/${OCCUPANCY}`)).json();
    const absent = await (await ask(`${PATH}/urn:x:none`)).json();
    assert.equal(
      hidden.detail.replace(OCCUPANCY, ""),
      absent.detail.replace("urn:x:none", ""),
    );
  }));

Deno.test("writing needs a key that may write entities of that city", () =>
  withCity(async ({ ask }) => {
    const status = async (as: string) =>
      await problemOf(await ask(PATH, { as, body: shelter }));

    assert.deepEqual(await status("public"), [401, "Unauthorized"]);
    assert.deepEqual(await status("hq"), [403, "Forbidden"]);
    assert.deepEqual(await status("otsuWriter"), [403, "Forbidden"]);
    assert.equal((await ask(`${PATH}/${SHELTER}`)).status, 404);
  }));

Deno.test("tenants are apart and an unknown one is refused", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: shelter });
    const at = (tenant: string) =>
      ask(`${PATH}?type=EvacuationShelter`, {
        headers: { "NGSILD-Tenant": tenant },
      });

    assert.deepEqual(await (await at("otsu_252018")).json(), []);
    assert.deepEqual(await (await at("default")).json(), []);
    assert.equal((await (await at("saga_412015")).json()).length, 1);
    assert.deepEqual(await problemOf(await at("../412015")), [
      404,
      "NonexistentTenant",
    ]);
  }));

Deno.test("upsert answers 201, 204 and 207 and writes the good ones", () =>
  withCity(async ({ ask }) => {
    const upsert = (body: unknown, options = "") =>
      ask(`/ngsi-ld/v1/entityOperations/upsert${options}`, {
        as: "writer",
        body,
      });

    const first = await upsert([shelter]);
    const second = await upsert([{ ...shelter, name: "New" }]);
    const mixed = await upsert([
      { id: SHELTER, type: "EvacuationShelter", maxCapacity: 9 },
      { id: "urn:x:bad", type: "T", p: null },
      occupancy,
    ], "?options=update");
    const kept = await (await ask(`${PATH}/${SHELTER}?options=concise`)).json();

    assert.equal(first.status, 201);
    assert.deepEqual(await first.json(), [SHELTER]);
    assert.equal(second.status, 204);
    assert.equal(mixed.status, 207);
    const result = await mixed.json();
    assert.deepEqual(result.success, [OCCUPANCY, SHELTER]);
    assert.equal(result.errors[0].entityId, "urn:x:bad");
    assert.equal(result.errors[0].error.title, "BadRequestData");
    assert.equal(kept.name, "New");
    assert.equal(kept.maxCapacity, 9);
    assert.deepEqual(await problemOf(await upsert([])), [
      400,
      "BadRequestData",
    ]);
  }));

Deno.test("append keeps what is there with noOverwrite and says so", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: shelter });

    const response = await ask(`${PATH}/${SHELTER}/attrs?options=noOverwrite`, {
      as: "writer",
      body: { name: "Other", maxCapacity: 5 },
    });

    assert.equal(response.status, 207);
    const { updated, notUpdated } = await response.json();
    assert.deepEqual(updated, ["urn:hiraku:ns:maxCapacity"]);
    assert.equal(notUpdated.length, 1);
    const kept = await (await ask(`${PATH}/${SHELTER}`)).json();
    assert.equal(kept.name.value, "本庄小学校");
  }));

Deno.test("contexts: JSON-LD in and out, Link headers, and nothing is fetched", () =>
  withCity(async ({ ask }) => {
    const own = {
      Hinanjo: "urn:hiraku:ns:EvacuationShelter",
      state: "urn:hiraku:ns:openingStatus",
    };
    const ld = { "Content-Type": "application/ld+json" };
    const link = (url: string) => ({
      Link:
        `<${url}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
    });
    const sent = {
      "@context": [own, CORE],
      id: SHELTER,
      type: "Hinanjo",
      state: "open",
    };

    const created = await ask(PATH, { as: "writer", body: sent, headers: ld });
    const hosted = await ask(`${PATH}/${SHELTER}`, {
      headers: { Accept: "application/ld+json" },
    });
    const core = await ask(`${PATH}/${SHELTER}?options=concise`, {
      headers: link(CORE),
    });

    assert.equal(created.status, 201);
    assert.equal(hosted.headers.get("Content-Type"), "application/ld+json");
    assert.deepEqual(await hosted.json(), {
      id: SHELTER,
      type: "EvacuationShelter",
      openingStatus: { type: "Property", value: "open" },
      "@context": [
        `${ORIGIN}/ngsi-ld/v1/jsonldContexts/hiraku`,
        "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld",
      ],
    });
    assert.deepEqual(await core.json(), {
      id: SHELTER,
      type: "urn:hiraku:ns:EvacuationShelter",
      "urn:hiraku:ns:openingStatus": "open",
    });
    const served = await (await ask("/ngsi-ld/v1/jsonldContexts/hiraku"))
      .json();
    assert.equal(
      served["@context"].EvacuationShelter,
      "urn:hiraku:ns:EvacuationShelter",
    );
    assert.deepEqual(
      await problemOf(
        await ask(`${PATH}?type=T`, {
          headers: link("https://example.org/c.jsonld"),
        }),
      ),
      [504, "LdContextNotAvailable"],
    );
    for (
      const [body, headers] of [
        [sent, {}],
        [shelter, ld],
        [sent, { ...ld, ...link(CORE) }],
      ] as const
    ) {
      assert.deepEqual(
        await problemOf(await ask(PATH, { as: "writer", body, headers })),
        [400, "BadRequestData"],
      );
    }
  }));

Deno.test("a query pages with links and count", () =>
  withCity(async ({ ask }) => {
    const many = Array.from(
      { length: 5 },
      (_, n) => ({ id: `urn:x:${n}`, type: "T", n }),
    );
    await ask("/ngsi-ld/v1/entityOperations/upsert", {
      as: "writer",
      body: many,
    });

    const page = await ask(`${PATH}?type=T&limit=2&offset=2&count=true`);
    const none = await ask(`${PATH}?type=T&limit=0&count=true`);
    const option = await ask(
      `${PATH}?type=T&limit=1&options=count,keyValues`,
    );
    const unknown = await ask(`${PATH}?type=T&options=count,colour`);

    assert.equal(page.headers.get("NGSILD-Results-Count"), "5");
    assert.deepEqual((await page.json()).map((e: { id: string }) => e.id), [
      "urn:x:2",
      "urn:x:3",
    ]);
    const links = page.headers.get("Link") ?? "";
    assert.match(links, /offset=0[^>]*>;rel="prev"/);
    assert.match(links, /offset=4[^>]*>;rel="next"/);
    assert.deepEqual(await none.json(), []);
    assert.equal(none.headers.get("NGSILD-Results-Count"), "5");
    assert.equal(option.headers.get("NGSILD-Results-Count"), "5");
    assert.deepEqual(await option.json(), many.slice(0, 1));
    assert.equal(unknown.status, 400);
    assert.equal((none.headers.get("Link") ?? "").includes("next"), false);
  }));
