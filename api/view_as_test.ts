import assert from "node:assert/strict";
import { BOARD, PEOPLE, withStaff } from "./_staff_city.ts";

const VIEW = "/operations/view-as";
const RELEASES = "/admin/releases/412015";
const REGISTERS = "/operations/412015/registers";

Deno.test("view as shows an admin what a role sees, never more than he may see, changes nothing and is recorded", () =>
  withStaff(async ({ ask, signIn, control }) => {
    const admin = await signIn("admin");
    const read = async (path: string, session = admin) => {
      const response = await ask(path, { session });
      return { status: response.status, text: await response.text() };
    };
    const view = async (role: string, session = admin) =>
      (await ask(VIEW, { session, form: { role } })).status;
    const statuses = async (session = admin) =>
      await Promise.all(
        [RELEASES, REGISTERS, BOARD].map(async (path) =>
          (await read(path, session)).status
        ),
      );
    const own = await statuses();

    assert.equal((await read(VIEW)).status, 200);
    assert.doesNotMatch((await read(REGISTERS)).text, /いまの表示/);
    const seen = new Map<string, number[]>();
    for (const role of ["analyst", "section", "officer", "hq"]) {
      assert.equal(await view(role), 303);
      seen.set(role, await statuses());
      const real = await statuses(await signIn(role));
      // As the role sees it, but for what the admin may not see himself.
      assert.deepEqual(
        seen.get(role),
        real.map((status, i) => own[i] === 200 ? status : own[i]),
        role,
      );
    }
    assert.deepEqual(seen.get("analyst")?.slice(0, 2), [403, 403]);
    assert.equal(own[2], 403);
    assert.equal(seen.get("hq")?.[2], 403);
    assert.ok(!(await read(BOARD)).text.includes(String(PEOPLE)));

    // Looking changes nothing, and says on every page that it is looking.
    await view("officer");
    const page = await read(REGISTERS);
    assert.match(page.text, /いまの表示: <strong>公開担当<\/strong>/);
    const kept = await ask(`${REGISTERS}/procedures`, {
      session: admin,
      form: { id: "x", name: "x" },
    });
    assert.equal(kept.status, 403);
    await view("public");
    assert.equal((await read(REGISTERS)).status, 303);
    assert.match(
      (await read(`/en${VIEW}`)).text,
      /viewing as: <strong>the public/,
    );
    assert.equal(await view(""), 303);
    assert.deepEqual(await statuses(), own);

    // Nobody else may, and a name that is no role is refused.
    const officer = await signIn("officer");
    assert.equal(await view("admin", officer), 403);
    assert.equal((await read(VIEW, officer)).status, 403);
    assert.equal(await view("mayor"), 400);
    const recorded = await control.selectFrom("audit")
      .select(["action", "object"]).where("action", "like", "view-as.%")
      .execute();
    assert.equal(recorded.length, 7);
    assert.deepEqual(recorded.at(-2), {
      action: "view-as.start",
      object: "public",
    });
    assert.deepEqual(recorded.at(-1), {
      action: "view-as.stop",
      object: "public",
    });
  }));

Deno.test("the access log says who holds which role and who did what, to admins alone and without a value", () =>
  withStaff(async ({ ask, signIn }) => {
    const admin = await signIn("admin");
    const hq = await signIn("hq");
    await (await ask(BOARD, { session: hq })).text();
    const path = "/admin/audit/412015";
    const page = await (await ask(`/en${path}`, { session: admin })).text();

    assert.match(page, /<td>hq<\/td>/);
    assert.match(page, /<td>hq<\/td><td>read<\/td><td>ShelterOccupancy<\/td>/);
    assert.match(page, /<td>admin<\/td><td>sign-in<\/td>/);
    assert.doesNotMatch(page, new RegExp(String(PEOPLE)));
    assert.doesNotMatch(page, /<td>otsu<\/td><td><\/td>/);
    for (const login of ["officer", "analyst", "hq"]) {
      const session = login === "hq" ? hq : await signIn(login);
      assert.equal((await ask(path, { session })).status, 403, login);
    }
    assert.equal((await ask(path)).status, 303);
  }));
