import { systemClock, ulid } from "@hiraku/kernel";
import {
  type Erasure,
  listErasures,
  openControl,
  requestCommand,
  requestErasure,
} from "@hiraku/kernel/control";
import { openWarehouse } from "@hiraku/pipelines";
import { openPseudonymiser } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { newPlatform, type Platform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";

const PLACES = [
  "erase.begin",
  "erase.deleted",
  "erase.committed",
  "erase.cut",
  "rewrite.copied",
  "rewrite.closed",
  "rewrite.renamed",
  "erase.rewritten",
  "erase.certified",
];
const { code } = sampleCity;
const pid = (n: number) => `person_${String(n).padStart(4, "0")}`;

Deno.test("kill -9 anywhere in an erasure ends in the same certificate, and nobody else is touched", async () => {
  const platform = await newPlatform([sampleCity], {
    schedules: { landEveryMs: 40 },
  });
  const serve = platform.start("serve");
  await platform.listening();
  await send(platform, PLACES.length + 20);
  await serve.kill("SIGTERM");

  for (const [n, place] of PLACES.entries()) {
    const work = platform.start("work", place);
    await ask(platform, n);
    const { signal } = await work.ended;
    assert.equal(signal, "SIGKILL", place);
  }
  const last = platform.start("work");
  const erasures = await certified(platform, PLACES.length);
  await last.kill("SIGTERM");

  for (const { certificate } of erasures) {
    assert.deepEqual(certificate?.residue, {});
    assert.equal(certificate?.persons, 1);
  }
  const warehouse = await openWarehouse(platform.places.warehouse(code));
  const rows = await warehouse.selectFrom("event").select("subject").execute();
  await warehouse.destroy();
  const keyring = openPseudonymiser(platform.places.pseudonymKey(code));
  const left = Array.from(
    { length: 20 },
    (_, n) => keyring.subject(pid(PLACES.length + n)),
  );
  assert.deepEqual(rows.map(({ subject }) => subject).sort(), left.sort());
});

async function send(platform: Platform, people: number): Promise<void> {
  const key = await platform.key({
    municipality: code,
    eventTypes: ["miniapp.*"],
  });
  const now = systemClock.now();
  const response = await fetch(`${platform.origin}/api/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(
      Array.from({ length: people }, (_, n) => ({
        eventId: ulid(now.getTime()),
        type: "miniapp.opened",
        occurredAt: now.toISOString(),
        source: { miniApp: "252018-ma-01" },
        subject: { pid: pid(n), tier: "jpki", consent: ["r1"] },
      })),
    ),
  });
  assert.equal((await response.json()).accepted, people);
}

/** Asks for the erasure of person `n` as the command line does. */
async function ask({ places }: Platform, n: number): Promise<void> {
  const control = await openControl(places.control);
  const keyring = openPseudonymiser(places.pseudonymKey(code));
  const request = await requestErasure(control, systemClock, {
    municipality: code,
    subjects: [keyring.subject(pid(n))],
    requestedBy: "test",
  });
  await requestCommand(control, systemClock, {
    municipality: code,
    kind: "erase",
    arguments: { request },
    requestedBy: "test",
  });
  await control.destroy();
}

async function certified(
  { places }: Platform,
  count: number,
): Promise<Erasure[]> {
  const control = await openControl(places.control);
  for (let i = 0; i < 600; i++) {
    const done = (await listErasures(control, code))
      .filter(({ certificate }) => certificate !== null);
    if (done.length === count) {
      await control.destroy();
      return done;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The erasures were not done");
}
