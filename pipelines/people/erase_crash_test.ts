import assert from "node:assert/strict";
import { fixedClock, silentLog } from "@hiraku/kernel";
import { type City, city, line, person } from "../_sample.ts";
import { land } from "../land.ts";
import { erase } from "./erase.ts";
import { residueOf } from "./residue.ts";

const BOUNDARIES = [
  "erase.begin",
  "erase.deleted",
  "erase.committed",
  "erase.cut",
  "rewrite.copied",
  "rewrite.closed",
  "rewrite.renamed",
  "erase.rewritten",
];

for (const place of BOUNDARIES) {
  Deno.test(`erase() goes on to the same end when killed at ${place}`, async () => {
    const saga = await city();
    await saga.segment("01A.ndjson", [line(1), line(2), line(3)]);
    await saga.segment("01B.ndjson", [
      line(4, { subject: person(1) }),
      line(5, { subject: person(1), fault: { code: "x", field: "y" } }),
    ]);
    await land(saga.warehouse, {
      dir: saga.landing,
      clock: fixedClock("2026-11-20T01:00:00Z"),
      log: silentLog,
      run: "run-1",
    });
    await saga.warehouse.destroy();

    const killed = await eraseInChild(saga.dir, person(1), place);
    const after = await saga.reopen();
    const erased = await erase(after.warehouse, {
      landing: after.landing,
      subjects: [person(1)],
      request: "request-1",
    });

    assert.equal(killed.signal, "SIGKILL");
    assert.deepEqual(erased, {
      deleted: { event: 2, quarantine: 1 },
      linesCut: 3,
    });
    assert.deepEqual(
      await residueOf(after.warehouse, placesOf(after), [
        person(1),
      ]),
      {},
    );
    const left = await after.warehouse.selectFrom("event").select("subject")
      .orderBy("subject").execute();
    assert.deepEqual(left.map(({ subject }) => subject), [
      person(2),
      person(3),
    ]);
    await assert.rejects(Deno.stat(`${after.dir}/warehouse.duckdb.rewritten`));
    await after.close();
  });
}

function placesOf({ dir, landing }: City) {
  return {
    landing,
    inbox: `${dir}/inbox`,
    warehouse: `${dir}/warehouse.duckdb`,
    folder: dir,
  };
}

async function eraseInChild(
  dir: string,
  subject: string,
  place: string,
): Promise<Deno.CommandStatus> {
  const script = new URL("_erase_and_die.ts", import.meta.url).pathname;
  const { code, signal, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, dir, subject, place],
    stdout: "null",
    stderr: "null",
  }).output();
  return { code, signal, success };
}
