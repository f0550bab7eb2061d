import assert from "node:assert/strict";
import { CORE_CONTEXT } from "../context/core_context.ts";
import { NGSI_LD_NULL } from "../entity/value.ts";
import {
  CONTEXT,
  type NotifyingStore,
  openNotifyingStore,
} from "./_notifying_store.ts";
import { openReceiver, type Receiver } from "./_receiver.ts";

const ID = "urn:ngsi-ld:Shelter:1";
const shelter = {
  id: ID,
  type: "Shelter",
  name: { type: "Property", value: "North" },
  places: { type: "Property", value: 10 },
  ring: { type: "LanguageProperty", languageMap: { ja: "北", en: "north" } },
};
const { name, places, ring } = shelter;

async function notified(
  body: (store: NotifyingStore, receiver: Receiver) => Promise<void>,
): Promise<void> {
  const receiver = openReceiver();
  const store = await openNotifyingStore();
  try {
    await body(store, receiver);
  } finally {
    await store.close();
    await receiver.close();
  }
}

type Step = (store: NotifyingStore) => Promise<void>;

/** The `data` of every notification that steps after the creation of the shelter lead to. */
async function told(
  { notification = {}, ...members }: Record<string, unknown>,
  ...steps: Step[]
  // deno-lint-ignore no-explicit-any
): Promise<any[]> {
  let data: unknown[] = [];
  await notified(async (store, receiver) => {
    await store.create(shelter);
    const endpoint = { uri: receiver.uri };
    await store.subscribe({
      entities: [{ type: "Shelter" }],
      ...members,
      notification: { endpoint, ...(notification as object) },
    });
    for (const step of steps) await step(store);
    await store.delivered();
    data = receiver.received.map(({ body }) => body.data);
  });
  return data;
}

const set = (attributes: Record<string, unknown>): Step => (store) =>
  store.append(ID, attributes);
const drop = (attribute: string): Step => (store) =>
  store.update(ID, { [attribute]: NGSI_LD_NULL });
const remove: Step = (store) => store.delete(ID);
const another = (id: string, more = {}): Step => (store) =>
  store.create({ ...shelter, id, ...more });

