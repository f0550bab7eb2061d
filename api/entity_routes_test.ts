import { fixedClock, layout, type Role } from "@hiraku/kernel";
import type { AuditEntry } from "@hiraku/kernel/control";
import { type Brokers, openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { type Caller, type Env, PUBLIC } from "./caller.ts";
import { entityRoutes } from "./entity_routes.ts";
import { problemResponse } from "./problem_response.ts";

const ORIGIN = "https://city.example";
const PATH = "/ngsi-ld/v1/entities";
const CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";
const SHELTER = "urn:ngsi-ld:EvacuationShelter:E1";
const OCCUPANCY = "urn:ngsi-ld:ShelterOccupancy:E1";

const WRITER: Caller = {
  ...PUBLIC,
  kind: "key",
  id: "key-1",
  municipality: "412015",
  writesEntities: true,
};
const CALLERS: Readonly<Record<string, Caller>> = {
  writer: WRITER,
  otsuWriter: { ...WRITER, municipality: "252018" },
  hq: withRole("412015", "hq"),
  otsuHq: withRole("252018", "hq"),
  board: withRole("412015", "board"),
};

function withRole(code: string, role: Role): Caller {
  return {
    ...PUBLIC,
    kind: "account",
    id: role,
    roles: new Map([[code, new Set([role])]]),
  };
}

interface Sent {
  as?: string;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface City {
  ask(path: string, sent?: Sent): Promise<Response>;
  readonly audited: readonly AuditEntry[];
}

async function withCity(body: (city: City) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const brokers: Brokers = await openBrokers({
    layout: layout(folder),
    municipalities: CITIES,
    clock: fixedClock("2026-11-01T00:00:00Z"),
  });
  const audited: AuditEntry[] = [];
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(async (c, next) => {
    c.set("caller", CALLERS[c.req.header("As") ?? ""] ?? PUBLIC);
    await next();
  });
  app.route(
    "/",
    entityRoutes({
      brokers,
      origin: ORIGIN,
      audit: (entry) => Promise.resolve(void audited.push(entry)),
    }),
  );
  const ask = (path: string, { as, method, body, headers }: Sent = {}) =>
    Promise.resolve(app.request(path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        "NGSILD-Tenant": "saga_412015",
        ...(as === undefined ? {} : { As: as }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }));
  try {
    await body({ ask, audited });
  } finally {
    await brokers.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const CITIES = [
  { code: "412015", tenant: "saga_412015" },
  { code: "252018", tenant: "otsu_252018" },
];

const shelter = {
  id: SHELTER,
  type: "EvacuationShelter",
  name: { type: "Property", value: "本庄小学校" },
  location: {
    type: "GeoProperty",
    value: { type: "Point", coordinates: [130.29, 33.24] },
  },
  openingStatus: { type: "VocabProperty", vocab: "open" },
};
const occupancy = { id: OCCUPANCY, type: "ShelterOccupancy", evacueeTotal: 12 };

async function problemOf(response: Response): Promise<[number, string]> {
  const { title, type } = await response.json();
  assert.equal(type, `https://uri.etsi.org/ngsi-ld/errors/${title}`);
  return [response.status, title];
}

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
      "@context": `${ORIGIN}/ngsi-ld/v1/jsonldContexts/hiraku`,
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

    assert.equal(page.headers.get("NGSILD-Results-Count"), "5");
    assert.deepEqual((await page.json()).map((e: { id: string }) => e.id), [
      "urn:x:2",
      "urn:x:3",
    ]);
    const links = page.headers.get("Link") ?? "";
    assert.match(links, /offset=0[^>]*>; rel="prev"/);
    assert.match(links, /offset=4[^>]*>; rel="next"/);
    assert.deepEqual(await none.json(), []);
    assert.equal(none.headers.get("NGSILD-Results-Count"), "5");
    assert.equal((none.headers.get("Link") ?? "").includes("next"), false);
  }));

const REFUSED: readonly (readonly [string, Sent, number, string])[] = [
  [`${PATH}?type=T&q=a==1`, {}, 422, "OperationNotSupported"],
  [`${PATH}?type=T&georel=near`, {}, 422, "OperationNotSupported"],
  [`${PATH}?type=(A;B)`, {}, 422, "OperationNotSupported"],
  [`${PATH}?type=T&colour=red`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&limit=0`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&limit=1001`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&limit=-1`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&id=nope`, {}, 400, "BadRequestData"],
  [`${PATH}?type=T&options=temporalValues`, {}, 400, "BadRequestData"],
  [PATH, {}, 400, "BadRequestData"],
  [
    `${PATH}?type=T`,
    { headers: { Accept: "application/geo+json" } },
    406,
    "NotAcceptable",
  ],
  [
    `${PATH}/${SHELTER}`,
    { method: "PATCH", as: "writer", body: {} },
    422,
    "OperationNotSupported",
  ],
  [
    `${PATH}/${SHELTER}/attrs/name`,
    { method: "DELETE", as: "writer" },
    422,
    "OperationNotSupported",
  ],
  ["/ngsi-ld/v1/subscriptions", {}, 422, "OperationNotSupported"],
  [
    "/ngsi-ld/v1/entityOperations/merge",
    { body: [] },
    422,
    "OperationNotSupported",
  ],
  [`${PATH}/${SHELTER}/attrs`, {}, 405, "MethodNotAllowed"],
  [PATH, { as: "writer", body: "{" }, 400, "InvalidRequest"],
  [
    PATH,
    { as: "writer", body: "{}", headers: { "Content-Type": "text/plain" } },
    415,
    "UnsupportedMediaType",
  ],
];

for (const [path, sent, status, title] of REFUSED) {
  Deno.test(`${sent.method ?? (sent.body === undefined ? "GET" : "POST")} ${path} is refused as ${title}${sent.headers ? ` (${Object.values(sent.headers)})` : ""}`, () =>
    withCity(async ({ ask }) => {
      const response = await ask(path, sent);

      assert.equal(response.headers.get("Content-Type"), "application/json");
      assert.equal(response.headers.has("Allow"), status === 405);
      assert.deepEqual(await problemOf(response), [status, title]);
    }));
}
