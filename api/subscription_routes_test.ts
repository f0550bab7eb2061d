import assert from "node:assert/strict";
import { problemOf, withCity } from "./_broker_city.ts";

const PATH = "/ngsi-ld/v1/subscriptions";
const ID = "urn:ngsi-ld:Subscription:1";
const LD = { "Content-Type": "application/ld+json" };
const endpoint = { uri: "https://partner.example/notify" };
const sent = {
  id: ID,
  type: "Subscription",
  entities: [{ type: "EvacuationShelter" }],
  watchedAttributes: ["openingStatus"],
  notification: { format: "keyValues", endpoint },
};

Deno.test("POST /subscriptions (CIM 009 6.10.3.1) answers 201 and where it is", () =>
  withCity(async ({ ask }) => {
    const created = await ask(PATH, { as: "writer", body: sent });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get("location"), `${PATH}/${ID}`);
    assert.equal(await created.text(), "");

    const again = await ask(PATH, { as: "writer", body: sent });
    assert.deepEqual(await problemOf(again), [409, "AlreadyExists"]);

    const { id: _, ...unnamed } = sent;
    const named = await ask(PATH, { as: "writer", body: unnamed });
    const location = named.headers.get("location") ?? "";
    assert.match(location, /\/urn:ngsi-ld:Subscription:[0-9a-f-]{36}$/);
    assert.equal((await ask(location, { as: "writer" })).status, 200);
  }));

Deno.test("POST /subscriptions names what does not fit, and stores nothing (CIM 009 5.8.1.4)", () =>
  withCity(async ({ ask }) => {
    const notification = (more: Record<string, unknown>) => ({
      notification: { endpoint, ...more },
    });
    const to = (more: Record<string, unknown>) =>
      notification({ endpoint: { ...endpoint, ...more } });
    const cases: [Record<string, unknown>, string][] = [
      [{ type: "Other" }, "type"],
      [{ id: "not an IRI" }, "id"],
      [{ entities: [] }, "entities"],
      [{ entities: [{ id: "urn:x:1" }] }, "entities.0.type"],
      [{ entities: [{ type: "A", idPattern: "(" }] }, "'idPattern'"],
      [{ watchedAttributes: [] }, "watchedAttributes"],
      [{ entities: undefined, watchedAttributes: undefined }, "entities"],
      [{ notificationTrigger: ["entityChanged"] }, "notificationTrigger.0"],
      [{ timeInterval: 5 }, "timeInterval"],
      [
        { timeInterval: 5, watchedAttributes: undefined, throttling: 1 },
        "timeInterval",
      ],
      [{ throttling: -1 }, "throttling"],
      [{ q: "((" }, "'q'"],
      [{ csf: "((" }, "'csf'"],
      [{ scopeQ: "/a//" }, "'scopeQ'"],
      [{ geoQ: { georel: "near" } }, "geoQ.geometry"],
      [{ expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
      [{ expiresAt: null }, "expiresAt"],
      [{ datasetId: ["x"] }, "datasetId.0"],
      [{ lang: "?" }, "lang"],
      [{ notification: undefined }, "notification"],
      [{ notification: {} }, "notification.endpoint"],
      [notification({ attributes: [] }), "notification.attributes"],
      [notification({ attributes: ["id"] }), "notification.attributes"],
      [notification({ pick: ["id"], omit: ["id"] }), "notification.omit"],
      [
        notification({ pick: ["id"], attributes: ["a"] }),
        "notification.attributes",
      ],
      [
        notification({ format: "simplified", showChanges: true }),
        "notification.showChanges",
      ],
      [notification({ format: "xml" }), "notification.format"],
      [to({ uri: "ftp://partner.example/" }), "notification.endpoint.uri"],
      [to({ uri: "http://localhost:1111/" }), "notification.endpoint.uri"],
      [to({ uri: "http://10.0.0.1/" }), "notification.endpoint.uri"],
      [to({ uri: "mqtt://partner.example/" }), "notification.endpoint.uri"],
      [to({ accept: "text/plain" }), "notification.endpoint.accept"],
      [to({ timeout: 0 }), "notification.endpoint.timeout"],
      [
        to({ receiverInfo: [{ key: "K" }] }),
        "notification.endpoint.receiverInfo.0.value",
      ],
      [
        to({ receiverInfo: [{ key: "Host", value: "other" }] }),
        "notification.endpoint.receiverInfo",
      ],
    ];
    for (const [more, member] of cases) {
      const body = { ...sent, ...more };
      const answer = await ask(PATH, { as: "writer", body });
      const { title, detail } = await answer.json();
      assert.equal(answer.status, 400, member);
      assert.equal(title, "BadRequestData", member);
      assert.ok(detail.includes(`${member}:`), `${member}: ${detail}`);
      assert.equal(/partner|10\.0\.0\.1|xml/.test(detail), false);
    }
    const refused = await ask(PATH, {
      as: "writer",
      body: { ...sent, csf: "a==1" },
    });
    assert.deepEqual(await problemOf(refused), [422, "OperationNotSupported"]);

    const list = await ask(`${PATH}?count=true`, { as: "writer" });
    assert.equal(list.headers.get("ngsild-results-count"), "0");
  }));

Deno.test("GET /subscriptions/{id} (CIM 009 6.11.3.1) shows what was asked for, in the caller's names", () =>
  withCity(async ({ ask }) => {
    const context = { Shelter: "urn:hiraku:ns:EvacuationShelter" };
    const body = {
      ...sent,
      "@context": context,
      entities: [{ type: "Shelter" }],
      watchedAttributes: ["seats"],
      status: "expired",
      notification: { ...sent.notification, timesSent: 42 },
      unheardOf: true,
    };
    await ask(PATH, { as: "writer", body, headers: LD });

    const plain = await ask(`${PATH}/${ID}`, { as: "writer" });
    const { jsonldContext, ...shown } = await plain.json();
    assert.deepEqual(shown, {
      ...sent,
      watchedAttributes: ["seats"],
      notificationTrigger: ["attributeCreated", "attributeUpdated"],
      status: "active",
    });
    assert.match(jsonldContext, /\/ngsi-ld\/v1\/jsonldContexts\//);
    assert.match(plain.headers.get("link") ?? "", /json-ld#context/);

    const ld = await ask(`${PATH}/${ID}?options=sysAttrs`, {
      as: "writer",
      headers: {
        Accept: "application/ld+json",
        Prefer: 'respond-async, NGSI-LD="1.0";q=0.1',
      },
    });
    const full = await ld.json();
    assert.equal(full.createdAt, full.modifiedAt);
    assert.ok("@context" in full);
    assert.equal(ld.headers.get("preference-applied"), "ngsi-ld=1.0");
    assert.equal(plain.headers.get("preference-applied"), null);
  }));

Deno.test("PATCH /subscriptions/{id} (CIM 009 6.11.3.2) replaces members, deletes what is null", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: { ...sent, throttling: 5 } });
    const change = (body: unknown) =>
      ask(`${PATH}/${ID}`, {
        as: "writer",
        method: "PATCH",
        body,
        headers: { "Content-Type": "application/merge-patch+json" },
      });
    const shown = async () =>
      (await ask(`${PATH}/${ID}`, { as: "writer" })).json();

    const changed = await change({
      type: "Subscription",
      isActive: false,
      throttling: "urn:ngsi-ld:null",
      watchedAttributes: null,
      notification: { endpoint: { uri: "https://other.example/" } },
    });
    assert.equal(changed.status, 204);
    const { status, throttling, watchedAttributes, notification } =
      await shown();
    assert.equal(status, "paused");
    assert.equal(throttling, undefined);
    assert.equal(watchedAttributes, undefined);
    assert.deepEqual(notification, {
      endpoint: { uri: "https://other.example/" },
    });

    for (
      const body of [
        { notification: { format: "keyValues" } },
        { notification: null },
        { notification: { endpoint: null } },
        { entities: null },
        { expiresAt: "2020-08-01T22:07:00Z" },
      ]
    ) {
      const answer = await change(body);
      assert.deepEqual(await problemOf(answer), [400, "BadRequestData"]);
    }
    assert.equal((await shown()).status, "paused");
  }));

