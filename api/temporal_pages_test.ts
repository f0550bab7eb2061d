import assert from "node:assert/strict";
import { withCity } from "./_broker_city.ts";

const PATH = "/ngsi-ld/v1/temporal/entities";
const ID = "urn:ngsi-ld:River:kase";
const FIRST = Date.parse("2026-10-01T00:00:00Z");

Deno.test("CIM 009 6.3.10: what fits no page is partial and says from when to when, and the rest follows", () =>
  withCity(async ({ ask }) => {
    const level = Array.from({ length: 1_100 }, (_, minute) => ({
      type: "Property",
      value: minute,
      observedAt: at(minute),
    }));
    await ask(PATH, { as: "writer", body: { id: ID, type: "River", level } });

    const partial = await ask(
      `${PATH}/${ID}?timerel=after&timeAt=2026-09-30T00:00:00Z`,
    );
    const range = partial.headers.get("Content-Range") ?? "";
    const { level: some } = await partial.json();
    const last = some.at(-1).observedAt;
    const rest = await ask(`${PATH}/${ID}?timerel=after&timeAt=${last}`);
    const { level: others } = await rest.json();

    assert.equal(partial.status, 206);
    assert.equal(range, `date-time 2026-09-30T00:00:00Z-${last}/*`);
    assert.equal(rest.status, 200);
    assert.equal(rest.headers.has("Content-Range"), false);
    // CIM 009 4.11: the bound of `after` is inclusive.
    const values = [...some, ...others.slice(1)].map(({ value }) => value);
    assert.deepEqual(values, level.map(({ value }) => value));
  }));

Deno.test("CIM 009 4.12 and 4.13: histories come in pages with links and their count", () =>
  withCity(async ({ ask }) => {
    for (const name of ["a", "b", "c"]) {
      await ask(PATH, {
        as: "writer",
        body: {
          id: `urn:ngsi-ld:River:${name}`,
          type: "River",
          level: [{ value: 1, observedAt: at(0) }],
        },
      });
    }
    const window = "timerel=after&timeAt=2026-09-30T00:00:00Z";

    const middle = await ask(
      `${PATH}?type=River&${window}&limit=1&offset=1&count=true`,
    );
    const last = await ask(`${PATH}?type=River&${window}&limit=1&offset=2`);

    assert.equal((await middle.json()).length, 1);
    assert.equal(middle.headers.get("NGSILD-Results-Count"), "3");
    const link = middle.headers.get("Link") ?? "";
    assert.match(link, /offset=0[^,]*rel="prev"/);
    assert.match(link, /offset=2[^,]*rel="next"/);
    assert.doesNotMatch(last.headers.get("Link") ?? "", /rel="next"/);
    assert.equal(last.headers.has("NGSILD-Results-Count"), false);
  }));

function at(minute: number): string {
  return new Date(FIRST + minute * 60_000).toISOString().replace(".000", "");
}
