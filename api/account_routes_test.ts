import assert from "node:assert/strict";
import {
  BOARD,
  PASSWORD,
  sessionOf,
  type StaffCity,
  withStaff,
} from "./_staff_city.ts";
import { disableAccount } from "./identity/account.ts";
import { SESSION_MS } from "./identity/session.ts";

const RIGHT = { login: "hq", password: PASSWORD };
const WRONG = { login: "hq", password: "wrong horse battery" };

async function sessions({ control }: StaffCity): Promise<number> {
  const rows = await control.selectFrom("session").selectAll().execute();
  return rows.length;
}

Deno.test("POST /login answers 401 without a cookie to a wrong password or login", () =>
  withStaff(async (city) => {
    const forms = [
      WRONG,
      { ...RIGHT, login: "nobody" },
      { login: "", password: "" },
      { password: PASSWORD },
      { ...RIGHT, login: "hq' OR 1=1 --" },
    ];

    for (const form of forms) {
      const response = await city.ask("/login", { form });
      const page = await response.text();

      assert.equal(response.status, 401);
      assert.equal(response.headers.get("set-cookie"), null);
      assert.match(page, /利用者名またはパスワード/);
      assert.doesNotMatch(page, /horse|nobody|OR 1=1/);
    }
    assert.equal(await sessions(city), 0);
  }));

Deno.test("POST /login sets a cookie that no script and no other site can use", () =>
  withStaff(async (city) => {
    const response = await city.ask("/login", { form: RIGHT });

    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/operations");
    const cookie = response.headers.get("set-cookie") ?? "";
    for (const part of ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"]) {
      assert.ok(cookie.split("; ").includes(part), part);
    }
    assert.doesNotMatch(cookie, /Domain=/);
    const token = sessionOf(response) ?? "";
    assert.equal(token.length, 43);
    const [stored] = await city.control.selectFrom("session").selectAll()
      .execute();
    assert.ok(!JSON.stringify(stored).includes(token));
  }));

Deno.test("POST /login marks the cookie Secure only where the origin is https", () =>
  withStaff(async (city) => {
    const response = await city.ask("/login", { form: RIGHT });

    const cookie = response.headers.get("set-cookie") ?? "";
    assert.match(cookie, /HttpOnly/);
    assert.doesNotMatch(cookie, /Secure/);
  }, "http://127.0.0.1:8000"));

Deno.test("POST /login leads on to a page of our own and to no other site", () =>
  withStaff(async (city) => {
    const after = async (at: string, next: string) => {
      const path = `${at}/login?next=${encodeURIComponent(next)}`;
      const response = await city.ask(path, { form: RIGHT });
      return response.headers.get("location");
    };

    assert.equal(await after("", BOARD), BOARD);
    assert.equal(await after("/en", BOARD), `/en${BOARD}`);
    for (
      const foreign of [
        "https://evil.example/operations",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/operations/../../evil",
        "/operations?x=//evil.example",
        "/logout",
      ]
    ) assert.equal(await after("", foreign), "/operations");
  }));

Deno.test("POST /login and /logout are refused from another site", () =>
  withStaff(async (city) => {
    const session = await city.signIn("hq");
    const foreign: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "https://city.example.evil.example" },
      { Origin: "" },
    ];

    for (const headers of foreign) {
      const signIn = await city.ask("/login", { form: RIGHT, headers });
      const signOut = await city.ask("/logout", { session, form: {}, headers });
      assert.deepEqual([signIn.status, signOut.status], [403, 403]);
      assert.equal(signIn.headers.get("set-cookie"), null);
    }
    assert.equal(await sessions(city), 1);
  }));

Deno.test("POST /login makes a login wait after five wrong passwords, and no other", () =>
  withStaff(async (city) => {
    for (let i = 0; i < 5; i++) {
      const { status } = await city.ask("/login", { form: WRONG });
      assert.equal(status, 401);
    }

    const waiting = await city.ask("/login", { form: RIGHT });
    const other = await city.ask("/login", {
      form: { ...RIGHT, login: "otsu" },
    });

    assert.equal(waiting.status, 429);
    assert.equal(waiting.headers.get("retry-after"), "300");
    assert.equal(waiting.headers.get("set-cookie"), null);
    assert.equal(other.status, 303);
    city.clock.move(301_000);
    const later = await city.ask("/login", { form: RIGHT });
    assert.equal(later.status, 303);
  }));

Deno.test("POST /login tries no more than five passwords that come at once", () =>
  withStaff(async (city) => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => city.ask("/login", { form: WRONG })),
    );

    const tried = answers.filter(({ status }) => status === 401);
    const waiting = answers.filter(({ status }) => status === 429);
    assert.equal(tried.length, 5);
    assert.equal(waiting.length, 7);
  }));

Deno.test("POST /login forgets wrong passwords once the right one came", () =>
  withStaff(async (city) => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) await city.ask("/login", { form: WRONG });
      const { status } = await city.ask("/login", { form: RIGHT });
      assert.equal(status, 303);
    }
  }));

Deno.test("POST /login refuses what is no form, and a form too large", () =>
  withStaff(async (city) => {
    const json = await city.ask("/login", {
      form: RIGHT,
      headers: { "Content-Type": "application/json" },
    });
    const large = await city.ask("/login", {
      form: { ...RIGHT, more: "x".repeat(100_000) },
    });

    assert.equal(json.status, 400);
    assert.equal(large.status, 413);
    assert.equal(await sessions(city), 0);
  }));

Deno.test("POST /logout ends the session at the server, not only in the browser", () =>
  withStaff(async (city) => {
    const session = await city.signIn("hq");
    const other = await city.signIn("hq");
    const before = await city.ask(BOARD, { session });

    const response = await city.ask("/logout", { session, form: {} });

    assert.equal(before.status, 200);
    assert.equal(response.status, 303);
    assert.match(response.headers.get("set-cookie") ?? "", /Max-Age=0/);
    const after = await city.ask(BOARD, { session });
    assert.equal(after.status, 303);
    const kept = await city.ask(BOARD, { session: other });
    assert.equal(kept.status, 200);
  }));

Deno.test("a disabled account loses its sessions and cannot sign in again", () =>
  withStaff(async (city) => {
    const session = await city.signIn("hq");
    const colleague = await city.signIn("section");

    await disableAccount(city.control, city.clock, "hq");

    assert.equal((await city.ask(BOARD, { session })).status, 303);
    assert.equal(
      (await city.ask(BOARD, { session: colleague })).status,
      200,
    );
    const again = await city.ask("/login", { form: RIGHT });
    assert.equal(again.status, 401);
    assert.equal(again.headers.get("set-cookie"), null);
  }));

Deno.test("a session is the public's once it has expired, and not a second before", () =>
  withStaff(async (city) => {
    const session = await city.signIn("hq");

    city.clock.move(SESSION_MS - 1_000);
    const before = await city.ask(BOARD, { session });
    city.clock.move(1_000);
    const after = await city.ask(BOARD, { session });

    assert.equal(before.status, 200);
    assert.equal(after.status, 303);
    assert.match(after.headers.get("location") ?? "", /^\/login\?next=/);
  }));

Deno.test("a session that nobody started is the public's", () =>
  withStaff(async (city) => {
    await city.signIn("hq");

    for (const session of ["", "x", "A".repeat(43), "' OR 1=1 --"]) {
      const { status } = await city.ask(BOARD, { session });
      assert.equal(status, 303);
    }
  }));
