import { requestErasure } from "@hiraku/kernel/control";
import { openPseudonymiser, rotateKeys } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import {
  CODE,
  event,
  type PeopleCity,
  pid,
  SHELTER,
  withCity,
} from "./_people_city.ts";

async function eraseNow(city: PeopleCity, ...pids: string[]) {
  const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
  const request = await requestErasure(city.control, city.clock, {
    municipality: CODE,
    subjects: pids.map((one) => keyring.subject(one)),
    requestedBy: "test",
  });
  return await city.command("erase", { request });
}

/** Everything a person leaves behind: facts, quarantine, mentions, attributes. */
function traces(n: number) {
  const person = { pid: pid(n) };
  return [
    event("miniapp.opened", {}, { person, idempotencyKey: `tap-${n}` }),
    event("account.registered", { method: "jpki-card" }, { person }),
    event("shelter.checked_in", { shelterId: SHELTER, method: "qr" }, {
      person,
    }),
    event("consent.granted", {
      receiptId: "rcpt_1",
      purposeId: "usage-statistics",
      policyVersion: "v1",
    }, { person }),
    event("idlink.created", { recipient: "bus" }, { person }),
    event("attributes.updated", {
      fields: ["districtCode"],
      to: { districtCode: "252018-sd-01" },
      effectiveOn: "2026-10-01",
    }, { person }),
    event("thanks.given", { toPid: pid(n) }, { person: { pid: pid(99) } }),
  ];
}

Deno.test("erase takes a person out of tables, quarantine, mentions, files and the database's bytes, and nobody else", () =>
  withCity(async (city) => {
    await city.send([...traces(1), ...traces(2)]);
    await city.post([
      event("shelter.checked_out", { shelterId: "nowhere" }, {
        person: { pid: pid(1) },
      }),
      event("shelter.checked_out", { shelterId: "nowhere" }, {
        person: { pid: pid(2) },
      }),
    ]);
    const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
    const gone = keyring.subject(pid(1));
    const stays = keyring.subject(pid(2));

    const certificate = await eraseNow(city, pid(1));

    assert.deepEqual(certificate.residue, {});
    assert.equal(certificate.persons, 1);
    assert.deepEqual(certificate.deleted, {
      account_event: 1,
      attribute_fact: 1,
      consent_fact: 1,
      event: 6,
      idlink_fact: 1,
      mentions: 1,
      quarantine: 1,
      shelter_event: 1,
    });
    assert.equal(certificate.linesCut, 8);
    assert.ok(!JSON.stringify(certificate).includes(gone.slice(2)));
    const events = await city.warehouse.selectFrom("event")
      .select(["subject", "type", "data"]).execute();
    assert.equal(events.length, 8);
    assert.equal(events.filter(({ subject }) => subject === stays).length, 6);
    const thanks = events.filter(({ type }) => type === "thanks.given")
      .map(({ data }) => JSON.parse(String(data)));
    assert.deepEqual(
      thanks.sort((a, b) => Object.keys(a).length - Object.keys(b).length),
      [{}, { toPid: stays }],
    );
    const bytes = new TextDecoder("latin1").decode(
      await Deno.readFile(city.places.warehouse(CODE)),
    );
    assert.ok(!bytes.includes(gone.slice(2)));
  }));

Deno.test("an erased person is refused at the edge, dropped at landing and not brought back by a replayed file", () =>
  withCity(async (city) => {
    await city.send(traces(1));
    const landed = `${city.places.landing(CODE)}/landed`;
    const kept = await filesBelow(landed);
    const copies = await Promise.all(
      kept.map((path) => Deno.readTextFile(path)),
    );
    await eraseNow(city, pid(1));
    city.move(2_000);

    const receipt = await city.post([
      event("miniapp.opened", {}, { person: { pid: pid(1) } }),
      event("thanks.given", { toPid: pid(1) }, { person: { pid: pid(99) } }),
      event("miniapp.opened", {}, { person: { pid: pid(5) } }),
    ]);
    for (const [i, text] of copies.entries()) {
      await Deno.writeTextFile(
        `${city.places.landing(CODE)}/0REPLAY${i}.ndjson`,
        text,
      );
    }
    await city.city.land();

    assert.equal(receipt.accepted, 1);
    assert.deepEqual(receipt.refused, [
      { index: 0, code: "suppressed", field: "subject" },
      { index: 1, code: "suppressed", field: "subject" },
    ]);
    const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
    const back = await city.warehouse.selectFrom("event").select("event_id")
      .where("subject", "=", keyring.subject(pid(1))).execute();
    assert.deepEqual(back, []);
    assert.deepEqual(await city.command("erase.scan"), { residue: {} });
  }));

Deno.test("erase holds through a new epoch of keys, and the scan finds what somebody brings back by hand", () =>
  withCity(async (city) => {
    await city.send([...traces(1), ...traces(2)]);
    await eraseNow(city, pid(1));
    rotateKeys(city.places.pseudonymKey(CODE));
    await city.send([event("miniapp.opened", {}, { person: { pid: pid(2) } })]);

    const receipt = await city.post([
      event("miniapp.opened", {}, { person: { pid: pid(1) } }),
    ]);
    const clean = await city.command("erase.scan");
    const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
    await city.warehouse.insertInto("quarantine").values({
      load: 1,
      event_id: null,
      type: null,
      occurred_at: null,
      received_at: null,
      key_id: null,
      subject: null,
      data: JSON.stringify({ note: keyring.subject(pid(1)) }),
      code: "x",
      field: "y",
    }).execute();
    await Deno.writeTextFile(
      city.places.broker(CODE),
      `some bytes${keyring.subject(pid(2))}more`,
    );
    const dirty = await city.command("erase.scan");

    assert.equal(receipt.refused.length, 1);
    assert.deepEqual(clean, { residue: {} });
    assert.equal(dirty.residue.quarantine, 1);
    assert.equal(dirty.residue["broker.sqlite"], 1);
  }));

async function filesBelow(dir: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = `${dir}/${name}`;
    if (isDirectory) found.push(...await filesBelow(path));
    else found.push(path);
  }
  return found;
}
