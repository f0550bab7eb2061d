import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const MA = (n: number) => ({
  source: { miniApp: `${CODE}-ma-0${n}`, os: "ios" },
});
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

Deno.test("O08 O09 O34 S03 S31 S39 S42 S71 messages: targets against reach by district, push by topic and mini-app, waste, interest", () =>
  withCity(async (city) => {
    await city.post([
      {
        type: "message.campaign.created",
        mode: "disaster",
        data: {
          campaignId: "evac-1",
          audienceRule: "rule-1",
          audienceSize: 120,
          disasterOverride: true,
          overrideReason: "evacuation",
        },
      },
      ...["sent", "delivered", "opened"].flatMap((step, at) =>
        people(90 - at * 30).map((who) =>
          ev(`message.${step}`, who, { campaignId: "evac-1" }, {
            mode: "disaster",
          })
        )
      ),
      ...people(60).map((who) =>
        ev("push.sent", who, { topic: "waste" }, MA(1))
      ),
      ...people(60).map((who) =>
        ev("push.sent", who, { topic: "waste" }, MA(1))
      ),
      ...people(40).map((who) =>
        ev("push.opened", who, { topic: "waste" }, MA(1))
      ),
      ...people(11).map((who) =>
        ev("push.optout", who, { topic: "waste" }, MA(1))
      ),
      ...people(30).map((who) =>
        ev("waste.reminder.sent", who, { area: "a1" })
      ),
      ...people(20).map((who) =>
        ev("waste.reminder.opened", who, { area: "a1" })
      ),
      ...people(25).map((who) => ev("popup.shown", who, { popupId: "p1" })),
      ...people(15).map((who) => ev("popup.closed", who, { popupId: "p1" })),
      ...people(36).map((who) =>
        ev("preference.changed", who, {
          topics: who < 24 ? ["waste", "childcare"] : ["waste"],
        })
      ),
      ...people(33).map((who) =>
        ev("preference.area.changed", who, { districts: [`${CODE}-sd-03`] })
      ),
      {
        type: "safety.mail.sent",
        mode: "disaster",
        data: { count: 40, failed: 12 },
      },
    ]);
    await city.run("messages");

    const target = await city.table("messages", "targets");
    assert.equal(
      peopleIn(target, {
        campaignId: "evac-1",
        mode: "disaster",
        override: "true",
      }),
      120,
    );
    const reach = await city.table("messages", "campaigns");
    const at = (step: string) =>
      peopleIn(reach, { campaignId: "evac-1", step });
    assert.deepEqual([at("sent"), at("delivered"), at("opened")], [90, 60, 30]);
    const byDistrict = await city.table("messages", "campaigns_by_district");
    assert.equal(
      peopleIn(byDistrict, {
        campaignId: "evac-1",
        step: "sent",
        districtCode: `${CODE}-sd-01`,
      }),
      30,
    );
    const modes = await city.table("messages", "reach");
    assert.equal(peopleIn(modes, { mode: "disaster", step: "opened" }), 30);
    assert.notEqual(peopleIn(modes, { mode: "normal", step: "opened" }), 30);
    const pushes = await city.table("messages", "pushes");
    assert.equal(peopleIn(pushes, { topic: "waste", step: "sent" }), 60);
    // Two pushes a person.
    assert.equal(
      peopleIn(pushes, { topic: "waste", step: "sent" }, "count"),
      120,
    );
    assert.equal(peopleIn(pushes, { topic: "waste", step: "optout" }), 11);
    const apps = await city.table("messages", "push_apps");
    assert.equal(
      peopleIn(apps, { miniAppId: `${CODE}-ma-01`, step: "opened" }),
      40,
    );
    const waste = await city.table("messages", "waste");
    assert.equal(peopleIn(waste, { area: "a1", step: "opened" }), 20);
    const popups = await city.table("messages", "popups");
    assert.equal(peopleIn(popups, { popupId: "p1", step: "closed" }), 15);
    const topics = await city.table("messages", "topics");
    assert.equal(peopleIn(topics, { topic: "waste" }), 36);
    assert.equal(peopleIn(topics, { topic: "childcare" }), 24);
    // Areas of interest are not where people live.
    const areas = await city.table("messages", "areas");
    assert.equal(peopleIn(areas, { areaCode: `${CODE}-sd-03` }), 33);
    const residence = await city.table("messages", "areas_by_district");
    assert.equal(
      peopleIn(residence, {
        areaCode: `${CODE}-sd-03`,
        districtCode: `${CODE}-sd-01`,
      }),
      11,
    );
    const mails = await city.table("messages", "safety_mails");
    assert.equal(peopleIn(mails, { mode: "disaster", outcome: "sent" }), 28);
    assert.equal(peopleIn(mails, { mode: "disaster", outcome: "failed" }), 12);
  }));

