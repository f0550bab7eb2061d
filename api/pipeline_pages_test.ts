import {
  finishRun,
  recordQuarantine,
  recordStatuses,
  startRun,
} from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { withStaff } from "./_staff_city.ts";

const PAGE = "/admin/pipelines/412015";

Deno.test("pipelines shows runs that add up, freshness and quarantine to section and admin alone, in both languages", () =>
  withStaff(async (city) => {
    const { control, clock } = city;
    const run = await startRun(control, clock, "412015", "land");
    await finishRun(control, clock, run, "succeeded", {
      rowsIn: 10,
      landed: 7,
      duplicate: 2,
      quarantined: 1,
      suppressed: 0,
    });
    await recordStatuses(control, "412015", [{
      municipality: "412015",
      asset: "miniapp_usage",
      newest: "2026-10",
      lastSuccessAt: "2026-11-01T00:00:00.000Z",
      dueAt: "2026-11-02T00:00:00.000Z",
      state: "late",
      waiting: 3,
    }]);
    await recordQuarantine(control, "412015", [
      {
        type: "shelter.checked_in",
        code: "unknown_key",
        field: "data.x",
        rows: 4,
      },
    ]);
    const section = await city.signIn("section");
    const analyst = await city.signIn("analyst");

    const ja = await (await city.ask(PAGE, { session: section })).text();
    const en = await (await city.ask(`/en${PAGE}`, { session: section }))
      .text();
    const asked = await city.ask(`${PAGE}/run`, {
      session: section,
      form: { pipeline: "miniapp_usage" },
    });
    const refused = await city.ask(PAGE, { session: analyst });
    const refusedRun = await city.ask(`${PAGE}/run`, {
      session: analyst,
      form: { pipeline: "miniapp_usage" },
    });
    const anonymous = await city.ask(PAGE);
    const commands = await control.selectFrom("command").select("arguments")
      .execute();

    assert.match(ja, /ミニアプリ利用状況[^]*▲ 遅れ[^]*2026-10/);
    assert.match(ja, /shelter\.checked_in[^]*unknown_key[^]*data\.x/);
    assert.match(ja, /一致/);
    assert.match(en, /Mini-app usage[^]*▲ Late/);
    assert.equal(/遅れ/.test(en), false);
    assert.equal(asked.status, 303);
    assert.equal(refused.status, 403);
    assert.equal(refusedRun.status, 403);
    assert.equal(anonymous.status, 303);
    assert.deepEqual(commands.map((one) => one.arguments), [
      JSON.stringify({ pipeline: "miniapp_usage" }),
    ]);
  }));