Deno.test("CIM 009 5.8.6: a change of a watched attribute is told once, as 5.3.1 says", () =>
  notified(async (store, receiver) => {
    await store.create(shelter);
    const id = await store.subscribe({
      entities: [{ type: "Shelter" }],
      watchedAttributes: ["places"],
      notification: {
        endpoint: {
          uri: receiver.uri,
          receiverInfo: [{ key: "X-Key", value: "secret" }],
        },
      },
    }, { tenant: "saga_412015" });

    await store.update(ID, { name: "South" });
    await store.update(ID, { places: 10 });
    await store.update(ID, { places: 11 });
    await store.delivered();

    assert.equal(receiver.received.length, 1);
    const [{ body, headers } = { body: {}, headers: new Headers() }] =
      receiver.received;
    assert.equal(body.type, "Notification");
    assert.match(body.id, /^urn:ngsi-ld:Notification:\w{26}$/);
    assert.equal(body.subscriptionId, id);
    assert.deepEqual(body.data, [{
      ...shelter,
      name: { type: "Property", value: "South" },
      places: { type: "Property", value: 11 },
    }]);
    assert.equal("@context" in body, false);
    assert.equal(headers.get("content-type"), "application/json");
    assert.equal(headers.get("ngsild-tenant"), "saga_412015");
    assert.equal(headers.get("x-key"), "secret");
    assert.equal(
      headers.get("link"),
      `<${CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
    );
  }));

Deno.test("CIM 009 5.2.12: each trigger waits for its kind of change only", async () => {
  const steps: [string, Step][] = [
    ["entityCreated", another("urn:ngsi-ld:Shelter:2")],
    ["attributeCreated", set({ open: true })],
    ["attributeUpdated", set({ places: 11 })],
    ["attributeDeleted", drop("open")],
    ["entityDeleted", remove],
  ];
  const heard = async (...triggers: string[]) => {
    const counts = await told(
      { notificationTrigger: triggers, notification: { pick: ["id"] } },
      ...steps.map(([, step]) => step),
    );
    return counts.length;
  };

  for (const [trigger] of steps) {
    // Attributes come and go with their entity.
    const twice = ["attributeCreated", "attributeDeleted"].includes(trigger);
    assert.equal(await heard(trigger), twice ? 2 : 1, trigger);
  }
  assert.equal(await heard("entityUpdated"), 5);
  assert.notEqual(await heard("entityCreated", "entityDeleted"), 5);
});

Deno.test("CIM 009 5.2.12: without triggers, creations and updates are told and deletions are not", async () => {
  const data = await told(
    {},
    another("urn:ngsi-ld:Shelter:2"),
    set({ places: 11 }),
    drop("places"),
    remove,
  );

  assert.deepEqual(data.map(([{ id }]) => id), ["urn:ngsi-ld:Shelter:2", ID]);
});

Deno.test("CIM 009 5.8.6: another scope is a change that is told, the same ones are none", async () => {
  const steps = [
    set({ scope: ["/north", "/harbour"] }),
    set({ scope: ["/harbour", "/north"] }),
    set({ scope: "/south" }),
    drop("scope"),
  ];
  const notification = { pick: ["id", "scope"] };
  const scopes = async (members: object) =>
    (await told({ notification, ...members }, ...steps)).map(([o]) => o.scope);

  assert.deepEqual(await scopes({ watchedAttributes: ["scope"] }), [
    ["/north", "/harbour"],
    "/south",
  ]);
  assert.deepEqual(await scopes({ notificationTrigger: ["entityUpdated"] }), [
    ["/north", "/harbour"],
    "/south",
    NGSI_LD_NULL,
  ]);
  assert.deepEqual(await scopes({ watchedAttributes: ["places"] }), []);
});

Deno.test("CIM 009 5.8.6: a deleted attribute is an NGSI-LD Null of its kind", async () => {
  const notificationTrigger = ["attributeDeleted"];
  const deletion = { type: "Property", value: NGSI_LD_NULL };

  assert.deepEqual(await told({ notificationTrigger }, drop("name")), [
    [{ ...shelter, name: deletion }],
  ]);
  assert.deepEqual(
    await told(
      { notificationTrigger, notification: { format: "keyValues" } },
      drop("name"),
    ),
    [[{
      id: ID,
      type: "Shelter",
      name: NGSI_LD_NULL,
      places: 10,
      ring: { languageMap: ring.languageMap },
    }]],
  );
  assert.deepEqual(
    await told(
      { notificationTrigger, notification: { showChanges: true } },
      drop("ring"),
    ),
    [[{
      ...shelter,
      ring: {
        type: "LanguageProperty",
        languageMap: { "@none": NGSI_LD_NULL },
        previousLanguageMap: ring.languageMap,
      },
    }]],
  );
  const german = { type: "Property", value: "Nord", datasetId: "urn:x:de" };
  assert.deepEqual(
    await told(
      { notificationTrigger, entities: [{ type: "(Shelter|Room)" }] },
      set({ name: german }),
      (store) => store.deleteAttribute(ID, "name"),
    ),
    [[{ ...shelter, name: deletion }]],
  );
  const [[withTimes]] = await told(
    { notificationTrigger, notification: { sysAttrs: true } },
    drop("name"),
  );
  assert.equal(typeof withTimes.name.deletedAt, "string");
  assert.equal("previousValue" in withTimes.name, false);
});

Deno.test("CIM 009 5.8.6: a deleted entity has its deletedAt, and more only when asked for", async () => {
  const [[bare]] = await told(
    { notificationTrigger: ["entityDeleted"] },
    remove,
  );
  assert.deepEqual(Object.keys(bare), ["id", "type", "deletedAt"]);

  const [[timed]] = await told({
    notificationTrigger: ["entityDeleted"],
    notification: { sysAttrs: true, format: "keyValues" },
  }, remove);
  assert.deepEqual(Object.keys(timed).toSorted(), [
    ...["createdAt", "deletedAt", "id", "modifiedAt", "type"],
  ]);

  const [[changes]] = await told({
    notificationTrigger: ["entityDeleted"],
    notification: { showChanges: true },
  }, remove);
  assert.deepEqual(changes.places, {
    type: "Property",
    value: NGSI_LD_NULL,
    previousValue: 10,
  });

  const [[watched]] = await told({
    notificationTrigger: ["attributeDeleted"],
    watchedAttributes: ["name"],
  }, remove);
  assert.deepEqual(Object.keys(watched), ["id", "type", "name", "deletedAt"]);
});

Deno.test("CIM 009 5.2.14: showChanges has what was before, of what changed only", async () => {
  const [[changed]] = await told(
    { notification: { showChanges: true } },
    set({ places: 12, name: "North" }),
  );
  assert.deepEqual(changed.places, { ...places, value: 12, previousValue: 10 });
  assert.deepEqual(changed.name, name);

  const [[made]] = await told(
    { notification: { showChanges: true } },
    another("urn:ngsi-ld:Shelter:2"),
  );
  assert.equal(JSON.stringify(made).includes("previous"), false);
});

Deno.test("CIM 009 5.2.14: attributes, pick and omit choose what is told", async () => {
  const heard = async (notification: Record<string, unknown>) => {
    const [[entity]] = await told({ notification }, set({ places: 12 }));
    return Object.keys(entity).toSorted();
  };

  assert.deepEqual(await heard({ attributes: ["name"] }), [
    ...["id", "name", "type"],
  ]);
  assert.deepEqual(await heard({ pick: ["id", "places"] }), ["id", "places"]);
  assert.deepEqual(await heard({ omit: ["type", "ring"] }), [
    ...["id", "name", "places"],
  ]);
});

Deno.test("CIM 009 5.8.6: q, geoQ and scopeQ hold what is told to what matches", async () => {
  const far = { type: "Point", coordinates: [130.3, 33.25] };
  const located = another("urn:ngsi-ld:Shelter:2", {
    location: { type: "GeoProperty", value: far },
    scope: "/Saga/North",
  });
  const told2 = async (members: Record<string, unknown>) =>
    (await told(members, located, set({ places: 12 })))
      .map(([{ id }]) => id.at(-1)).join("");
  const geoQ = {
    georel: "near;maxDistance==2000",
    geometry: "Point",
    coordinates: [130.3, 33.26],
  };

  assert.equal(await told2({}), "21");
  assert.equal(await told2({ q: "places>11" }), "1");
  assert.equal(await told2({ q: 'name=="No%20such"' }), "");
  assert.equal(await told2({ geoQ }), "2");
  assert.equal(await told2({ scopeQ: "/Saga/#" }), "2");
  assert.equal(await told2({ scopeQ: "/Otsu/#" }), "");
  assert.equal(
    await told2({ entities: [{ type: "Shelter", idPattern: ":2$" }] }),
    "2",
  );
  assert.equal(await told2({ entities: [{ type: "Shelter", id: ID }] }), "1");
  assert.equal(await told2({ entities: [{ type: "Room" }] }), "");
});

Deno.test("CIM 009 4.5.23: join tells of linked entities, inline and flat", async () => {
  const steps = [
    another("urn:ngsi-ld:Ward:1", { type: "Ward" }),
    set({ seat: { type: "Relationship", object: "urn:ngsi-ld:Ward:1" } }),
  ];
  const watchedAttributes = ["seat"];
  const joined = (join: string) =>
    told({ watchedAttributes, notification: { join } }, ...steps);

  const [[inline]] = await joined("inline");
  assert.equal(inline.seat.entity.type, "Ward");
  const [flat] = await joined("flat");
  assert.deepEqual(flat.map(({ id }: { id: string }) => id), [
    ID,
    "urn:ngsi-ld:Ward:1",
  ]);
  const [plain] = await joined("@none");
  assert.equal(plain.length, 1);
  assert.equal("entity" in plain[0].seat, false);
});

Deno.test("CIM 009 4.9: a q over a relationship looks at the linked entity", async () => {
  const seat = { type: "Relationship", object: "urn:ngsi-ld:Ward:1" };
  const data = await told(
    { q: "seat{places}<5" },
    another("urn:ngsi-ld:Ward:1", { type: "Ward" }),
    another("urn:ngsi-ld:Shelter:2", { seat }),
    (store) => store.update("urn:ngsi-ld:Ward:1", { places: 4 }),
    another("urn:ngsi-ld:Shelter:3", { seat }),
  );

  assert.deepEqual(data.map(([{ id }]) => id), ["urn:ngsi-ld:Shelter:3"]);
});

Deno.test("CIM 009 5.8.6: entities of one commit share a notification, one changed twice is told twice", async () => {
  const ids = ["urn:ngsi-ld:Shelter:2", "urn:ngsi-ld:Shelter:3"];
  const data = await told(
    { notification: { pick: ["id", "places"] } },
    (store) => store.createAll(ids.map((id) => ({ ...shelter, id }))),
    async (store) => {
      const change = (value: number) => store.update(ID, { places: value });
      await Promise.all([change(11), change(12)]);
    },
  );

  assert.deepEqual(data.map((all) => all.length), [2, 1, 1]);
  assert.deepEqual(data.slice(1).map(([{ places }]) => places.value), [11, 12]);
});

Deno.test("CIM 009 6.3.8: JSON-LD carries its context, GeoJSON is a FeatureCollection", async () => {
  await notified(async (store, receiver) => {
    await store.create(shelter);
    const push = (accept: string, receiverInfo: unknown[] = []) =>
      store.subscribe({
        entities: [{ type: "Shelter" }],
        notification: { endpoint: { uri: receiver.uri, accept, receiverInfo } },
      });
    await push("application/ld+json");
    await push("application/geo+json");
    await push("application/geo+json", [{ key: "Prefer", value: "body=json" }]);
    await store.update(ID, { places: 1 });
    await store.delivered();

    const [ld, geo, plain] = ["ld+json", "geo+json", "geo+json"].map((
      type,
      i,
    ) =>
      receiver.received.filter(({ headers, body }) =>
        headers.get("content-type") === `application/${type}` &&
        (i < 2
          ? "@context" in (body.data[0] ?? body.data)
          : !("@context" in body.data))
      )[0]
    );
    assert.deepEqual(ld?.body.data[0]["@context"], [CONTEXT, CORE_CONTEXT]);
    assert.equal(ld?.headers.get("link"), null);
    assert.equal(geo?.body.data.type, "FeatureCollection");
    assert.equal(geo?.body.data.features[0].properties.places.value, 1);
    assert.equal(geo?.headers.get("link"), null);
    assert.equal(plain?.body.data.type, "FeatureCollection");
    assert.match(plain?.headers.get("link") ?? "", /json-ld#context/);
  });
});

Deno.test("CIM 009 4.5.5: datasetId chooses the instances that are told", async () => {
  const french = { type: "Property", value: "Nord", datasetId: "urn:x:fr" };
  const [[entity]] = await told(
    { datasetId: ["urn:x:fr"] },
    set({ name: french }),
  );

  assert.deepEqual(entity, { id: ID, type: "Shelter", name: french });
});
