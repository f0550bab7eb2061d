import {
  fixedClock,
  layout,
  type Log,
  municipalitiesByCode,
  type Role,
} from "@hiraku/kernel";
import { openBrokers } from "@hiraku/ngsi";
import {
  approve,
  asOperational,
  openShelf,
  publishStandard,
  SHEETS,
  standardDataset,
  withdraw,
} from "@hiraku/opendata";
import { Hono } from "hono";
import NGSI from "ngsijs";
import assert from "node:assert/strict";
import { type Caller, type Env, PUBLIC } from "../api/identity/caller.ts";
import { followShelf } from "../app/follow_shelf.ts";
import { entityRoutes } from "../api/entity_routes.ts";
import { routedPath } from "../api/ngsi_binding.ts";
import { problemResponse } from "../api/problem_response.ts";
import { entityWriter } from "../pipelines/entities/entity_writer.ts";
import type { ShelterState } from "../pipelines/shelter_states.ts";
import { sampleCity } from "./sample_city.ts";

const CODE = "412015";
const TENANT = "saga_412015";
const PUBLIC_ID = "urn:ngsi-ld:EvacuationShelter:E4120100001111";
const EXACT_ID = "urn:ngsi-ld:ShelterOccupancy:E4120100001111";

const CALLERS: Readonly<Record<string, Caller>> = {
  work: {
    ...PUBLIC,
    kind: "key",
    id: "work",
    municipality: CODE,
    writesEntities: true,
  },
  hq: {
    ...PUBLIC,
    kind: "key",
    id: "hq",
    roles: new Map([[CODE, new Set<Role>(["hq"])]]),
  },
};

interface Connection {
  readonly ld: {
    getEntity(options: unknown): Promise<{ entity: Record<string, unknown> }>;
    queryEntities(
      options: unknown,
    ): Promise<{ results: { id: string }[]; count: number }>;
    createEntity(entity: unknown, options: unknown): Promise<unknown>;
    appendEntityAttributes(entity: unknown, options: unknown): Promise<unknown>;
    updateEntityAttributes(entity: unknown, options: unknown): Promise<unknown>;
    deleteEntity(options: unknown): Promise<unknown>;
  };
}

interface City {
  readonly origin: string;
  /** How the requests so far began, such as `POST /ngsi-ld/v1/entities`. */
  readonly requests: string[];
  readonly log: Log & { warnings: number };
  /** Lets the next requests fail. */
  failing(count: number): void;
  connection(as?: string): Connection;
}

