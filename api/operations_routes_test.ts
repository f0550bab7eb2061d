import assert from "node:assert/strict";
import { BOARD, PEOPLE, type StaffCity, withStaff } from "./_staff_city.ts";

const SHOWN = PEOPLE.toLocaleString("en");

async function reads({ control }: StaffCity) {
  return await control.selectFrom("audit")
    .select(["caller", "municipality", "object"])
    .where("action", "=", "read").execute();
}

async function idOf({ control }: StaffCity, login: string): Promise<string> {
  const { id } = await control.selectFrom("account").select("id")
    .where("login", "=", login).executeTakeFirstOrThrow();
  return id;
}

Deno.test("GET shelters shows exact figures to those who run them and audits every view", () =>
  withStaff(async (city) => {
    const hq = await city.signIn("hq");
    const section = await city.signIn("section");

    const answers = [
      await city.ask(BOARD, { session: hq }),
      await city.ask(`/en${BOARD}`, { session: hq }),
      await city.ask(BOARD, { session: section }),
    ];

    for (const response of answers) {
      assert.equal(response.status, 200);
      assert.ok((await response.text()).includes(SHOWN));
    }
    const seen = { municipality: "412015", object: "ShelterOccupancy" };
    assert.deepEqual(await reads(city), [
      { caller: await idOf(city, "hq"), ...seen },
      { caller: await idOf(city, "hq"), ...seen },
      { caller: await idOf(city, "section"), ...seen },
    ]);
  }));

Deno.test("GET shelters is refused to other roles and to the hq of another city", () =>
  withStaff(async (city) => {
    for (const login of ["analyst", "otsu", "admin"]) {
      const session = await city.signIn(login);
      for (const at of ["", "/en"]) {
        const response = await city.ask(`${at}${BOARD}`, { session });
        assert.equal(response.status, 403, login);
        assert.ok(!(await response.text()).includes(SHOWN));
      }
    }

    assert.deepEqual(await reads(city), []);
  }));

Deno.test("GET shelters of one city never shows those of another", () =>
  withStaff(async (city) => {
    const session = await city.signIn("otsu");

    const own = await city.ask("/operations/252018/shelters", { session });
    const unknown = await city.ask("/operations/131016/shelters", { session });

    assert.equal(own.status, 200);
    assert.ok(!(await own.text()).includes(SHOWN));
    assert.equal(unknown.status, 404);
  }));

Deno.test("GET operations asks the public to sign in and come back", () =>
  withStaff(async (city) => {
    for (const path of ["/operations", BOARD]) {
      for (const at of ["", "/en"]) {
        const response = await city.ask(at + path);
        assert.equal(response.status, 303);
        assert.equal(
          response.headers.get("location"),
          `${at}/login?next=${encodeURIComponent(path)}`,
        );
        assert.equal(await response.text(), "");
      }
    }

    assert.deepEqual(await reads(city), []);
  }));

Deno.test("GET operations shows each only the cities they work for", () =>
  withStaff(async (city) => {
    const pageFor = async (login: string) => {
      const session = await city.signIn(login);
      const response = await city.ask("/operations", { session });
      return { status: response.status, text: await response.text() };
    };

    const hq = await pageFor("hq");
    const admin = await pageFor("admin");
    const analyst = await pageFor("analyst");

    assert.match(hq.text, /市412015/);
    assert.doesNotMatch(hq.text, /市252018/);
    assert.match(admin.text, /市412015[^]*市252018/);
    assert.equal(analyst.status, 403);
    assert.doesNotMatch(analyst.text, /市/);
  }));
