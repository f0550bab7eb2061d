import assert from "node:assert/strict";
import {
  type City,
  OCCUPANCY,
  occupancy,
  PATH as ENTITIES,
  problemOf,
  withCity,
} from "./_broker_city.ts";

const PATH = "/ngsi-ld/v1/temporal/entities";
const QUERY = "/ngsi-ld/v1/temporal/entityOperations/query";
const ID = "urn:ngsi-ld:River:kase";
const level = (value: number, hour: number, more: object = {}) => ({
  type: "Property",
  value,
  observedAt: `2026-10-01T${String(hour).padStart(2, "0")}:00:00Z`,
  ...more,
});
const river = {
  id: ID,
  type: "River",
  scope: "/saga/kase",
  level: [level(1, 6), level(2, 7), level(4, 8), level(3, 9)],
  gauge: [
    {
      type: "Relationship",
      object: "urn:x:Gauge:1",
      observedAt: "2026-10-01T06:00:00Z",
    },
    {
      type: "Relationship",
      object: "urn:x:Gauge:2",
      observedAt: "2026-10-01T09:00:00Z",
    },
  ],
  turbid: [{
    type: "Property",
    value: true,
    observedAt: "2026-10-01T08:00:00Z",
  }],
};
const window =
  "timerel=between&timeAt=2026-10-01T07:00:00Z&endTimeAt=2026-10-01T09:00:00Z";

interface Shown {
  readonly id: string;
  readonly level: { value: number; instanceId: string }[];
  // deno-lint-ignore no-explicit-any -- answers are looked into freely
  readonly [name: string]: any;
}

async function shown(city: City, path: string): Promise<Shown> {
  const response = await city.ask(path);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text);
}

function values({ level }: Shown): number[] {
  return level.map(({ value }) => value);
}

async function withRiver(body: (city: City) => Promise<void>): Promise<void> {
  await withCity(async (city) => {
    const made = await city.ask(PATH, { as: "writer", body: river });
    assert.equal(made.status, 201);
    assert.equal(made.headers.get("Location"), `${PATH}/${ID}`);
    await body(city);
  });
}

Deno.test("CIM 009 5.6.11: a history is created once, then added to; the same time is written over", () =>
  withRiver(async (city) => {
    const again = await city.ask(PATH, {
      as: "writer",
      body: {
        id: ID,
        type: ["River", "Waterway"],
        level: [level(5, 9), level(6, 10)],
      },
    });
    const stranger = await city.ask(PATH, { body: river });

    assert.equal(again.status, 204);
    assert.equal(stranger.status, 401);
    const all = await shown(city, `${PATH}/${ID}`);
    assert.deepEqual(values(all), [1, 2, 4, 5, 6]);
    assert.deepEqual(all.type, ["River", "Waterway"]);
  }));

Deno.test("CIM 009 5.7.3: retrieval takes an interval, the last instances, attributes and datasets", () =>
  withRiver(async (city) => {
    const ask = (query: string) => shown(city, `${PATH}/${ID}?${query}`);

    assert.deepEqual(values(await ask(window)), [2, 4]);
    assert.deepEqual(values(await ask("lastN=2")), [3, 4]);
    const picked = await ask("pick=id,level");
    assert.deepEqual(Object.keys(picked), ["id", "level"]);
    const omitted = await ask("omit=gauge,scope&options=sysAttrs");
    assert.ok(!("gauge" in omitted) && "createdAt" in omitted);
    for (
      const wrong of [
        "timerel=during",
        "timerel=after",
        "lastN=0",
        "timeproperty=x",
        "pick=gauge{name}",
        "attrs=level&pick=id",
      ]
    ) {
      const answer = await city.ask(`${PATH}/${ID}?${wrong}`);
      assert.deepEqual(await problemOf(answer), [400, "BadRequestData"], wrong);
    }
    const unknown = await city.ask(`${PATH}/${ID}?nothing=1`);
    assert.deepEqual(await problemOf(unknown), [400, "InvalidRequest"]);
    const missing = await city.ask(`${PATH}/urn:x:None`);
    assert.deepEqual(await problemOf(missing), [404, "ResourceNotFound"]);
  }));