async function withCity(body: (city: City) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const brokers = await openBrokers({
    layout: layout(folder),
    municipalities: [{ code: CODE, tenant: TENANT }],
    clock,
  });
  const requests: string[] = [];
  let failures = 0;
  const app = new Hono<Env>({ getPath: routedPath });
  app.onError(problemResponse);
  app.use(async (c, next) => {
    requests.push(`${c.req.method} ${new URL(c.req.url).pathname}`);
    failures -= 1;
    if (failures >= 0) return c.text("out of order", 500);
    const name = c.req.header("Authorization")?.replace("Bearer ", "") ?? "";
    c.set("caller", CALLERS[name] ?? PUBLIC);
    await next();
  });
  app.route(
    "/",
    entityRoutes({
      brokers,
      clock,
      origin: "https://city.example",
      audit: async () => {},
    }),
  );
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    app.fetch,
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const log = {
    warnings: 0,
    info() {},
    warn: () => void (log.warnings += 1),
    error() {},
  };
  try {
    await body({
      origin,
      requests,
      log,
      failing: (count) => void (failures = count),
      connection: (as) =>
        new NGSI.Connection(origin, {
          headers: as === undefined ? {} : { Authorization: `Bearer ${as}` },
        }),
    });
  } finally {
    await server.shutdown();
    await brokers.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function movingClock(start: string) {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    move: (seconds: number) => void (at += seconds * 1000),
  };
}

function writerOf(city: City, clock = movingClock("2026-11-01T00:00:00Z")) {
  return entityWriter({
    origin: city.origin,
    tenant: TENANT,
    token: "work",
    clock,
    log: city.log,
    pausesMs: [1, 1],
  });
}

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

Deno.test("followShelf() brings a sheet to the broker when its embargo ends, and takes it away when it is withdrawn", () =>
  withCity(async (at) => {
    const dir = await Deno.makeTempDir();
    const data = layout(dir);
    const clock = movingClock("2026-11-01T00:00:00Z");
    const city = { ...sampleCity, code: CODE as typeof sampleCity.code };
    const writer = writerOf(at, clock);
    const listed: string[] = [];
    const look = followShelf({
      shelf: openShelf({
        layout: data,
        municipalities: municipalitiesByCode([city]),
        clock,
      }),
      code: CODE,
      origin: "https://city.example",
      put: writer.putThings,
      list: (code) => void listed.push(code),
      log: at.log,
    });
    const sheet = SHEETS.find(({ id }) => id === "03");
    assert.ok(sheet);
    const line = (values: Readonly<Record<string, string>>) =>
      sheet.columns.map(({ name }) => values[name] ?? "");
    const all = async (type: string) =>
      await (await fetch(
        `${at.origin}/ngsi-ld/v1/entities?type=${type}&options=keyValues`,
        { headers: { "NGSILD-Tenant": TENANT } },
      )).json();
    try {
      const { version } = await publishStandard(
        approve(standardDataset(sheet), city, [
          line({
            全国地方公共団体コード: CODE,
            ID: "CC0000000001",
            名称: "城内公園",
            名称_英字: "Jonai Park",
            所在地_連結表記: "佐賀県佐賀市城内1-1",
            緯度: "33.249",
            経度: "130.3",
            "災害種別_洪水": "1",
            "災害種別_地震": "1",
            想定収容人数: "800",
            標高: "4.2",
          }),
          line({
            全国地方公共団体コード: CODE,
            ID: "CC0000000002",
            名称: "東",
          }),
        ]),
        { layout: data, clock, notBefore: "2026-11-01T01:00:00.000Z" },
      );
      await look();
      assert.deepEqual(await all("EvacuationSite"), []);
      assert.deepEqual(await all("Dataset"), []);

      clock.move(3_600);
      await look();
      const [first, second] = await all("EvacuationSite");
      assert.equal(first.id, `urn:ngsi-ld:EvacuationSite:${CODE}-CC0000000001`);
      assert.deepEqual(first.name, {
        languageMap: { ja: "城内公園", en: "Jonai Park" },
      });
      assert.deepEqual(first.hazardTypes, ["flood", "earthquake"]);
      assert.deepEqual(first.location.coordinates, [130.3, 33.249]);
      assert.equal(first.maxCapacity, 800);
      assert.deepEqual(first.columns, { json: { 標高: 4.2 } });
      assert.equal(second.location, undefined);
      const near = await (await fetch(
        `${at.origin}/ngsi-ld/v1/entities?type=EvacuationSite&georel=near;maxDistance==500&geometry=Point&coordinates=%5B130.3,33.25%5D`,
        { headers: { "NGSILD-Tenant": TENANT } },
      )).json();
      assert.equal(near.length, 1);
      const [dataset] = await all("Dataset");
      assert.equal(dataset.version, version.manifest.version);
      assert.match(
        dataset.downloadURL[0],
        /^https:\/\/city\.example\/opendata\/412015\/evacuation_space\/latest\//,
      );
      const sent = at.requests.length;
      await look();
      assert.equal(
        at.requests.slice(sent).filter((one) => !one.startsWith("GET")).length,
        0,
      );
      assert.deepEqual(listed, [CODE, CODE]);

      await withdraw(version, { ja: "誤り", en: "An error" });
      await look();
      assert.deepEqual(await all("EvacuationSite"), []);
      assert.deepEqual(await all("Dataset"), []);
    } finally {
      await writer.close();
      await Deno.remove(dir, { recursive: true });
    }
  }));
