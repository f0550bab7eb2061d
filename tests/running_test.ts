import { type Pipeline, PURPOSES } from "@hiraku/pipelines";
import assert from "node:assert/strict";
import { SMTPServer } from "smtp-server";
import { freePort } from "./free_port.ts";
import { people, peopleIn, type Sent, withCity } from "./rows/row_city.ts";

const opened = (who: number, at: string): Sent => ({
  type: "miniapp.opened",
  who,
  at,
});

Deno.test("plan says what would be computed and why, and backfill computes only what is asked for", () =>
  withCity(async (city) => {
    await city.post([
      ...people(12).map((who) => opened(who, "2026-10-14T10:00:00+09:00")),
      ...people(12).map((who) => opened(who, "2026-11-10T10:00:00+09:00")),
    ]);
    interface Plan {
      partitions: { asset: string; partition: string; reason: string }[];
      jobs: { job: string; next: string }[];
    }
    const usage = ({ partitions }: Plan) =>
      partitions.filter(({ asset }) => asset === "usage_month");
    const before: Plan = (await city.command("plan")).result;
    const october = await city.command("backfill", {
      asset: "usage_month",
      from: "2026-10",
      to: "2026-10",
    });
    const after: Plan = (await city.command("plan")).result;
    const nothing = await city.command("backfill", {
      asset: "usage_month",
      to: "2026-10",
    });
    const forced = await city.command("backfill", {
      asset: "usage_month",
      to: "2026-10",
      force: true,
    });
    const unknown = await city.command("backfill", { asset: "nothing" });
    const wrong = await city.command("backfill", {
      asset: "usage_month",
      from: "yesterday",
    });

    assert.deepEqual(
      usage(before).map(({ partition, reason }) => [partition, reason]),
      [["2026-10", "missing"], ["2026-11", "missing"]],
    );
    const computed = (done: { result: { computed: number } }) =>
      done.result.computed;
    assert.equal(computed(october), 1);
    assert.deepEqual(usage(after).map(({ partition }) => partition), [
      "2026-11",
    ]);
    assert.equal(computed(nothing), 0);
    assert.equal(computed(forced), 1);
    assert.equal(unknown.outcome, "failed");
    assert.equal(wrong.outcome, "failed");
    assert.match(JSON.stringify(wrong.result), /from/);
    assert.ok(before.jobs.some(({ job }) => job === "miniapp_usage"));
  }));

Deno.test("quarantined events are listed and shown without their persons, mended by a rule and landed once", () =>
  withCity(async (city) => {
    const scanned = (who: number, outcome: string): Sent => ({
      type: "credential.scanned",
      who,
      data: { context: "event", staffRole: "reception", outcome },
    });
    const receipt = await city.send([
      ...people(12).map((who) => scanned(who, "maybe 山田")),
      // Of an unknown type nothing is kept.
      { type: "credential.stolen", who: 50, data: { note: "山田" } },
    ]);
    assert.equal(receipt["quarantined"], 13);
    const { warehouse } = city.work;
    await city.until(async () =>
      (await warehouse.selectFrom("quarantine").selectAll().execute())
        .length === 13
    );
    const listed = await city.command("quarantine.list");
    const shown = await city.command("quarantine.show", {
      code: "invalid_value",
      limit: 3,
    });
    const still = await city.command("quarantine.replay", {
      code: "invalid_value",
      set: { "data.context": "somewhere" },
    });
    const refused = await city.command("quarantine.replay", {
      set: { subject: "1-abc" },
    });
    const replayed = await city.command("quarantine.replay", {
      code: "invalid_value",
      set: { "data.outcome": "confirmed" },
    });
    const again = await city.command("quarantine.replay", {
      set: { "data.outcome": "confirmed" },
    });
    const landed = async () =>
      (await warehouse.selectFrom("event").select("subject")
        .where("type", "=", "credential.scanned").execute()).length;
    await city.until(async () => await landed() === 12);
    await city.run("credentials");

    const text = JSON.stringify([listed, shown, still, replayed]);
    assert.equal(text.includes("山田"), false);
    assert.equal(/1-[0-9a-f]{32}/.test(JSON.stringify(shown)), false);
    const { groups } = listed.result as { groups: { rows: number }[] };
    assert.deepEqual(groups.map(({ rows }) => rows), [12, 1]);
    assert.deepEqual(still.result, {
      matched: 12,
      replayed: 0,
      stillBroken: 12,
    });
    assert.equal(refused.outcome, "failed");
    assert.deepEqual(replayed.result, {
      matched: 12,
      replayed: 12,
      stillBroken: 0,
    });
    assert.deepEqual(again.result, { matched: 1, replayed: 0, stillBroken: 1 });
    assert.equal(await landed(), 12);
    const table = await city.table("credentials", "scanned");
    assert.equal(peopleIn(table, { context: "event" }, "count"), 12);
  }));

const FAILING: Pipeline = {
  id: "failing",
  schedule: "publish",
  purpose: PURPOSES.usage,
  assets: [],
  run: () => Promise.reject(new TypeError("secret 090-0000-0000")),
};

Deno.test("a failing run alerts by webhook and mail once, tells its lineage, and shows as failed", async () => {
  const told: Record<string, unknown>[] = [];
  const lineage: Record<string, unknown>[] = [];
  const mails: string[] = [];
  const listener = Deno.serve(
    { hostname: "127.0.0.1", port: freePort(), onListen: () => {} },
    async (request) => {
      const body = await request.json();
      (new URL(request.url).pathname === "/alerts" ? told : lineage).push(body);
      return new Response(null, { status: 204 });
    },
  );
  const smtpPort = freePort();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (bytes: Uint8Array) => {
        text += new TextDecoder().decode(bytes);
      });
      stream.on("end", () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((ready) => smtp.listen(smtpPort, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${listener.addr.port}`;
  try {
    await withCity(async (city) => {
      for (let i = 0; i < 2; i++) {
        await assert.rejects(city.run("failing"), /failing: TypeError/);
      }
      while (lineage.length < 4 || mails.length < 1) {
        await new Promise((next) => setTimeout(next, 20));
      }
      assert.equal(told.length, 1);
      assert.equal(told[0]?.["object"], "failing");
      assert.equal(mails.length, 1);
      assert.match(mails[0] ?? "", /^To: engineer@city\.example$/m);
      assert.deepEqual(lineage.map((one) => one["eventType"]), [
        "START",
        "FAIL",
        "START",
        "FAIL",
      ]);
      const { run } = lineage[0] as { run: { runId: string } };
      assert.match(run.runId, /^[0-9a-f]{8}-[0-9a-f]{4}-/);
      const said = JSON.stringify([told, lineage, mails]);
      assert.equal(said.includes("090-0000"), false);
    }, {
      pipelines: [FAILING],
      running: {
        policies: {},
        reports: { webhookHosts: [] },
        alerts: {
          webhook: `${origin}/alerts`,
          mail: {
            host: "127.0.0.1",
            port: smtpPort,
            secure: false,
            from: "hiraku@city.example",
            to: ["engineer@city.example"],
          },
        },
        openLineage: `${origin}/lineage`,
      },
    });
  } finally {
    await listener.shutdown();
    await new Promise<void>((closed) => smtp.close(() => closed()));
  }
});
