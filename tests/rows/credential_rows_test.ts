import assert from "node:assert/strict";
import { people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, who, data, ...more });

Deno.test("S08 O37 S49 S55 S38 S04 S25 O26 S74 S72 credentials: issued by age band, shown by mode, scanned by role, cards, GX", () =>
  withCity(async (city) => {
    await city.post([
      ...people(40).map((who) => ev("credential.issued", who, { kind: "id" })),
      ...people(20, 100).map((who) =>
        ev("credential.issued", who, { kind: "gx" })
      ),
      ...people(12).map((who) =>
        ev("credential.revoked", who, { kind: "id", reason: "moved" })
      ),
      ...people(15).map((who) =>
        ev("credential.presented", who, { context: "shelter" }, {
          mode: "disaster",
        })
      ),
      ...people(25).map((who) =>
        ev("credential.presented", who, { context: "facility" })
      ),
      ...people(18).map((who) =>
        ev("credential.scanned", who, {
          context: "event",
          staffRole: "reception",
        })
      ),
      ...people(14).map((who) => ev("credential.added", who, { type: "work" })),
      ...people(30).map((who) =>
        ev("card.presented", who, { type: "library" })
      ),
    ]);
    await city.run("credentials");

    const issued = await city.table("credentials", "issued");
    assert.equal(peopleIn(issued, { kind: "id", change: "issued" }), 40);
    assert.equal(peopleIn(issued, { kind: "gx", change: "issued" }), 20);
    assert.equal(peopleIn(issued, { kind: "id", change: "revoked" }), 12);
    // Half of the holders are 70 to 74, the others 40 to 44.
    const bands = await city.table("credentials", "issued_by_age_band");
    const of = (band: string) =>
      peopleIn(bands, { kind: "id", change: "issued", ageBand: band }) ?? 0;
    assert.equal(of("70-74") / (of("70-74") + of("40-44")), 0.5);
    const shown = await city.table("credentials", "presented");
    assert.equal(peopleIn(shown, { context: "shelter", mode: "disaster" }), 15);
    assert.equal(peopleIn(shown, { context: "shelter", mode: "normal" }), 0);
    assert.equal(peopleIn(shown, { context: "facility", mode: "normal" }), 25);
    const scanned = await city.table("credentials", "scanned");
    assert.equal(
      peopleIn(scanned, { context: "event", staffRole: "reception" }, "count"),
      18,
    );
    assert.equal(
      peopleIn(await city.table("credentials", "added"), { kind: "work" }),
      14,
    );
    assert.equal(
      peopleIn(await city.table("credentials", "cards"), { kind: "library" }),
      30,
    );
    // What a scan shows on the terminal is refused by name.
    const named = await city.send([
      ev("credential.scanned", 1, {
        context: "event",
        staffRole: "reception",
        name: "佐賀 花子",
      }),
    ]);
    assert.equal(JSON.stringify(named).includes("花子"), false);
    assert.equal(named["accepted"], 0);
  }));
