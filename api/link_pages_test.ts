import { addLink, findLink, recordLinkStatus } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { type StaffCity, withStaff } from "./_staff_city.ts";

const PAGE = "/operations/links";
const HOST = "broker.prefecture.example";

function linked(
  { control, clock }: StaffCity,
  municipality = "412015",
): Promise<string> {
  return addLink(control, clock, {
    municipality,
    direction: "push",
    address: `https://${municipality}.${HOST}`,
    tenant: null,
    types: ["EvacuationShelter"],
    mapping: { types: {}, attributes: {} },
  });
}

Deno.test("GET links shows section and admin the links of their cities in both languages", () =>
  withStaff(async (city) => {
    const id = await linked(city);
    await linked(city, "252018");
    await recordLinkStatus(city.control, id, {
      waiting: 4812,
      last_failure: "unreachable",
      last_failure_at: "2026-11-09T00:00:00.000Z",
    });
    const section = await city.signIn("section");
    const admin = await city.signIn("admin");

    const ours = await (await city.ask(PAGE, { session: section })).text();
    const english = await (await city.ask(`/en${PAGE}`, { session: section }))
      .text();
    const all = await (await city.ask(PAGE, { session: admin })).text();

    assert.match(ours, /都市OSとの連携[^]*4,812[^]*接続できません/);
    assert.match(english, /Synchronising[^]*4,812[^]*Not reachable/);
    assert.ok(ours.includes(`412015.${HOST}`));
    assert.ok(!ours.includes(`252018.${HOST}`));
    assert.ok(all.includes(`252018.${HOST}`));
  }));

Deno.test("POST links pauses, resumes and replays, and writes down who did", () =>
  withStaff(async (city) => {
    const id = await linked(city);
    const session = await city.signIn("section");
    const { replayAt } = await findLink(city.control, id);
    const act = async (action: string, at = "") => {
      const path = `${at}${PAGE}/${id}/${action}`;
      const { status, headers } = await city.ask(path, { session, form: {} });
      assert.equal(status, 303);
      assert.equal(headers.get("location"), at + PAGE);
      return await findLink(city.control, id);
    };

    assert.equal((await act("pause")).enabled, false);
    assert.equal((await act("resume", "/en")).enabled, true);
    assert.notEqual((await act("replay")).replayAt, replayAt);

    const audited = await city.control.selectFrom("audit")
      .select(["action", "object"]).where("action", "like", "link.%")
      .orderBy("id").execute();
    assert.deepEqual(
      audited,
      ["link.pause", "link.resume", "link.replay"]
        .map((action) => ({ action, object: id })),
    );
  }));

Deno.test("links are neither seen nor changed by others, nor from other sites", () =>
  withStaff(async (city) => {
    const id = await linked(city);
    const path = `${PAGE}/${id}/pause`;

    for (const login of ["analyst", "hq", "otsu"]) {
      const session = await city.signIn(login);
      const page = await city.ask(PAGE, { session });
      assert.equal(page.status, 403, login);
      assert.ok(!(await page.text()).includes(HOST));
      const posted = await city.ask(path, { session, form: {} });
      assert.equal(posted.status, 403, login);
    }
    assert.equal((await city.ask(PAGE)).status, 303);
    assert.equal((await city.ask(path, { form: {} })).status, 401);
    const session = await city.signIn("section");
    const forged = await city.ask(path, {
      session,
      form: {},
      headers: { Origin: "https://elsewhere.example" },
    });
    assert.equal(forged.status, 403);
    const unknown = await city.ask(`${PAGE}/none/pause`, { session, form: {} });
    assert.equal(unknown.status, 404);

    assert.equal((await findLink(city.control, id)).enabled, true);
  }));
