import assert from "node:assert/strict";
import { PATH, type Sent, withCity } from "./_broker_city.ts";
import { isEntityTypePattern } from "./identity/entity_type_pattern.ts";
import { mayWrite } from "./writable_entities.ts";
import { PUBLIC } from "./identity/caller.ts";

const STOP = "urn:ngsi-ld:BusStop:1";
const LOT = "urn:ngsi-ld:Lot:1";
const TEMPORAL = "/ngsi-ld/v1/temporal/entities";
const BATCH = "/ngsi-ld/v1/entityOperations";

Deno.test("isEntityTypePattern() takes terms, IRIs and beginnings of IRIs, and nothing else", () => {
  const good = ["BusStop", "バス停", "urn:bus:Stop", "https://x.example/ns#*"];
  const faulty = ["*", "Bus*", "urn:*x", "a b", "", "urn:bus*", "\u0000"];

  assert.deepEqual(good.filter((one) => !isEntityTypePattern(one)), []);
  assert.deepEqual(faulty.filter(isEntityTypePattern), []);
});

Deno.test("mayWrite() wants every type of an entity to be covered, and limits nobody without a list", () => {
  const limited = mayWrite({
    ...PUBLIC,
    entityTypes: ["urn:bus:*", "urn:x:A"],
  });

  assert.equal(limited?.(["urn:bus:Stop", "urn:x:A"]), true);
  assert.equal(limited?.(["urn:bus:Stop", "urn:x:B"]), false);
  assert.equal(mayWrite(PUBLIC), undefined);
  assert.equal(mayWrite({ ...PUBLIC, entityTypes: [] }), undefined);
});

Deno.test("a key for certain entity types writes those and neither sees nor touches another", () =>
  withCity(async ({ ask }) => {
    const stop = { id: STOP, type: "BusStop", name: "駅前" };
    const lot = { id: LOT, type: "Lot", free: 3 };
    const bus = (path: string, sent: Sent) =>
      ask(path, { as: "busWriter", ...sent }).then(({ status }) => status);
    await ask(PATH, { as: "writer", body: lot });
    await ask(TEMPORAL, {
      as: "writer",
      body: {
        id: LOT,
        type: "Lot",
        free: [{ value: 3, observedAt: "2026-01-01T00:00:00Z" }],
      },
    });

    const made = await bus(PATH, { body: stop });
    const changed = await bus(`${PATH}/${STOP}/attrs/name`, {
      method: "PATCH",
      body: { value: "駅南" },
    });
    const history = await bus(TEMPORAL, {
      body: {
        id: STOP,
        type: "BusStop",
        waiting: [{ value: 3, observedAt: "2026-01-01T00:00:00Z" }],
      },
    });
    const refused = [
      await bus(PATH, { body: { ...lot, id: "urn:x:2" } }),
      await bus(`${PATH}/${LOT}`, { method: "DELETE" }),
      await bus(`${PATH}/${LOT}/attrs`, { body: { free: 0 } }),
      await bus(`${PATH}/${LOT}`, { method: "PATCH", body: { free: 0 } }),
      await bus(`${PATH}/${STOP}`, { method: "PATCH", body: { type: "Lot" } }),
      await bus(`${BATCH}/upsert`, { body: [{ ...lot, free: 0 }] }),
      await bus(`${BATCH}/delete`, { body: [LOT] }),
      await bus(`${PATH}?type=Lot`, { method: "DELETE" }),
      await bus(TEMPORAL, { body: { id: LOT, type: "Lot" } }),
      await bus(TEMPORAL, { body: { id: "urn:x:3", type: "Lot" } }),
      await bus(`${TEMPORAL}/${LOT}`, { method: "DELETE" }),
      await bus(`${TEMPORAL}/${LOT}/attrs/free`, { method: "DELETE" }),
      await bus(`${TEMPORAL}/${LOT}/attrs`, {
        body: { free: [{ value: 0, observedAt: "2026-02-01T00:00:00Z" }] },
      }),
    ];

    assert.deepEqual([made, changed, history], [201, 204, 204]);
    assert.deepEqual(
      refused,
      [403, 404, 404, 404, 403, 207, 207, 207, 404, 403, 404, 404, 404],
    );
    const kept = await ask(`${PATH}/${LOT}?format=simplified`);
    assert.deepEqual(await kept.json(), lot);
    const past = await ask(`${TEMPORAL}/${LOT}?timeproperty=observedAt`);
    assert.equal((await past.json()).free.length ?? 1, 1);
  }));