Deno.test("O10 O11 O04 S20 S22 S29 S32 S79 S80 S81 content: click-through by position, attachments, topics by hour and origin, searches without result, links by day", () =>
  withCity(async (city) => {
    const article = (type: string, who: number, rank: number) =>
      ev(type, who, { articleId: "a1", rank, rankerVersion: "r3" });
    await city.post([
      ...people(50).map((who) => article("article.impression", who, 1)),
      ...people(50).map((who) => article("article.impression", who, 2)),
      ...people(30).map((who) => article("article.opened", who, 1)),
      ...people(12).map((who) => article("article.opened", who, 2)),
      ...people(16).map((who) => ev("ranking.optout", who, { optedOut: true })),
      ...people(20).map((who) =>
        ev("attachment.opened", who, {
          mime: "application/pdf",
          bytes: 1_000,
          altTextPresent: false,
        })
      ),
      ...people(31).map((who) =>
        ev("attachment.opened", who, {
          mime: "image/png",
          bytes: 1_000,
          altTextPresent: true,
        })
      ),
      ...people(28).map((who) =>
        ev("content.opened", who, { topic: "weather" }, {
          at: "2026-10-14T07:10:00+09:00",
        })
      ),
      ...people(22).map((who) =>
        ev("content.opened", who, { topic: "traffic" })
      ),
      ...people(26).map((who) =>
        ev("content.opened", who, { topic: "tourism" })
      ),
      ...people(24).map((who) =>
        ev("content.opened", who, { topic: "vaccination", childAgeBand: "0-4" })
      ),
      ...people(21).map((who) =>
        ev("content.opened", who, { topic: "health" })
      ),
      ...people(35).map((who) =>
        ev("content.searched", who, {
          termHash: "ab12".repeat(8),
          topic: "waste",
          hits: who < 20 ? 3 : 0,
        })
      ),
      ...people(27).map((who) =>
        ev("link.outbound", who, { target: "ballooners-tickets" }, {
          at: "2026-10-17T18:00:00+09:00",
        })
      ),
      ...people(13).map((who) => ev("share.outbound", who, { target: "line" })),
    ]);
    await city.run("content_use");

    const positions = await city.table("content_use", "positions");
    const clicks = (position: string) =>
      (peopleIn(positions, { position, step: "opened" }) ?? 0) /
      (peopleIn(positions, { position, step: "impression" }) ?? 1);
    assert.deepEqual([clicks("1"), clicks("2")], [30 / 50, 12 / 50]);
    assert.equal(
      peopleIn(await city.table("content_use", "ranking_choice"), {
        optedOut: "true",
      }),
      16,
    );
    const attachments = await city.table("content_use", "attachments");
    assert.equal(peopleIn(attachments, { mime: "pdf", altText: "false" }), 20);
    assert.equal(peopleIn(attachments, { mime: "image", altText: "true" }), 31);
    const topics = await city.table("content_use", "topics");
    assert.equal(peopleIn(topics, { topic: "traffic" }), 22);
    assert.equal(peopleIn(topics, { topic: "health" }), 21);
    const origin = await city.table("content_use", "topics_by_origin");
    assert.equal(
      peopleIn(origin, { topic: "tourism", origin: "resident" }),
      26,
    );
    const hours = await city.table("content_use", "topic_hours");
    assert.equal(peopleIn(hours, { topic: "weather", hour: "07" }), 28);
    const children = await city.table("content_use", "children");
    assert.equal(
      peopleIn(children, { topic: "vaccination", childAgeBand: "0-4" }),
      24,
    );
    const searches = await city.table("content_use", "searches");
    assert.equal(peopleIn(searches, { topic: "waste", result: "none" }), 15);
    const terms = await city.table("content_use", "terms");
    assert.equal(
      peopleIn(terms, { term: "ab12".repeat(8), result: "found" }),
      20,
    );
    const outbound = await city.table("content_use", "outbound_days");
    assert.equal(
      peopleIn(outbound, { target: "ballooners-tickets", date: "2026-10-17" }),
      27,
    );
    const shared = await city.table("content_use", "outbound");
    assert.equal(peopleIn(shared, { target: "line", kind: "share" }), 13);
    // The word itself is refused.
    const said = await city.send([
      ev("content.searched", 1, {
        term: "粗大ごみ",
        termHash: "ab12".repeat(8),
        hits: 1,
      }),
    ]);
    assert.notEqual(said["accepted"], 1);
  }));

