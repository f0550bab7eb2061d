import { countsOf, lastRuns } from "@hiraku/kernel/control";
import { sql } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { isMyNumber } from "@hiraku/pipelines/events";
import {
  CODE,
  event,
  type PeopleCity,
  pid,
  SHELTER,
  withCity,
} from "./_people_city.ts";

async function typesLanded({ warehouse }: PeopleCity) {
  const { rows } = await sql<{ type: string; n: number }>`
    select type, count(*)::int as n from event group by all order by all`
    .execute(warehouse);
  return rows;
}

const person = { pid: pid(1) };

Deno.test("O22 S38 numbers, names and addresses are refused by name and nothing of them is stored", () =>
  withCity(async (city) => {
    const number = "123456789018";
    assert.ok(isMyNumber(number));
    const scan = (extra: Record<string, unknown>) =>
      event("credential.scanned", {
        context: "shelter",
        staffRole: "shelter",
        ...extra,
      }, { person });

    const receipt = await city.post([
      scan({}),
      scan({ name: "Taro" }),
      scan({ address: "1-2-3" }),
      scan({ birthdate: "1980-01-01" }),
      scan({ context: number }),
      event("miniapp.opened", { myNumber: 1 }, { person }),
    ]);

    assert.equal(receipt.accepted, 1);
    assert.deepEqual(receipt.refused.map(({ code, field }) => [code, field]), [
      ["personal_data:forbidden_key", "data.name"],
      ["personal_data:forbidden_key", "data.address"],
      ["personal_data:forbidden_key", "data.birthdate"],
      ["personal_data:my_number", "data.context"],
      ["personal_data:forbidden_key", "data.myNumber"],
    ]);
    assert.deepEqual(await typesLanded(city), [
      { type: "credential.scanned", n: 1 },
    ]);
    const bytes = new TextDecoder("latin1").decode(
      await Deno.readFile(city.places.warehouse(CODE)),
    );
    assert.ok(!bytes.includes(number) && !bytes.includes("Taro"));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const counts = await countsOf(city.control, CODE);
    assert.ok(counts.some(({ name }) => name.includes("my_number")));
    assert.ok(!JSON.stringify(counts).includes(number));
  }));

Deno.test("O22 the daily proof finds no number, but one that somebody put in by hand, and never repeats it", () =>
  withCity(async (city) => {
    await city.send([
      event("event.checked_in", {
        eventRef: "fest-202611091200",
        method: "qr",
      }, { person }),
      event("miniapp.opened", {}, { person }),
    ]);
    const proof = () =>
      city.city.jobs.find(({ name }) => name === "number_proof");
    const ran = async () => {
      const passed = await proof()?.run();
      const [run] = await lastRuns(city.control, {
        municipality: CODE,
        limit: 1,
      });
      return { passed, detail: run?.detail ?? "" };
    };

    const clean = await ran();
    await city.warehouse.updateTable("event")
      .set({ provider: "123456789018" }).execute();
    const dirty = await ran();

    assert.equal(clean.passed, true);
    assert.match(clean.detail, /^0 values shaped like a My Number among 1 /);
    assert.equal(dirty.passed, false);
    assert.match(dirty.detail, /^1 values/);
    assert.ok(!dirty.detail.includes("123456789018"));
  }));

Deno.test("O06 S39 of families only that something happened is kept, never who", () =>
  withCity(async (city) => {
    const receipt = await city.post([
      event("family.link.granted", {}, { person }),
      event("safety.looked_up", { result: "blocked" }, { person }),
      event("safety.mail.sent", { shelterId: SHELTER, count: 3, failed: 1 }),
      event("family.link.granted", { toPid: pid(2) }, { person }),
      event("safety.mail.sent", { count: 1, email: "a@example.jp" }),
    ]);

    assert.equal(receipt.accepted, 3);
    assert.equal(receipt.quarantined, 1);
    assert.equal(receipt.refused[0]?.code, "personal_data:forbidden_key");
    const { rows } = await sql<{ type: string; data: string }>`
      select type, data::varchar as data from event order by type`
      .execute(city.warehouse);
    assert.deepEqual(rows.map(({ data }) => JSON.parse(data)), [
      {},
      { result: "blocked" },
      { shelterId: SHELTER, count: 3, failed: 1 },
    ]);
  }));

