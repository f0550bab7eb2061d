import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("O32 O33 O62 S33 S70 S75 O02 O28 app: QR to first use, taps, single sign-on, home screen, versions, modes apart", () =>
  withCity(async (city) => {
    const app = {
      source: { miniApp: `${CODE}-ma-02`, os: "ios", appVersion: "2.5.0" },
    };
    const scan = (who: number) =>
      ev("qr.scanned", who, { kind: "miniapp", placementId: "hall-1" }, {
        ...app,
        at: "2026-10-14T09:00:00+09:00",
      });
    await city.post([
      ...people(50).map(scan),
      ...people(11).map((who) =>
        ev("qr.scanned", who, {
          kind: "event",
          placementId: "hall-1",
          outcome: "expired",
        }, app)
      ),
      ...people(30).map((who) =>
        ev(
          "miniapp.installed",
          who,
          { source: "qr", placementId: "hall-1" },
          app,
        )
      ),
      ...people(20).map((who) =>
        ev("miniapp.opened", who, { taps: 2, fromHomeMs: 3_000 }, app)
      ),
      // Opened without a scan.
      ...people(25, 100).map((who) =>
        ev("miniapp.opened", who, { taps: 4, fromHomeMs: 9_000 }, app)
      ),
      ...people(60).map((who) =>
        ev("miniapp.listed", who, { position: 3 }, app)
      ),
      ...people(40).map((who) =>
        ev("auth.login", who, { idp: "jpki", singleSignOn: who < 28 })
      ),
      ...people(10, 200).map((who) =>
        ev("auth.failed", who, { idp: "jpki", reason: "expired" })
      ),
      ...people(33).map((who) =>
        ev("home.arranged", who, {
          order: [`${CODE}-ma-03`, `${CODE}-ma-01`, `${CODE}-ma-02`],
        })
      ),
      ...people(35).map((who) =>
        ev("app.session.started", who, { featureFlags: ["new-home"] }, app)
      ),
      ...people(12).map((who) =>
        ev("miniapp.error", who, { class: "timeout" }, app)
      ),
      ...people(24).map((who) =>
        ev("miniapp.opened", who, {}, { mode: "drill" })
      ),
      ...people(18).map((who) =>
        ev("miniapp.closed", who, { durationMs: 5_000, completed: true }, app)
      ),
    ]);
    await city.run("app_use");
    const table = (name: string) => city.table("app_use", name);

    const way = await table("qr_to_use");
    assert.deepEqual(
      ["scanned", "installed", "opened"].map((step) => peopleIn(way, { step })),
      [50, 30, 20],
    );
    const qr = await table("qr");
    assert.equal(peopleIn(qr, { kind: "event", outcome: "expired" }), 11);
    assert.equal(
      peopleIn(await table("installs"), {
        source: "qr",
        placementId: "hall-1",
      }),
      30,
    );
    const taps = await table("taps");
    // Twenty at two taps and twenty-five at four.
    assert.equal(
      peopleIn(taps, { miniAppId: `${CODE}-ma-02` }, "mean"),
      (20 * 2 + 25 * 4) / 45,
    );
    const listings = await table("listings");
    assert.equal(
      peopleIn(listings, { miniAppId: `${CODE}-ma-02`, step: "listed" }),
      60,
    );
    const logins = await table("logins");
    assert.equal(peopleIn(logins, { idp: "jpki", outcome: "sso" }), 28);
    assert.equal(peopleIn(logins, { idp: "jpki", outcome: "failed" }), 10);
    const home = await table("home");
    assert.equal(
      peopleIn(home, { miniAppId: `${CODE}-ma-03`, place: "top" }),
      33,
    );
    const sessions = await table("sessions");
    assert.equal(peopleIn(sessions, { appVersion: "2.5.0" }), 35);
    assert.equal(
      peopleIn(await table("errors"), {
        appVersion: "2.5.0",
        errorClass: "timeout",
      }),
      12,
    );
    assert.equal(
      peopleIn(await table("features"), { feature: "new-home" }),
      35,
    );
    const modes = await table("modes");
    assert.equal(peopleIn(modes, { mode: "drill" }), 24);
    assert.equal(peopleIn(modes, { mode: "normal" }), 45);
    assert.equal(
      peopleIn(await table("tasks"), {
        miniAppId: `${CODE}-ma-02`,
        completed: "true",
      }),
      18,
    );
  }));
