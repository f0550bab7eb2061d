import { asOperational } from "@hiraku/opendata";
import NGSI from "ngsijs";
import assert from "node:assert/strict";
import { entityWriter } from "../pipelines/entities/entity_writer.ts";
import type { ShelterState } from "../pipelines/shelter_states.ts";
import {
  type City,
  CODE,
  EXACT_ID,
  movingClock,
  PUBLIC_ID,
  TENANT,
  withCity,
  writerOf,
} from "./broker_city.ts";

const open: ShelterState = {
  shelterId: "E4120100001111",
  name: { ja: "本庄小学校", en: "Honjo School" },
  position: [130.29, 33.24],
  capacity: 100,
  mode: "drill",
  status: "open",
  occupancy: occupancy(12),
};

function occupancy(people: number): ShelterState["occupancy"] {
  const observedAt = "2026-11-01T00:00:00.000Z";
  return asOperational(true, {
    parties: 4,
    people,
    male: 0,
    female: 0,
    unspecified: people,
    infants: 0,
    openedAt: undefined,
    observedAt,
  });
}

async function shown(city: City, id: string, as?: string) {
  const { entity } = await city.connection(as).ld
    .getEntity({ id, tenant: TENANT, keyValues: true });
  return entity;
}

Deno.test("ngsijs creates, queries, appends, updates and deletes at the broker", () =>
  withCity(async (city) => {
    const { ld } = city.connection("work");
    const tenant = TENANT;
    const id = "urn:ngsi-ld:BusStop:1";

    await ld.createEntity({
      id,
      type: "BusStop",
      name: { type: "Property", value: "A" },
    }, { tenant });
    await assert.rejects(
      ld.createEntity({ id, type: "BusStop" }, { tenant }),
      NGSI.AlreadyExistsError,
    );
    await ld.appendEntityAttributes({
      id,
      lines: { type: "Property", value: 3 },
    }, { tenant });
    await ld.updateEntityAttributes({
      id,
      name: { type: "Property", value: "B" },
    }, { tenant });
    const { results, count } = await ld.queryEntities({
      type: "BusStop",
      tenant,
      keyValues: true,
      count: true,
    });
    await ld.deleteEntity({ id, tenant });

    assert.deepEqual(results, [{ id, type: "BusStop", name: "B", lines: 3 }]);
    assert.equal(count, 1);
    await assert.rejects(ld.getEntity({ id, tenant }), NGSI.NotFoundError);
  }));

Deno.test("putShelters() shows a band to everyone, exact figures to hq, and nothing exact once closed", () =>
  withCity(async (city) => {
    const writer = writerOf(city);

    await writer.putShelters([open]);
    const everyone = await shown(city, PUBLIC_ID);
    const hq = await shown(city, EXACT_ID, "hq");
    await assert.rejects(shown(city, EXACT_ID), NGSI.NotFoundError);
    await writer.putShelters([{
      ...open,
      status: "closed",
      occupancy: undefined,
    }]);
    const closed = await shown(city, PUBLIC_ID);

    assert.deepEqual(everyone, {
      id: PUBLIC_ID,
      type: "EvacuationShelter",
      name: { languageMap: { ja: "本庄小学校", en: "Honjo School" } },
      nationalShelterId: "E4120100001111",
      location: { type: "Point", coordinates: [130.29, 33.24] },
      maxCapacity: 100,
      operatingMode: "drill",
      openingStatus: "open",
      vacancyBand: "vacant",
    });
    assert.equal(hq.evacueeTotal, 12);
    assert.equal(hq.evacueeHouseholds, 4);
    assert.equal(closed.openingStatus, "closed");
    assert.equal("vacancyBand" in closed, false);
    await assert.rejects(shown(city, EXACT_ID, "hq"), NGSI.NotFoundError);
    await writer.close();
  }));

Deno.test("the public entity does not change with single arrivals and its band stands for a minute", () =>
  withCity(async (city) => {
    const clock = movingClock("2026-11-01T00:00:00Z");
    const writer = writerOf(city, clock);
    const bandAt = async (people: number) => {
      await writer.putShelters([{ ...open, occupancy: occupancy(people) }]);
      return (await shown(city, PUBLIC_ID)).vacancyBand;
    };
    const stamped = async () =>
      await (await fetch(
        `${city.origin}/ngsi-ld/v1/entities/${PUBLIC_ID}?options=sysAttrs`,
        {
          headers: { "NGSILD-Tenant": TENANT },
        },
      )).json();

    assert.equal(await bandAt(10), "vacant");
    const before = await stamped();
    assert.equal(await bandAt(11), "vacant");
    clock.move(30);
    assert.equal(await bandAt(80), "vacant");
    assert.deepEqual(await stamped(), before);
    clock.move(31);
    assert.equal(await bandAt(81), "crowded");
    clock.move(59);
    assert.equal(await bandAt(100), "crowded");
    clock.move(1);
    assert.equal(await bandAt(100), "full");
    assert.equal((await shown(city, EXACT_ID, "hq")).evacueeTotal, 100);
    await writer.close();
  }));