Deno.test("GET /subscriptions (CIM 009 6.10.3.2) lists pages in the order of creation", () =>
  withCity(async ({ ask }) => {
    for (const n of [3, 1, 2]) {
      await ask(PATH, { as: "writer", body: { ...sent, id: `urn:x:s${n}` } });
    }
    const answer = await ask(`${PATH}?limit=1&offset=1&count=true`, {
      as: "writer",
      headers: { Accept: "application/ld+json" },
    });
    const page = await answer.json();

    assert.deepEqual(page.map(({ id }: { id: string }) => id), ["urn:x:s1"]);
    assert.equal(answer.headers.get("ngsild-results-count"), "3");
    const links = answer.headers.get("link") ?? "";
    assert.ok(links.includes("limit=1&offset=0"));
    assert.ok(links.includes("limit=1&offset=2"));
    assert.equal(links.includes("json-ld#context"), false);

    const counted = await ask(`${PATH}?options=count`, { as: "writer" });
    assert.equal(counted.headers.get("ngsild-results-count"), "3");
    for (
      const query of [
        ...["limit=0", "limit=x", "limit=1001", "unknown=1"],
        "options=count,colour",
      ]
    ) {
      const bad = await ask(`${PATH}?${query}`, { as: "writer" });
      assert.equal(bad.status, 400, query);
    }
  }));

Deno.test("/subscriptions answers 400, 401, 403, 404, 405 and 406 where they belong", () =>
  withCity(async ({ ask }) => {
    await ask(PATH, { as: "writer", body: sent });
    const status = async (
      path: string,
      more: Parameters<typeof ask>[1] = {},
    ) => (await ask(path, { as: "writer", ...more })).status;
    const geojson = { Accept: "application/geo+json" };

    assert.equal(await status(`${PATH}/InvalidUri`), 400);
    assert.equal(await status(`${PATH}/urn:x:unknown`), 404);
    assert.equal(await status(`${PATH}/${ID}`, { as: "nobody" }), 401);
    assert.equal(await status(PATH, { as: "nobody", body: sent }), 401);
    assert.equal(await status(`${PATH}/${ID}`, { as: "otsuWriter" }), 403);
    assert.equal(await status(`${PATH}/${ID}`, { as: "board" }), 404);
    assert.equal(await status(PATH, { method: "PATCH", body: {} }), 405);
    assert.equal(
      await status(`${PATH}/${ID}`, { method: "PUT", body: sent }),
      405,
    );
    assert.equal(
      await status(`${PATH}/urn:x:unknown`, { headers: geojson }),
      406,
    );
    const gone = { method: "DELETE" };
    assert.equal(await status(`${PATH}/${ID}`, gone), 204);
    assert.equal(await status(`${PATH}/${ID}`, gone), 404);
  }));
