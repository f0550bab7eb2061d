import { sql } from "@hiraku/kernel/store";
import { eventsFor, type Purpose, PURPOSES } from "@hiraku/pipelines";
import assert from "node:assert/strict";
import { event, type PeopleCity, pid, withCity } from "./_people_city.ts";

async function people(
  { warehouse }: PeopleCity,
  purpose: Purpose,
  type: string,
): Promise<number> {
  const { rows: [row] } = await sql<{ n: number }>`
    select count(distinct subject)::int as n from ${eventsFor(purpose)}
    where type = ${type}`.execute(warehouse);
  return row?.n ?? 0;
}

function said(
  kind: string,
  n: number,
  { purposeId = "usage-statistics", at = "2026-11-09T10:00:00+09:00", ...rest },
) {
  const receipt = kind === "granted" || kind === "withdrawn"
    ? { receiptId: `rcpt_${n}` }
    : {};
  const policy = kind === "withdrawn" ? {} : { policyVersion: "v1" };
  return event(
    `consent.${kind}`,
    { ...receipt, ...policy, purposeId, ...rest },
    {
      person: { pid: pid(n), consent: [] },
      at,
    },
  );
}

Deno.test("O29 a query counts only people who consent to its purpose, and nobody without", () =>
  withCity(async (city) => {
    const opened = (n: number, consent: string[] = []) =>
      event("miniapp.opened", {}, { person: { pid: pid(n), consent } });
    await city.send([
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => opened(n)),
      ...[1, 2, 3].map((n) => said("granted", n, {})),
      said("denied", 4, {}),
      said("requested", 5, {}),
      said("granted", 6, { purposeId: "surveys" }),
      opened(8, ["rcpt_unknown"]),
      opened(6, ["rcpt_6"]),
      opened(4, ["rcpt_old"]),
    ]);
    const before = await people(city, PURPOSES.usage, "miniapp.opened");
    await city.send([
      said("withdrawn", 2, { at: "2026-11-09T11:30:00+09:00" }),
    ]);
    const after = await people(city, PURPOSES.usage, "miniapp.opened");
    await city.send([
      said("granted", 2, { at: "2026-11-09T11:40:00+09:00" }),
    ]);
    const again = await people(city, PURPOSES.usage, "miniapp.opened");

    // 1, 2, 3 by the ledger and 8 by a receipt it does not know.
    assert.equal(before, 4);
    assert.equal(after, 3);
    assert.equal(again, 4);
    assert.equal(await people(city, PURPOSES.surveys, "miniapp.opened"), 1);
    assert.equal(await people(city, PURPOSES.watch, "miniapp.opened"), 0);
    // What rests on a duty of the city asks nobody.
    assert.equal(await people(city, PURPOSES.registrants, "miniapp.opened"), 8);
  }));

Deno.test("O29 consent that has expired covers what came before and nothing later", () =>
  withCity(async (city) => {
    const on = (day: string) =>
      event("miniapp.opened", {}, {
        person: { pid: pid(1), consent: ["rcpt_1"] },
        at: `${day}T09:00:00+09:00`,
      });
    await city.send([
      said("granted", 1, {
        expiresOn: "2026-11-05",
        at: "2026-11-01T00:00:00+09:00",
      }),
      on("2026-11-04"),
      on("2026-11-05"),
      on("2026-11-06"),
    ]);

    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${eventsFor(PURPOSES.usage)}
      where type = 'miniapp.opened'`.execute(city.warehouse);

    assert.deepEqual(rows, [{ n: 2 }]);
  }));
