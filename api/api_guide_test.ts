import { ACTION_NAMES } from "@hiraku/opendata";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { Hono } from "hono";
import assert from "node:assert/strict";
import { ORIGIN, withSite } from "./_opendata_site.ts";
import type { Env } from "./identity/caller.ts";
import {
  OPENDATA_OPERATIONS,
  type OpendataOperation,
} from "./openapi/opendata_operations.ts";

/** Every form of the page, with what it would send as it stands. */
async function forms(app: Hono<Env>): Promise<Map<string, string>> {
  const page = await (await app.request("/opendata/api")).text();
  const found = new Map<string, string>();
  for (
    const [, action, body] of page.matchAll(
      /<form method="get" action="([^"]+)"[^>]*>(.*?)<\/form>/gs,
    )
  ) {
    const query = new URLSearchParams();
    for (const [, tag] of (body ?? "").matchAll(/<(?:input) ([^>]*)>/g)) {
      const name = /name="([^"]+)"/.exec(tag ?? "")?.[1] ?? "";
      query.set(name, /value="([^"]*)"/.exec(tag ?? "")?.[1] ?? "");
    }
    found.set(action?.split("/").at(-1) ?? "", `${action}?${query}`);
  }
  return found;
}

Deno.test("GET /opendata/openapi.json is valid OpenAPI 3.1 and names every CKAN action there is", () =>
  withSite([120], async (app) => {
    const response = await app.request("/opendata/openapi.json");
    const document = await response.json();
    const result = await new Validator().validate(document);

    assert.deepEqual([result.valid, result.errors], [true, undefined]);
    assert.deepEqual(document.servers, [{ url: ORIGIN }]);
    const described = Object.keys(document.paths).flatMap((path) =>
      path.startsWith("/api/3/action/") ? [path.slice(14)] : []
    );
    assert.deepEqual(described.sort(), [...ACTION_NAMES].sort());
    assert.equal(document.paths["/opendata/api"], undefined);
  }));

Deno.test("every example of /opendata/api is answered as the document says", () =>
  withSite([120], async (app) => {
    const all = await forms(app);
    const tried = OPENDATA_OPERATIONS.filter(({ method }) => method === "get");

    assert.deepEqual([...all.keys()].sort(), tried.map(({ id }) => id).sort());
    for (const { id, types } of tried) {
      const sent = await app.request(all.get(id) ?? "");
      assert.equal(sent.status, 303, id);
      let answer = await app.request(sent.headers.get("Location") ?? "");
      if (answer.status === 302) {
        answer = await app.request(answer.headers.get("Location") ?? "");
      }
      assert.equal(answer.status, 200, id);
      const type = answer.headers.get("Content-Type")?.split(";")[0] ?? "";
      assert.ok(types.includes(type), `${id} answers ${type}`);
      assert.ok((await answer.arrayBuffer()).byteLength > 0);
    }
  }));

Deno.test("an action takes every parameter it is described with, and no other", () =>
  withSite([120], async (app) => {
    const unknown = async ({ path }: OpendataOperation, name: string) => {
      const answer = await app.request(`${path}?${name}=1`);
      return (await answer.text()).includes("is not supported");
    };
    for (const one of OPENDATA_OPERATIONS) {
      if (!one.path.startsWith("/api/3/action/")) continue;
      for (const { name } of one.parameters ?? []) {
        assert.equal(await unknown(one, name), false, `${one.id} ${name}`);
      }
      assert.equal(await unknown(one, "nonsense"), true, one.id);
    }
  }));

Deno.test("a try-out puts nothing into an address that is no name", () =>
  withSite([120], async (app) => {
    const bad = await app.request(
      "/opendata/api/try/latest_file?code=412015&dataset=..%2F..&file=a.csv",
    );
    const missing = await app.request("/opendata/api/try/file?code=412015");
    const none = await app.request("/opendata/api/try/nothing");

    assert.equal(bad.status, 400);
    assert.match(await bad.text(), /dataset/);
    assert.equal(missing.status, 400);
    assert.equal(none.status, 404);
    assert.equal(bad.headers.get("Location"), null);
  }));
