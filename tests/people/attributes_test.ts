import { eventsFor, PURPOSES } from "@hiraku/pipelines";
import {
  openPseudonymiser,
  readAttributeFile,
  rotateKeys,
} from "@hiraku/pipelines/events";
import { sql } from "@hiraku/kernel/store";
import assert from "node:assert/strict";
import { CODE, event, type PeopleCity, pid, withCity } from "./_people_city.ts";

async function importFile(city: PeopleCity, text: string, kind: string) {
  const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
  const file = readAttributeFile(
    new TextEncoder().encode(text),
    CODE,
    keyring,
  );
  if (file.lines.length === 0) return file;
  const inbox = city.places.inbox(CODE);
  await Deno.mkdir(inbox, { recursive: true });
  const path = `${inbox}/${crypto.randomUUID()}`;
  const lines = file.lines.map((one) => JSON.stringify(one) + "\n").join("");
  assert.doesNotMatch(lines, /p_\d{6}/);
  await Deno.writeTextFile(path, lines);
  const report = await city.command("import.attributes", {
    path,
    fileName: "attributes.csv",
    kind,
    asOf: "2026-11-09",
  });
  return { ...file, report };
}

Deno.test("O25 a move arrives as an event and events after it count in the new district", () =>
  withCity(async (city) => {
    const movers = [1, 2, 3];
    const change = (n: number) =>
      event("attributes.updated", {
        fields: ["districtCode"],
        from: { districtCode: "252018-sd-01" },
        to: { districtCode: "252018-sd-02" },
        effectiveOn: "2026-11-05",
      }, { person: { pid: pid(n) } });
    const opened = (n: number, at: string) =>
      event("miniapp.opened", {}, {
        person: { pid: pid(n), attributes: { ageBand: "40-44" } },
        at,
      });
    await city.send([
      ...[1, 2, 3, 4].map((n) =>
        event("attributes.updated", {
          fields: ["districtCode", "sex"],
          to: { districtCode: "252018-sd-01", sex: "1" },
          effectiveOn: "2026-10-01",
        }, { person: { pid: pid(n) } })
      ),
      ...movers.map(change),
      ...[1, 2, 3, 4].map((n) => opened(n, "2026-11-04T23:59:59+09:00")),
      ...[1, 2, 3, 4].map((n) => opened(n, "2026-11-05T00:00:00+09:00")),
      opened(5, "2026-11-05T09:00:00+09:00"),
    ]);

    const { rows } = await sql<{ day: string; district: string; n: number }>`
      select strftime(occurred_at + interval 9 hour, '%Y-%m-%d') as day,
        district, count(*)::int as n
      from ${eventsFor(PURPOSES.usage)} where type = 'miniapp.opened'
      group by all order by all`.execute(city.warehouse);

    assert.deepEqual(rows, [
      { day: "2026-11-04", district: "252018-sd-01", n: 4 },
      { day: "2026-11-05", district: "252018-sd-01", n: 1 },
      { day: "2026-11-05", district: "252018-sd-02", n: 3 },
      { day: "2026-11-05", district: null, n: 1 },
    ]);
    const history = await city.warehouse.selectFrom("attribute_history")
      .select(["district", "valid_from", "valid_to"])
      .where("valid_to", "is not", null).execute();
    assert.equal(history.length, 3);
    assert.ok(
      history.every(({ valid_to }) =>
        valid_to?.toISOString() === "2026-11-04T15:00:00.000Z"
      ),
    );
  }));

Deno.test("O25 drift counts what was stamped otherwise than stored, by field and without people", () =>
  withCity(async (city) => {
    await city.send([
      ...[1, 2, 3, 4, 5].map((n) =>
        event("attributes.updated", {
          fields: ["districtCode", "ageBand"],
          to: { districtCode: "252018-sd-01", ageBand: "40-44" },
          effectiveOn: "2026-10-01",
        }, { person: { pid: pid(n) } })
      ),
      ...[1, 2, 3].map((n) =>
        event("miniapp.opened", {}, { person: { pid: pid(n) } })
      ),
      event("miniapp.opened", {}, {
        person: {
          pid: pid(4),
          attributes: { districtCode: "252018-sd-02", ageBand: "40-44" },
        },
      }),
      event("miniapp.opened", {}, {
        person: { pid: pid(5), attributes: null },
      }),
    ]);

    const { drift } = await city.command("attributes.drift", {
      from: "2026-11-09",
      to: "2026-11-10",
    });
    const of = (field: string) =>
      drift.find((one: { field: string }) => one.field === field);

    // Five changes are stamped alike; four openings are compared, one differs.
    assert.deepEqual(of("district"), {
      field: "district",
      compared: 9,
      different: 1,
      filled: 1,
    });
    assert.equal(of("ageBand").different, 0);
    assert.doesNotMatch(JSON.stringify(drift), /252018-sd|[0-9a-f]{32}/);
  }));

