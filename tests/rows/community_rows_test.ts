import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("S24 S40 S43 S44 O29 O30 O31 S34 S41 S46 S50 S84 S86 S67 community, consent, support, AI", () =>
  withCity(async (city) => {
    await city.keep("contracts", {
      id: "c-1",
      from: `${CODE}-ma-01`,
      to: "partner-bus",
      items: ["district"],
      purpose: "city-services",
      validFrom: "2026-04-01",
    });
    const flow = (contractId: string, rows: number) =>
      ev("dataflow.shared", undefined, {
        from: `${CODE}-ma-01`,
        to: "partner-bus",
        contractId,
        items: ["district"],
        rows,
      });
    await city.post([
      ...people(30).map((who) =>
        ev("post.created", who, {
          postId: `post-${who}`,
          districtCode: `${CODE}-sd-01`,
          category: "festival",
          recruiting: true,
        })
      ),
      ...people(45).map((who) =>
        ev("post.rsvp", who, {
          postId: "post-1",
          answer: who < 30 ? "join" : "decline",
        })
      ),
      ...people(21).map((who) =>
        ev("mappost.created", who, {
          mapPostId: `mp-${who}`,
          category: "history",
          mesh500: "493002541",
          photo: true,
        })
      ),
      ...people(18).map((who) =>
        ev("mutualaid.offered", who, { category: "snow" })
      ),
      ev("community.activity.reported", undefined, {
        districtCode: `${CODE}-sd-02`,
        kind: "clean-up",
        date: "2026-10-08",
        participants: 42,
      }),
      ...people(40).map((who) =>
        ev("consent.granted", who, {
          receiptId: `r-${who}`,
          purposeId: "usage-statistics",
          policyVersion: "2026",
        })
      ),
      ...people(15, 40).map((who) =>
        ev("consent.denied", who, {
          purposeId: "usage-statistics",
          policyVersion: "2026",
        })
      ),
      ...people(16).map((who) =>
        ev("idlink.created", who, { recipient: "partner-bus" })
      ),
      flow("c-1", 120),
      flow("c-1", 30),
      flow("c-9", 7),
      ...people(26).map((who) =>
        ev("feedback.submitted", who, {
          feedbackId: `f-${who}`,
          category: "roads",
          topics: ["lighting"],
        }, { at: "2026-10-10T09:00:00+09:00" })
      ),
      ...people(13).map((who) =>
        ev("feedback.replied", undefined, {
          feedbackId: `f-${who}`,
          status: "done",
          changeMade: who < 5,
        }, { at: "2026-10-12T09:00:00+09:00" })
      ),
      ...people(24).map((who) =>
        ev("support.session", who, {
          place: "hall-3",
          topic: "registration",
          outcome: "resolved",
        }, { at: "2026-10-08T09:00:00+09:00" })
      ),
      ...people(14).map((who) =>
        ev("miniapp.opened", who, {}, { at: "2026-10-20T09:00:00+09:00" })
      ),
      ev("class.held", undefined, {
        kind: "app",
        place: "hall-3",
        districtCode: `${CODE}-sd-03`,
        organiser: "community",
        attendees: 14,
        date: "2026-10-08",
      }),
      ev("sandbox.used", undefined, {
        exercise: "dashboard-1",
        outcome: "completed",
        people: 6,
      }),
      ...people(32).map((who) =>
        ev("ai.query", who, {
          intent: "hospital-nearby",
          answered: who < 20,
          tokens: 800,
          costYen: 0.5,
          sources: ["ods-a-09"],
        })
      ),
    ]);
    for (
      const name of [
        "community_activity",
        "consent_status",
        "support",
        "ai_guide",
      ]
    ) await city.run(name);

    const community = (name: string) => city.table("community_activity", name);
    assert.equal(
      peopleIn(await community("posts"), { category: "festival" }),
      30,
    );
    assert.equal(peopleIn(await community("answers"), { answer: "join" }), 30);
    assert.equal(
      peopleIn(await community("answers"), { answer: "decline" }),
      15,
    );
    assert.equal(
      peopleIn(await community("map_posts"), { category: "history" }),
      21,
    );
    assert.equal(
      peopleIn(await community("mutual_aid"), { step: "offered" }),
      18,
    );
    // Each active person once: the 45 who replied include all others.
    assert.equal(peopleIn(await community("active"), { scope: "all" }), 45);
    assert.equal(
      peopleIn(await community("activities"), {
        districtCode: `${CODE}-sd-02`,
      }),
      42,
    );
    const consent = (name: string) => city.table("consent_status", name);
    const decisions = await consent("decisions");
    const decided = (decision: string) =>
      peopleIn(decisions, { purposeId: "usage-statistics", decision }) ?? 0;
    assert.equal(
      decided("granted") / (decided("granted") + decided("denied")),
      40 / 55,
    );
    assert.equal(
      peopleIn(await consent("id_links"), {
        recipient: "partner-bus",
        step: "created",
      }),
      16,
    );
    const flows = await consent("flows");
    assert.equal(
      peopleIn(flows, { contractId: "c-1", registered: "yes" }, "rows"),
      150,
    );
    assert.equal(
      peopleIn(flows, { contractId: "c-9", registered: "no" }, "rows"),
      7,
    );
    const support = (name: string) => city.table("support", name);
    const [reply] = await support("replies");
    assert.deepEqual(
      ["received", "answered", "changed", "days"].map((name) => reply?.[name]),
      [26, 13, 5, 2],
    );
    assert.equal(peopleIn(await support("voices"), { topic: "lighting" }), 26);
    assert.equal(
      peopleIn(await support("sessions"), {
        topic: "registration",
        outcome: "resolved",
      }),
      24,
    );
    // Fourteen of twenty-four used the app within 30 days; ten did not.
    const helped = await support("helped");
    assert.equal(peopleIn(helped, { later: "used" }), 14);
    assert.equal(peopleIn(helped, { later: "unused" }), 10);
    assert.equal(
      peopleIn(await support("classes_held"), {
        districtCode: `${CODE}-sd-03`,
      }, "count"),
      1,
    );
    assert.equal(
      peopleIn(await support("classes"), { organiser: "community" }),
      14,
    );
    const [training] = await support("training");
    assert.equal(training?.["completed"], 6);
    const intents = await city.table("ai_guide", "intents");
    assert.equal(
      peopleIn(intents, { intent: "hospital-nearby", answered: "false" }),
      12,
    );
    assert.equal(
      peopleIn(
        intents,
        { intent: "hospital-nearby", answered: "true" },
        "amount",
      ),
      1_000,
    );
    // Free text is refused, whatever it says.
    const said = await city.send([
      ev("feedback.submitted", 1, {
        feedbackId: "f-x",
        category: "roads",
        text: "街灯が暗い",
      }),
    ]);
    assert.notEqual(said["accepted"], 1);
  }));
