import { requestErasure } from "@hiraku/kernel/control";
import { openPseudonymiser, rotateKeys } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { CODE, event, type PeopleCity, pid, withCity } from "./_people_city.ts";

const opened = (n: number) =>
  event("miniapp.opened", {}, {
    person: { pid: pid(n) },
    idempotencyKey: `tap-${n}`,
  });

async function eraseNow(city: PeopleCity, ...people: number[]) {
  const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
  const request = await requestErasure(city.control, city.clock, {
    municipality: CODE,
    subjects: people.map((n) => keyring.subject(pid(n))),
    requestedBy: "test",
  });
  return await city.command("erase", { request });
}

async function subjects({ warehouse }: PeopleCity): Promise<string[]> {
  const rows = await warehouse.selectFrom("event").select("subject").execute();
  return rows.map(({ subject }) => String(subject)).sort();
}

function subjectsOf(city: PeopleCity, ...people: number[]): string[] {
  const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
  return people.map((n) => keyring.subject(pid(n))).sort();
}

Deno.test("snapshots restore brings back what was, lands later segments again and loses no event", () =>
  withCity(async (city) => {
    await city.send([opened(1), opened(2)]);
    const snapshot = await city.command("snapshot.take");
    city.move(60_000);
    await city.send([opened(3)]);
    await city.warehouse.deleteFrom("event").execute();

    const restored = await city.command("snapshot.restore", {
      name: snapshot.name,
    });

    assert.equal(snapshot.events, 2);
    assert.deepEqual(restored, {
      snapshot: snapshot.name,
      erased: 0,
      landsAgain: 1,
      lost: 0,
    });
    assert.deepEqual(await subjects(city), subjectsOf(city, 1, 2, 3));
    await city.command("snapshot.restore", { name: snapshot.name });
    assert.deepEqual(await subjects(city), subjectsOf(city, 1, 2, 3));
    const { snapshots } = await city.command("snapshot.list");
    assert.deepEqual(snapshots, [snapshot]);
    await city.command("snapshot.remove", { name: snapshot.name });
    await assert.rejects(
      city.command("snapshot.restore", { name: snapshot.name }),
      /does not exist/,
    );
  }));

Deno.test("an erasure reaches every snapshot, also one of an older epoch, and its certificate counts the rows", () =>
  withCity(async (city) => {
    await city.send([opened(1), opened(2)]);
    const snapshot = await city.command("snapshot.take");
    const gone = subjectsOf(city, 1);
    rotateKeys(city.places.pseudonymKey(CODE));
    await city.send([opened(2)]);
    const folder = city.places.snapshots(CODE);
    await Deno.mkdir(`${folder}/2020-01-01T000000Z.part`);
    await Deno.writeTextFile(`${folder}/restoring.duckdb`, gone.join(""));

    const certificate = await eraseNow(city, 1);

    assert.equal(certificate.deleted.snapshots, 1);
    assert.deepEqual(certificate.residue, {});
    const bytes = new TextDecoder("latin1").decode(
      await Deno.readFile(`${folder}/${snapshot.name}/warehouse.duckdb`),
    );
    for (const one of [...gone, ...subjectsOf(city, 1)]) {
      assert.ok(!bytes.includes(one.slice(2)));
    }
    const left = await Array.fromAsync(Deno.readDir(folder));
    assert.deepEqual(left.map(({ name }) => name), [snapshot.name]);
    await city.command("snapshot.restore", { name: snapshot.name });
    assert.deepEqual(
      [...new Set(await subjects(city))],
      subjectsOf(city, 2),
    );
  }));

Deno.test("snapshots restore asks the suppression list itself, should an erased person still be in the copy", () =>
  withCity(async (city) => {
    await city.send([opened(1), opened(2)]);
    const { name } = await city.command("snapshot.take");
    const folder = city.places.snapshots(CODE);
    const file = `${folder}/${name}/warehouse.duckdb`;
    const outside = `${city.dir}/copied.duckdb`;
    await Deno.copyFile(file, outside);
    await eraseNow(city, 1);
    // Somebody brings a copy back that no erasure could reach.
    await Deno.copyFile(outside, file);
    const scanned = await city.command("erase.scan");

    const restored = await city.command("snapshot.restore", { name });

    assert.equal(scanned.residue[`snapshot ${name} event`], 1);
    assert.ok(restored.erased > 0);
    assert.deepEqual(await subjects(city), subjectsOf(city, 2));
    await city.command("snapshot.remove", { name });
    assert.deepEqual(await city.command("erase.scan"), { residue: {} });
  }));

Deno.test("snapshots restore refuses to lose loads that are kept nowhere else, unless that is accepted", () =>
  withCity(async (city) => {
    await city.send([opened(1)]);
    const { name } = await city.command("snapshot.take");
    await city.send([opened(2), opened(3)]);
    const landed = `${city.places.landing(CODE)}/landed`;
    await Deno.remove(landed, { recursive: true });

    await assert.rejects(
      city.command("snapshot.restore", { name }),
      /1 loads \(2 rows\) are newer than the snapshot/,
    );
    assert.equal((await subjects(city)).length, 3);
    const restored = await city.command("snapshot.restore", {
      name,
      acceptLoss: true,
    });

    assert.equal(restored.lost, 2);
    assert.deepEqual(await subjects(city), subjectsOf(city, 1));
  }));

Deno.test("snapshots beyond those to be kept go, the oldest first", () =>
  withCity(async (city) => {
    const names: string[] = [];
    for (let n = 0; n < 5; n++) {
      city.move(1_000);
      names.push((await city.command("snapshot.take")).name);
    }

    const { snapshots } = await city.command("snapshot.list");

    assert.deepEqual(
      snapshots.map(({ name }: { name: string }) => name),
      names.slice(2).reverse(),
    );
    assert.equal(new Set(names).size, 5);
  }));