Deno.test("CIM 009 4.5.9 and 4.5.19: values and aggregates name their kinds and periods", () =>
  withRiver(async (city) => {
    const pairs = await shown(city, `${PATH}/${ID}?format=temporalValues`);
    const aggregates = await shown(
      city,
      `${PATH}/${ID}?options=aggregatedValues&aggrMethods=max,totalCount,distinctCount&aggrPeriodDuration=PT2H`,
    );
    const whole = await shown(
      city,
      `${PATH}/${ID}?options=aggregatedValues&aggrMethods=sum&attrs=level`,
    );
    const ofText = await city.ask(
      `${PATH}/${ID}?options=aggregatedValues&aggrMethods=avg&attrs=gauge`,
    );

    assert.deepEqual(pairs.level, {
      type: "Property",
      values: river.level.map(({ value, observedAt }) => [value, observedAt]),
    });
    assert.deepEqual(pairs.gauge.objects[1], [
      "urn:x:Gauge:2",
      "2026-10-01T09:00:00Z",
    ]);
    assert.deepEqual(aggregates.level, {
      type: "Property",
      max: [
        [2, "2026-10-01T06:00:00Z", "2026-10-01T08:00:00Z"],
        [4, "2026-10-01T08:00:00Z", "2026-10-01T10:00:00Z"],
      ],
      totalCount: [
        [2, "2026-10-01T06:00:00Z", "2026-10-01T08:00:00Z"],
        [2, "2026-10-01T08:00:00Z", "2026-10-01T10:00:00Z"],
      ],
      distinctCount: [
        [2, "2026-10-01T06:00:00Z", "2026-10-01T08:00:00Z"],
        [2, "2026-10-01T08:00:00Z", "2026-10-01T10:00:00Z"],
      ],
    });
    assert.ok(!("max" in aggregates.gauge) && "totalCount" in aggregates.gauge);
    assert.equal(
      (whole as Shown & { level: { sum: unknown[][] } }).level.sum[0]?.[0],
      10,
    );
    assert.deepEqual(await problemOf(ofText), [400, "InvalidRequest"]);
  }));

Deno.test("CIM 009 5.7.4: queries filter by type, value, place, scope and time, by GET and POST", () =>
  withRiver(async (city) => {
    await city.ask(PATH, {
      as: "writer",
      body: { id: "urn:x:Pond:1", type: "Pond", level: [level(9, 8)] },
    });
    const ids = async (query: string) => {
      const response = await city.ask(`${PATH}?${query}`);
      const text = await response.text();
      assert.equal(response.status, 200, text);
      return (JSON.parse(text) as Shown[]).map(({ id }) => id);
    };
    const posted = await city.ask(QUERY, {
      body: {
        type: "Query",
        entities: [{ type: "Pond" }, { type: "Lake" }],
        q: "level>5",
        temporalQ: { timerel: "after", timeAt: "2026-10-01T00:00:00Z" },
      },
    });

    assert.deepEqual(await ids(`type=River,Pond&${window}`), [
      ID,
      "urn:x:Pond:1",
    ]);
    assert.deepEqual(await ids(`type=River,Pond&q=level>8&${window}`), [
      "urn:x:Pond:1",
    ]);
    assert.deepEqual(
      await ids(`attrs=gauge&timerel=after&timeAt=2026-10-01T00:00:00Z`),
      [ID],
    );
    assert.deepEqual(await ids(`attrs=gauge&${window}`), []);
    assert.deepEqual(await ids(`type=*&idPattern=Pond&${window}`), [
      "urn:x:Pond:1",
    ]);
    assert.deepEqual(await ids(`type=Pond&scopeQ=/saga/%23&${window}`), []);
    assert.deepEqual((await posted.json()).map(({ id }: Shown) => id), [
      "urn:x:Pond:1",
    ]);
    const counted = await city.ask(
      `${PATH}?type=River,Pond&limit=1&count=true&${window}`,
    );
    assert.equal(counted.headers.get("NGSILD-Results-Count"), "2");
    assert.match(counted.headers.get("Link") ?? "", /offset=1.*rel="next"/);
    await counted.body?.cancel();
    for (const wrong of ["type=River", `id=${ID}&${window}`]) {
      const answer = await city.ask(`${PATH}?${wrong}`);
      assert.deepEqual(await problemOf(answer), [400, "BadRequestData"], wrong);
    }
  }));