Deno.test("O21 a file of attributes is re-keyed, kept as history and refuses everything beyond the record by name", () =>
  withCity(async (city) => {
    const head = "pid,validFrom,districtCode,ageBand,sex,topics,protectedFlag";
    const first = await importFile(
      city,
      `${head}\n${pid(1)},2026-10-01,252018-sd-01,40-44,2,waste;childcare,\n` +
        `${pid(2)},2026-10-01,252018-sd-01,65-69,1,,true\n` +
        `${pid(3)},2026-10-01,252018-sd-01,090-1234-5678,1,,\n` +
        `${pid(4)},2026-10-01,412015-sd-01,20-24,1,,\n`,
      "delta",
    );
    const again = await importFile(
      city,
      `${head}\n${pid(1)},2026-11-09,252018-sd-02,40-44,2,waste,\n`,
      "full",
    );
    const named = await importFile(
      city,
      `pid,validFrom,name,sex\n${pid(5)},2026-10-01,Taro,1\n`,
      "delta",
    );

    assert.deepEqual(first.faults, [
      { row: 4, column: "ageBand", code: "personal_data:phone" },
      { row: 5, column: "districtCode", code: "tenant_mismatch" },
    ]);
    assert.ok("report" in again);
    assert.deepEqual(again.report, {
      rowsIn: 1,
      landed: 1,
      suppressed: 0,
      ended: 1,
      repeated: false,
    });
    assert.deepEqual(named.faults, [
      { row: 0, column: "name", code: "forbidden_column" },
    ]);
    const rows = await city.warehouse.selectFrom("attribute_history")
      .select(["district", "topics", "protected_flag", "valid_to"])
      .orderBy("valid_from").orderBy("protected_flag").execute();
    const end = new Date("2026-11-08T15:00:00Z");
    assert.deepEqual(rows, [
      {
        district: "252018-sd-01",
        topics: ["waste", "childcare"],
        protected_flag: false,
        valid_to: end,
      },
      {
        district: "252018-sd-01",
        topics: null,
        protected_flag: true,
        valid_to: end,
      },
      {
        district: "252018-sd-02",
        topics: ["waste"],
        protected_flag: false,
        valid_to: null,
      },
    ]);
  }));

Deno.test("O23 one person stays one through a new epoch of keys, late events of the old one included", () =>
  withCity(async (city) => {
    const open = (n: number, key?: string) =>
      event("miniapp.opened", {}, {
        person: { pid: pid(n) },
        ...key === undefined ? {} : { idempotencyKey: key },
      });
    await city.send([
      open(1, "tap-1"),
      open(2),
      event("thanks.given", { toPid: pid(2) }, { person: { pid: pid(1) } }),
    ]);
    const old = openPseudonymiser(city.places.pseudonymKey(CODE));
    const late = {
      ...open(3),
      subject: old.subject(pid(1)),
    };
    rotateKeys(city.places.pseudonymKey(CODE));
    await city.send([open(1), open(3)]);
    await city.post([open(1, "tap-1")]);
    await Deno.writeTextFile(
      `${city.places.landing(CODE)}/00LATE.ndjson`,
      JSON.stringify({
        eventId: late["eventId" as keyof typeof late],
        type: "miniapp.opened",
        version: 1,
        occurredAt: "2026-11-09T02:00:00.000Z",
        receivedAt: "2026-11-09T02:00:00.000Z",
        keyId: "k",
        subject: late.subject,
        tier: "jpki",
        consent: ["rcpt_1"],
        mode: "normal",
        data: {},
      }) + "\n",
    );
    await city.city.land();

    const { rows } = await sql<{ subject: string; n: number }>`
      select subject, count(*)::int as n from event
      where type = 'miniapp.opened' group by all order by n desc`
      .execute(city.warehouse);
    assert.deepEqual(rows.map(({ n }) => n), [3, 1, 1]);
    assert.ok(rows.every(({ subject }) => subject.startsWith("2-")));
    const thanks = await city.warehouse.selectFrom("event").select("data")
      .where("type", "=", "thanks.given").executeTakeFirstOrThrow();
    old.refresh();
    assert.deepEqual(
      JSON.parse(String(thanks.data)),
      { toPid: old.subject(pid(2)) },
    );
    const known = await city.warehouse.selectFrom("idempotency").selectAll()
      .execute();
    assert.equal(known.length, 1);
  }));

Deno.test("O30 O31 contracts are listed with their volumes, and few links are not told", () =>
  withCity(async (city) => {
    const share = (rows: number, items: string[]) =>
      event("dataflow.shared", {
        from: "252018-ma-01",
        to: "bus",
        contractId: "c-1",
        items,
        rows,
      });
    await city.send([
      share(120, ["district"]),
      share(80, ["district", "ageBand"]),
      ...Array.from(
        { length: 12 },
        (_, n) =>
          event("idlink.created", { recipient: "bus", contractId: "c-1" }, {
            person: { pid: pid(n) },
          }),
      ),
      event("idlink.revoked", { recipient: "bus" }, {
        person: { pid: pid(0) },
        at: "2026-11-09T11:30:00+09:00",
      }),
      event("idlink.created", { recipient: "shop" }, {
        person: { pid: pid(3) },
      }),
    ]);

    const { flows, links } = await city.command("dataflow");

    assert.equal(flows.length, 1);
    assert.equal(flows[0].rows, 200);
    assert.equal(flows[0].shares, 2);
    assert.deepEqual(flows[0].items, ["ageBand", "district"]);
    assert.deepEqual(links, [
      { recipient: "bus", contract: "c-1", links: 11 },
      { recipient: "shop", contract: null, links: null },
    ]);
    const keys = openPseudonymiser(city.places.pseudonymKey(CODE));
    const subject = keys.subject(pid(3));
    assert.notEqual(
      keys.pairwise("bus", subject),
      keys.pairwise("shop", subject),
    );
  }));