Deno.test("only what changed is sent, many changes in one request", () =>
  withCity(async (city) => {
    const writer = writerOf(city);
    const many = Array.from(
      { length: 50 },
      (_, n) => ({ ...open, shelterId: `E41201000${10 + n}11A` }),
    );
    await writer.putShelters(many);
    city.requests.length = 0;

    await writer.putShelters(many);
    assert.deepEqual(city.requests, []);
    await Promise.all(
      many.map((one, n) =>
        writer.putShelters([{ ...one, occupancy: occupancy(20 + n) }])
      ),
    );

    assert.ok(city.requests.length <= 2, city.requests.join());
    const { results } = await city.connection("hq").ld.queryEntities({
      type: "ShelterOccupancy",
      tenant: TENANT,
      limit: 100,
    });
    assert.equal(results.length, 50);
    await writer.close();
  }));

Deno.test("putUsage() keeps the newest month only and names withheld figures", () =>
  withCity(async (city) => {
    const row = {
      municipality: CODE,
      users: 1240,
      clicks: 5380,
      minimumCell: 10,
    };
    const october = { ...row, miniAppId: "412015-ma-01", month: "2026-10" };
    const november = { ...october, month: "2026-11" };
    const withheld = {
      ...november,
      miniAppId: "412015-ma-02",
      users: null,
      clicks: null,
    };
    const first = writerOf(city);
    await first.putUsage([october]);
    await first.close();

    const second = writerOf(city);
    await second.putUsage([october, november, withheld]);
    await second.close();

    const { results } = await city.connection().ld
      .queryEntities({
        type: "UsageStatistics",
        tenant: TENANT,
        keyValues: true,
      });
    assert.deepEqual(results, [
      {
        id: "urn:ngsi-ld:UsageStatistics:412015:ma-01:2026-11",
        type: "UsageStatistics",
        refMiniApp: "urn:ngsi-ld:MiniApp:412015-ma-01",
        period: { from: "2026-11-01", to: "2026-11-30" },
        activeUsers: 1240,
        opens: 5380,
        disclosureControl: {
          minimumCell: 10,
          suppressedAttributes: [],
          method: "suppression",
        },
      },
      {
        id: "urn:ngsi-ld:UsageStatistics:412015:ma-02:2026-11",
        type: "UsageStatistics",
        refMiniApp: "urn:ngsi-ld:MiniApp:412015-ma-02",
        period: { from: "2026-11-01", to: "2026-11-30" },
        disclosureControl: {
          minimumCell: 10,
          suppressedAttributes: ["activeUsers", "opens"],
          method: "suppression",
        },
      },
    ]);
  }));

Deno.test("a failing broker is asked again and never crashes the caller", () =>
  withCity(async (city) => {
    const writer = writerOf(city);

    city.failing(2);
    await writer.putShelters([open]);
    assert.equal((await shown(city, PUBLIC_ID)).openingStatus, "open");
    assert.equal(city.log.warnings, 2);

    city.failing(3);
    await writer.putShelters([{ ...open, status: "full" }]);
    assert.equal((await shown(city, PUBLIC_ID)).openingStatus, "open");
    await writer.putShelters([]);

    assert.equal((await shown(city, PUBLIC_ID)).openingStatus, "full");
    assert.equal(city.log.warnings, 5);
    await writer.close();
  }));

Deno.test("a broker that is not there leaves the caller unharmed", async () => {
  const log = {
    warnings: 0,
    info() {},
    warn: () => void (log.warnings += 1),
    error() {},
  };
  const writer = entityWriter({
    origin: "http://127.0.0.1:9",
    tenant: TENANT,
    token: "work",
    clock: movingClock("2026-11-01T00:00:00Z"),
    log,
    pausesMs: [1],
  });

  await writer.putShelters([open]);

  assert.equal(log.warnings, 2);
  await writer.close();
});
