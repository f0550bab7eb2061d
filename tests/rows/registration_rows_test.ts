import assert from "node:assert/strict";
import { people, peopleIn, type Sent, withCity } from "./row_city.ts";

const step = (
  attempt: number,
  step: number,
  outcome: string,
  more: Record<string, unknown> = {},
): Sent => ({
  type: "registration.step",
  source: { os: attempt % 2 === 0 ? "ios" : "android" },
  data: { route: "card", attemptId: `try-${attempt}`, step, outcome, ...more },
});

Deno.test("O36 O61 O60 O20 O39 O27 registration: funnels of both routes, methods, terms and devices", () =>
  withCity(async (city) => {
    // 80 begin by card, 60 enter the PIN, 40 are read; 12 phones cannot read.
    const card = [
      ...people(80).map((n) => step(n, 1, "done", { elapsedMs: 4_000 })),
      ...people(60).map((n) =>
        step(n, 2, "done", { elapsedMs: 1_000 * (n + 1) })
      ),
      ...people(40).map((n) => step(n, 3, "done", { elapsedMs: 9_000 })),
      ...people(12, 40).map((n) =>
        step(n, 3, "failed", { errorClass: "no_nfc", nfcCapable: false })
      ),
      // The same attempt twice is one.
      step(0, 1, "done", { elapsedMs: 4_000 }),
    ];
    const email = [
      ...people(30, 100).map((n) => step(n, 1, "done", { route: "email" })),
      // All but three of those who began: those three would be told.
      ...people(27, 100).map((n) => step(n, 2, "done", { route: "email" })),
      ...people(17, 100).map((n) => step(n, 5, "done", { route: "email" })),
    ];
    const registered = people(80).map((who): Sent => ({
      type: "account.registered",
      who,
      tier: who < 50 ? "jpki" : "email",
      data: {
        method: who < 30 ? "jpki-card" : who < 50 ? "jpki-phone" : "email",
        channelId: who < 15 ? "flyer" : "event-kaigo-fest",
      },
    }));
    const upgraded = people(12, 60).map((who): Sent => ({
      type: "account.upgraded",
      who,
      data: { from: "email", to: "jpki" },
    }));
    const agreed = people(40).map((who): Sent => ({
      type: "terms.agreed",
      who,
      data: { docVersion: "2025-10" },
    }));
    const sessions = people(40).map((who): Sent => ({
      type: "app.session.started",
      who,
      data: { nfcCapable: who < 28 },
    }));
    await city.post([
      ...card,
      ...email,
      ...registered,
      ...upgraded,
      ...agreed,
      ...sessions,
    ]);
    await city.run("registration");

    const completed = await city.table("registration", "completed");
    assert.equal(peopleIn(completed, { route: "card", step: "1" }), 80);
    assert.equal(peopleIn(completed, { route: "card", step: "2" }), 60);
    assert.equal(peopleIn(completed, { route: "card", step: "3" }), 40);
    assert.equal(peopleIn(completed, { route: "email", step: "1" }), 30);
    assert.equal(peopleIn(completed, { route: "email", step: "2" }), undefined);
    assert.equal(peopleIn(completed, { route: "email", step: "5" }), 17);
    assert.notEqual(peopleIn(completed, { route: "card", step: "1" }), 81);
    const failures = await city.table("registration", "failures");
    assert.equal(
      peopleIn(failures, { route: "card", errorClass: "no_nfc" }),
      12,
    );
    const byOs = await city.table("registration", "completed_by_os");
    assert.equal(
      peopleIn(byOs, { route: "card", step: "3", os: "android" }),
      20,
    );
    const times = await city.table("registration", "step_times");
    // Of 1 to 60 seconds.
    assert.equal(
      peopleIn(times, { route: "card", step: "2" }, "median"),
      30.5,
    );
    const methods = await city.table("registration", "registered");
    assert.equal(peopleIn(methods, { method: "jpki-card" }), 30);
    assert.equal(peopleIn(methods, { method: "jpki-phone" }), 20);
    assert.equal(peopleIn(methods, { method: "email" }), 30);
    const channels = await city.table("registration", "channels");
    assert.equal(peopleIn(channels, { channelId: "flyer" }), 15);
    assert.equal(peopleIn(channels, { channelId: "event-kaigo-fest" }), 65);
    const changes = await city.table("registration", "changes");
    assert.equal(peopleIn(changes, { change: "upgraded" }), 12);
    const terms = await city.table("registration", "terms");
    assert.equal(peopleIn(terms, { docVersion: "2025-10" }), 40);
    const devices = await city.table("registration", "devices");
    assert.equal(peopleIn(devices, { nfc: "true" }), 28);
    assert.equal(peopleIn(devices, { nfc: "false" }), 12);
  }));