Deno.test("O12 O13 O14 O52 O53 O54 S30 O42 O41 events: attendance by attributes, stay, peak, drills apart, points, volunteers", () =>
  withCity(async (city) => {
    const at = (minute: number) =>
      new Date(Date.parse("2026-10-10T01:00:00Z") + minute * 60_000)
        .toISOString();
    await city.keep("events", {
      id: "festa",
      title: "介護フェスタ",
      category: "event",
      startsOn: "2026-10-10",
      endsOn: "2026-10-10",
      points: 100,
    }, {
      id: "lecture",
      title: "講座",
      category: "lecture",
      startsOn: "2026-10-11",
      endsOn: "2026-10-11",
    });
    await city.post([
      ...people(48).map((who) =>
        ev("event.checked_in", who, {
          eventRef: "festa",
          method: "qr",
          receptionMs: 2_000,
        }, { at: at(who) })
      ),
      // Everyone stays 60 minutes.
      ...people(48).map((who) =>
        ev("event.checked_out", who, { eventRef: "festa" }, {
          at: at(who + 60),
        })
      ),
      ...people(30).map((who) =>
        ev("event.checked_in", who, { eventRef: "lecture", method: "paper" })
      ),
      ...people(60).map((who) =>
        ev("event.checked_in", who, { eventRef: "drill-1", method: "qr" }, {
          mode: "drill",
        })
      ),
      ...people(48).map((who) =>
        ev("point.granted", who, {
          ledger: "city",
          amount: 100,
          ruleId: "event-festa",
          ref: "festa",
        })
      ),
      ...people(80).map((who) =>
        ev("event.viewed", who, { eventRef: "festa" })
      ),
      ...people(55).map((who) =>
        ev("event.applied", who, { eventRef: "festa" })
      ),
      ...people(12).map((who) =>
        ev("event.cancelled", who, { eventRef: "festa" })
      ),
      ...people(26).map((who) =>
        ev("facility.visited", who, { facilityId: "history-museum" })
      ),
      ...people(20).map((who) =>
        ev("volunteer.participated", who, {
          activityRef: "clean-up",
          hours: 2.5,
        })
      ),
    ]);
    await city.run("event_attendance");
    const table = (name: string) => city.table("event_attendance", name);

    const attendance = await table("attendance");
    assert.equal(peopleIn(attendance, { eventRef: "festa" }), 48);
    const cross = await table("attendance_by_age_sex");
    // Of 48: half 40–44, half of those male.
    assert.equal(
      peopleIn(cross, { eventRef: "festa", ageGroup: "40-64", sex: "male" }),
      12,
    );
    const districts = await table("attendance_by_district");
    assert.equal(
      peopleIn(districts, { eventRef: "festa", districtCode: `${CODE}-sd-02` }),
      16,
    );
    const modes = await table("modes");
    assert.equal(peopleIn(modes, { mode: "drill" }), 60);
    assert.equal(peopleIn(modes, { mode: "normal" }), 48);
    assert.notEqual(peopleIn(modes, { mode: "normal" }), 108);
    const drills = await table("modes_by_district");
    assert.equal(
      peopleIn(drills, { mode: "drill", districtCode: `${CODE}-sd-01` }),
      20,
    );
    assert.equal(
      peopleIn(await table("stays"), { eventRef: "festa" }, "median"),
      60,
    );
    // One enters a minute and leaves after an hour: all 48 are there together.
    assert.equal(peopleIn(await table("peaks"), { eventRef: "festa" }), 48);
    const effect = await table("points_effect");
    assert.deepEqual(
      ["people", "events", "points"].map((measure) =>
        peopleIn(effect, { offered: "yes" }, measure)
      ),
      [48, 1, 4_800],
    );
    assert.equal(peopleIn(effect, { offered: "no" }, "attendances"), 30);
    const applied = await table("applications");
    assert.equal(peopleIn(applied, { eventRef: "festa", step: "applied" }), 55);
    assert.equal(
      peopleIn(applied, { eventRef: "festa", step: "cancelled" }),
      12,
    );
    assert.equal(
      peopleIn(await table("facilities"), { facilityId: "history-museum" }),
      26,
    );
    const hours = await table("volunteers");
    assert.equal(
      peopleIn(hours, { activityRef: "clean-up" }, "amount"),
      20 * 150,
    );
  }));
