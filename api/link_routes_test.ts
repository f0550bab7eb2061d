import { fixedClock, layout } from "@hiraku/kernel";
import {
  addLink,
  countsOf,
  enableLink,
  findLink,
  issueLinkToken,
  openControl,
  removeLink,
} from "@hiraku/kernel/control";
import { type Broker, linkStores, openBrokers } from "@hiraku/ngsi";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
import { linkRoutes } from "./link_routes.ts";
import { problemResponse } from "./problem_response.ts";

const CODE = "412015";
const ID = "urn:ngsi-ld:Shelter:1";
const KEY: Caller = { ...PUBLIC, kind: "key", id: "key", writesEntities: true };
const CALLERS: Readonly<Record<string, Caller>> = {
  work: { ...KEY, municipality: "*" },
  partner: { ...KEY, municipality: CODE },
  reader: { ...KEY, municipality: "*", writesEntities: false },
};
const LINK = {
  municipality: CODE,
  direction: "follow",
  address: "https://broker.example",
  tenant: null,
  types: ["EvacuationShelter"],
  mapping: { types: { EvacuationShelter: "Shelter" }, attributes: {} },
} as const;
const notification = (data: unknown) =>
  JSON.stringify({ id: "urn:n:1", type: "Notification", data });
const shelter = { id: ID, type: "Shelter", name: "富士見" };

interface City {
  readonly control: Awaited<ReturnType<typeof openControl>>;
  readonly broker: Broker;
  readonly link: string;
  readonly token: string;
  post(
    path: string,
    body: string,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

async function withFollower(
  body: (city: City) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const clock = fixedClock("2026-11-01T00:00:00Z");
  const places = layout(folder);
  const control = await openControl(places.control);
  const links = linkStores(places.links);
  const brokers = await openBrokers({
    layout: places,
    municipalities: [{ code: CODE, tenant: "saga_412015" }],
    clock,
  });
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(async (c, next) => {
    c.set("caller", CALLERS[c.req.header("As") ?? ""] ?? PUBLIC);
    await next();
  });
  app.route("/", linkRoutes({ control, clock, brokers, links }));
  const link = await addLink(control, clock, LINK);
  const token = await issueLinkToken(control, link);
  try {
    await body({
      control,
      broker: brokers.get(CODE),
      link,
      token,
      post: (path, text, headers = {}) =>
        Promise.resolve(app.request(`/api/v1/links/${path}`, {
          method: "POST",
          body: text,
          headers,
        })),
    });
  } finally {
    await brokers.close();
    await links.close();
    await control.destroy();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("POST notifications keeps what is told before it answers, and counts what it refuses", () =>
  withFollower(async ({ control, broker, link, token, post }) => {
    const data = [shelter, { id: "urn:ngsi-ld:Person:1", type: "Shelter" }];

    const { status } = await post(
      `${link}/notifications`,
      notification(data),
      { "Hiraku-Link-Token": token },
    );

    assert.equal(status, 204);
    const { types } = await broker.retrieve(ID);
    assert.deepEqual(types, ["urn:hiraku:ns:EvacuationShelter"]);
    await assert.rejects(broker.retrieve("urn:ngsi-ld:Person:1"));
    assert.deepEqual(await countsOf(control, CODE), [
      { kind: "refused", name: `link ${link} person`, count: 1 },
    ]);
    const { status: { lastSuccessAt } } = await findLink(control, link);
    assert.equal(lastSuccessAt, "2026-11-01T00:00:00.000Z");
  }));

Deno.test("POST notifications takes nothing without the token, while paused or when gone", () =>
  withFollower(async ({ control, broker, link, token, post }) => {
    const clock = fixedClock("2026-11-01T00:00:00Z");
    const push = await addLink(control, clock, { ...LINK, direction: "push" });
    const pushToken = await issueLinkToken(control, push);
    const told = async (id: string, sent: string, text = "") => {
      const response = await post(
        `${id}/notifications`,
        text || notification([shelter]),
        { "Hiraku-Link-Token": sent, As: "work" },
      );
      assert.ok(!(await response.text()).includes(token));
      return response.status;
    };

    assert.equal(await told(link, ""), 401);
    assert.equal(await told(link, pushToken), 401);
    assert.equal(await told(push, pushToken), 404);
    assert.equal(await told("unknown", token), 404);
    assert.equal(await told(link, token, "{"), 400);
    assert.equal(await told(link, token, "{}"), 400);
    const tooLong = notification("x".repeat(17 * 1024 * 1024));
    assert.equal(await told(link, token, tooLong), 413);
    await enableLink(control, link, false);
    assert.equal(await told(link, token), 503);
    await removeLink(control, clock, link);
    assert.equal(await told(link, token), 404);

    await assert.rejects(broker.retrieve(ID));
  }));

Deno.test("POST state is for the platform itself; it takes in and lets go", () =>
  withFollower(async ({ broker, link, token, post }) => {
    const state = (body: unknown, as: string) =>
      post(`${link}/state`, JSON.stringify(body), {
        As: as,
        "Hiraku-Link-Token": token,
      });
    const absent = { ids: [ID], before: "2026-11-02T00:00:00.000Z" };

    for (const as of ["nobody", "partner", "reader"]) {
      assert.equal((await state({ data: [shelter] }, as)).status, 403, as);
    }
    await assert.rejects(broker.retrieve(ID));
    assert.equal((await state({ data: [shelter] }, "work")).status, 204);
    assert.equal((await broker.retrieve(ID)).id, ID);
    assert.equal((await state({ absent }, "partner")).status, 403);
    assert.equal((await broker.retrieve(ID)).id, ID);
    assert.equal((await state({ absent }, "work")).status, 204);
    await assert.rejects(broker.retrieve(ID));
  }));