Deno.test("CIM 009 5.6.12 to 5.6.16: instances are added, modified and deleted one by one", () =>
  withRiver(async (city) => {
    const as = "writer";
    const [first, second] = (await shown(city, `${PATH}/${ID}`)).level;
    assert.ok(first !== undefined && second !== undefined);
    const one = `${PATH}/${ID}/attrs/level/${first.instanceId}`;

    const added = await city.ask(`${PATH}/${ID}/attrs`, {
      as,
      body: { level: [level(7, 11)] },
    });
    const modified = await city.ask(one, {
      as,
      method: "PATCH",
      body: { level: [level(1.5, 6)] },
    });
    const deleted = await city.ask(
      `${PATH}/${ID}/attrs/level/${second.instanceId}`,
      { as, method: "DELETE" },
    );

    assert.deepEqual([added.status, modified.status, deleted.status], [
      204,
      204,
      204,
    ]);
    assert.deepEqual(values(await shown(city, `${PATH}/${ID}`)), [
      1.5,
      4,
      3,
      7,
    ]);
    const gone = await city.ask(
      `${PATH}/${ID}/attrs/level/${second.instanceId}`,
      { as, method: "DELETE" },
    );
    assert.deepEqual(await problemOf(gone), [404, "ResourceNotFound"]);
    assert.equal(
      (await city.ask(`${PATH}/${ID}/attrs/level?deleteAll=true`, {
        as,
        method: "DELETE",
      })).status,
      204,
    );
    assert.ok(!("level" in await shown(city, `${PATH}/${ID}`)));
    assert.equal(
      (await city.ask(`${PATH}/${ID}`, { as, method: "DELETE" })).status,
      204,
    );
    assert.deepEqual(await problemOf(await city.ask(`${PATH}/${ID}`)), [
      404,
      "ResourceNotFound",
    ]);
    const elsewhere = await city.ask(`${PATH}/${ID}/attrs`, {
      as,
      body: { level: [level(7, 11)] },
    });
    assert.deepEqual(await problemOf(elsewhere), [404, "ResourceNotFound"]);
  }));

Deno.test("CIM 009 4.5.7: what happens to entities is history, but for exact figures of running services", () =>
  withCity(async (city) => {
    const as = "writer";
    await city.ask(ENTITIES, {
      as,
      body: { id: ID, type: "River", level: level(1, 6) },
    });
    await city.ask(`${ENTITIES}/${ID}/attrs`, {
      as,
      method: "PATCH",
      body: { level: level(2, 7) },
    });
    await city.ask(`${ENTITIES}/${ID}/attrs/level`, { as, method: "DELETE" });
    await city.ask(ENTITIES, { as, body: occupancy });

    const past = await shown(city, `${PATH}/${ID}`);
    assert.deepEqual(values(past), [1, 2, "urn:ngsi-ld:null"]);
    for (const role of [undefined, "hq", "writer"]) {
      const hidden = await city.ask(
        `${PATH}/${OCCUPANCY}`,
        role === undefined ? {} : { as: role },
      );
      assert.deepEqual(await problemOf(hidden), [404, "ResourceNotFound"]);
    }
    const forced = await city.ask(PATH, {
      as,
      body: { ...occupancy, evacueeTotal: [level(12, 6)] },
    });
    assert.deepEqual(await problemOf(forced), [400, "BadRequestData"]);
  }));