Deno.test("S16 zones are counted by hour, and a track of positions is refused", () =>
  withCity(async (city) => {
    const counts = {
      zoneId: "gate-1",
      districtCode: "252018-sd-01",
      date: "2026-11-09",
      hour: 8,
      entered: 61,
      left: 2,
      consented: true,
    };
    const receipt = await city.post([
      event("zone.crossed", counts),
      event("zone.crossed", { ...counts, consented: false }),
      event("zone.crossed", { ...counts, track: [[135.86812, 35.00451]] }),
      event("zone.crossed", counts, { person }),
    ]);

    assert.equal(receipt.accepted, 1);
    assert.equal(receipt.quarantined, 2);
    assert.deepEqual(receipt.refused.map(({ code }) => code), [
      "personal_data:position",
    ]);
    const { rows } = await sql<{ district: string; entered: number }>`
      select (data->>'districtCode') as district,
        sum((data->>'entered')::int)::int as entered
      from event where type = 'zone.crossed' group by all`
      .execute(city.warehouse);
    assert.deepEqual(rows, [{ district: "252018-sd-01", entered: 61 }]);
  }));

Deno.test("S66 S58 health records and resident records have no type, so nothing of them lands", () =>
  withCity(async (city) => {
    const receipt = await city.post([
      event("health.checked", { steps: 9_000 }, { person }),
      event("resident.record", { householdId: "h-1" }, { person }),
      event("sensor.reading", { deviceId: "g", quantity: "level", value: 1 }),
    ]);

    assert.equal(receipt.accepted, 0);
    assert.equal(receipt.quarantined, 2);
    assert.deepEqual(receipt.refused, [
      { index: 2, code: "belongs_to_the_broker", field: "type" },
    ]);
    assert.deepEqual(await typesLanded(city), []);
    const quarantined = await city.warehouse.selectFrom("quarantine")
      .select(["type", "code"]).execute();
    assert.ok(
      quarantined.every(({ type, code }) =>
        type === "(unknown)" && code === "unknown_type"
      ),
    );
  }));

Deno.test("O26 a private qualification is counted by kind and its content refused", () =>
  withCity(async (city) => {
    const receipt = await city.post([
      event("credential.added", { type: "qualification" }, { person }),
      event("credential.added", { type: "education" }, {
        person: { pid: pid(2) },
      }),
      event("credential.added", { type: "work", employer: "ACME" }, { person }),
    ]);

    assert.equal(receipt.accepted, 2);
    assert.equal(receipt.quarantined, 1);
    const { rows } = await sql<{ kind: string; people: number }>`
      select (data->>'type') as kind, count(distinct subject)::int as people
      from event where type = 'credential.added' group by all order by all`
      .execute(city.warehouse);
    assert.deepEqual(rows, [
      { kind: "education", people: 1 },
      { kind: "qualification", people: 1 },
    ]);
  }));

Deno.test("O39 O38 both routes' steps and agreements arrive, of people who have no account yet too", () =>
  withCity(async (city) => {
    const step = (n: number, route: string, reached: number, os: string) => ({
      ...event("registration.step", {
        route,
        attemptId: `try-${n}`,
        step: reached,
        outcome: "done",
        elapsedMs: 1_000 * reached,
      }),
      source: { os },
    });
    await city.send([
      ...[1, 2, 3, 4].map((n) => step(n, "card", 1, "ios")),
      ...[1, 2, 3].map((n) => step(n, "card", 3, "ios")),
      ...[5, 6].map((n) => step(n, "email", 1, "android")),
      ...[1, 2, 5].map((n) =>
        event("terms.agreed", { docVersion: "2025-10" }, {
          person: { pid: pid(n), tier: n === 5 ? "email" : "jpki" },
        })
      ),
    ]);

    const { rows } = await sql<{ route: string; reached: number; n: number }>`
      select (data->>'route') as route, (data->>'step')::int as reached,
        count(distinct data->>'attemptId')::int as n
      from event where type = 'registration.step' group by all order by all`
      .execute(city.warehouse);
    const { rows: agreed } = await sql<{ tier: string; n: number }>`
      select tier, count(distinct subject)::int as n
      from event where type = 'terms.agreed' group by all order by all`
      .execute(city.warehouse);

    assert.deepEqual(rows, [
      { route: "card", reached: 1, n: 4 },
      { route: "card", reached: 3, n: 3 },
      { route: "email", reached: 1, n: 2 },
    ]);
    assert.deepEqual(agreed, [{ tier: "email", n: 1 }, { tier: "jpki", n: 2 }]);
  }));
