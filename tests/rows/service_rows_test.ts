import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("O18 O19 O40 O41 O43 O44 O58 O59 S45 points: ledger sums to zero, draws within budget, prizes, thanks", () =>
  withCity(async (city) => {
    const granted = (who: number, amount: number, ruleId: string) =>
      ev("point.granted", who, { ledger: "city", amount, ruleId });
    await city.keep("lotteries", {
      id: "2026-02",
      title: "抽選",
      prize: "QUOカードPay",
      entryCost: 300,
      winners: 2_000,
      prizeYen: 1_000,
      budgetYen: 2_000_000,
      fiscalYear: 2025,
      closesOn: "2026-10-20",
      randomness: "drand",
    });
    await city.post([
      ...people(50).map((who) => granted(who, 300, "registration")),
      ...people(40).map((who) => granted(who, 300, "event-festa")),
      ...people(30).map((who) =>
        ev("point.spent", who, {
          ledger: "city",
          amount: 300,
          ruleId: "lottery",
          ref: "2026-02",
        })
      ),
      ...people(10).map((who) =>
        ev("point.expired", who, {
          ledger: "city",
          amount: 100,
          ruleId: "year-end",
        })
      ),
      ev("lottery.opened", undefined, {
        lotteryId: "2026-02",
        seedCommitment: `sha256:${"ab".repeat(32)}`,
        entryCost: 300,
        winners: 2_000,
        prizeYen: 1_000,
        budgetYen: 2_000_000,
        closesOn: "2026-10-20",
      }),
      ...people(30).map((who) =>
        ev("lottery.entered", who, { lotteryId: "2026-02", entries: 1 })
      ),
      ev("lottery.drawn", undefined, {
        lotteryId: "2026-02",
        seedReveal: "ab".repeat(32),
        randomness: "cd".repeat(32),
        algorithm: "hmac-sha256-ranking",
        winners: 20,
      }),
      ...people(20).map((who) =>
        ev("prize.sent", who, {
          lotteryId: "2026-02",
          kind: "e-money",
          amountYen: 1_000,
        })
      ),
      ...people(24).map((who) =>
        ev("thanks.given", who, { toPid: "p_thanked01", category: "clean-up" })
      ),
    ]);
    await city.run("points");
    const table = (name: string) => city.table("points", name);

    const ledger = await table("ledger");
    assert.equal(
      peopleIn(ledger, { flow: "granted", ruleId: "registration" }),
      50,
    );
    assert.equal(
      peopleIn(ledger, { flow: "granted", ruleId: "registration" }, "amount"),
      15_000,
    );
    const [balance] = await table("balance");
    assert.deepEqual(
      ["granted", "spent", "expired", "outstanding"].map((name) =>
        balance?.[name]
      ),
      [27_000, 9_000, 1_000, 17_000],
    );
    const entries = await table("entries");
    assert.equal(peopleIn(entries, { lotteryId: "2026-02" }, "amount"), 30);
    const [draw] = await table("draws");
    assert.equal(draw?.["entries"], 9_000 / 300);
    assert.ok(Number(draw?.["winners"]) <= 2_000);
    assert.equal(draw?.["budgetYen"], 2_000 * 1_000);
    assert.equal(draw?.["spentYen"], 20 * 1_000);
    const prizes = await table("prizes");
    assert.equal(peopleIn(prizes, { kind: "e-money" }, "amount"), 20_000);
    const thanks = await table("thanks");
    assert.equal(peopleIn(thanks, { category: "clean-up" }), 24);
    // A second grant for registering, and a grant out of range, are told by the checks.
    await city.post([
      granted(1, 300, "registration"),
      granted(2, 301, "event-festa"),
    ]);
    await city.run("points");
    const { rows } = {
      rows: await city.work.warehouse.selectFrom("asset_partition")
        .select("detail").where("asset", "=", "points.checked").execute(),
    };
    const said = rows.map(({ detail }) => detail).join("; ");
    assert.match(said, /one grant for registering a person' found 1 rows/);
    assert.match(said, /10 to 300 points' found 1 rows/);
    assert.equal(said.includes("p_0000"), false);
  }));

Deno.test("S05 S13 S27 S56 S19 S28 S23 S65 S47 S07 S17 S09 S52 services: applications by time and way, bookings, rides, vouchers, time saved, calls avoided", () =>
  withCity(async (city) => {
    await city.keep("staff_times", {
      id: "moving-in",
      name: "転入届",
      casesOf: "moving-in",
      beforeMinutes: 30,
      afterMinutes: 10,
      measuredOn: "2026-04-01",
      source: "市の調査",
    });
    const submitted = (who: number, at: string, channel = "app") =>
      ev("application.submitted", who, {
        procedureId: "moving-in",
        channel,
        durationMs: 600_000,
      }, { at });
    await city.post([
      ...people(40).map((who) =>
        ev("application.started", who, {
          procedureId: "moving-in",
          channel: "app",
        })
      ),
      // Wednesday noon, Wednesday night, Saturday.
      ...people(15).map((who) => submitted(who, "2026-10-14T12:00:00+09:00")),
      ...people(12, 15).map((who) =>
        submitted(who, "2026-10-14T22:00:00+09:00")
      ),
      ...people(11, 27).map((who) =>
        submitted(who, "2026-10-17T10:00:00+09:00")
      ),
      ...people(14, 50).map((who) =>
        submitted(who, "2026-10-14T12:00:00+09:00", "counter")
      ),
      ...people(13, 70).map((who) =>
        ev("application.submitted", who, {
          procedureId: "direct-debit",
          channel: "app",
          feeType: "water",
        })
      ),
      ...["created", "used", "missed"].flatMap((step, at) =>
        people(40 - at * 14).map((who) =>
          ev(`booking.${step}`, who, {
            type: "bulky",
            item: "sofa",
            slotStart: "2026-10-19T10:00:00+09:00",
          })
        )
      ),
      ...people(17).map((who) =>
        ev("booking.created", who, {
          type: "facility",
          facilityId: "hall-3",
          slotStart: "2026-10-19T18:00:00+09:00",
        })
      ),
      ...people(19).map((who) => ev("booking.created", who, { type: "waste" })),
      ...people(16).map((who) =>
        ev("mobility.booked", who, {
          mode: "taxi",
          originMesh: "493002541",
          destMesh: "493002542",
        })
      ),
      ...people(22).map((who) =>
        ev("payment.linked", who, { operatorId: "regional-pay" })
      ),
      ev("payment.reported", undefined, {
        operatorId: "regional-pay",
        flow: "redeemed",
        medium: "digital",
        districtCode: `${CODE}-sd-02`,
        shopCategory: "food",
        date: "2026-10-08",
        count: 31,
        amountYen: 46_500,
      }),
      ev("contact.counted", undefined, {
        channel: "phone",
        topic: "school-absence",
        date: "2026-10-09",
        count: 37,
      }),
      ev("contact.counted", undefined, {
        channel: "phone",
        topic: "school-absence",
        date: "2026-10-10",
        count: 3,
      }),
    ]);
    await city.run("city_services");
    const table = (name: string) => city.table("city_services", name);

    const applications = await table("applications");
    assert.equal(
      peopleIn(applications, { procedureId: "moving-in", step: "submitted" }),
      52,
    );
    const times = await table("application_times");
    const by = (time: string) =>
      peopleIn(times, { procedureId: "moving-in", time });
    assert.deepEqual([by("office"), by("night"), by("holiday")], [29, 12, 11]);
    const ways = await table("application_channels");
    // The digital share is 38 of 52.
    assert.equal(
      peopleIn(ways, { procedureId: "moving-in", channel: "app" }),
      38,
    );
    assert.equal(
      peopleIn(ways, { procedureId: "moving-in", channel: "counter" }),
      14,
    );
    assert.equal(
      peopleIn(await table("fees"), {
        procedureId: "direct-debit",
        feeType: "water",
      }),
      13,
    );
    assert.equal(
      peopleIn(await table("application_durations"), {
        procedureId: "moving-in",
      }, "median"),
      10,
    );
    const bookings = await table("bookings");
    const booked = (step: string) =>
      peopleIn(bookings, { kind: "bulky", step });
    assert.deepEqual([booked("created"), booked("used"), booked("missed")], [
      40,
      26,
      12,
    ]);
    assert.equal(peopleIn(bookings, { kind: "waste", step: "created" }), 19);
    assert.equal(peopleIn(await table("booking_items"), { item: "sofa" }), 40);
    // From Wednesday 10:00 to Monday 10:00.
    assert.equal(
      peopleIn(await table("booking_lead_times"), { kind: "bulky" }, "median"),
      5,
    );
    assert.equal(
      peopleIn(await table("facility_hours"), {
        facilityId: "hall-3",
        hour: "18",
      }),
      17,
    );
    assert.equal(
      peopleIn(await table("rides"), {
        means: "taxi",
        origin_mesh: "493002541",
        dest_mesh: "493002542",
      }),
      16,
    );
    assert.equal(
      peopleIn(await table("payments"), { operatorId: "regional-pay" }),
      22,
    );
    const [voucher] = await table("vouchers");
    assert.equal(voucher?.["amountYen"], 46_500);
    assert.equal(voucher?.["districtCode"], `${CODE}-sd-02`);
    assert.equal(
      peopleIn(await table("contacts"), { topic: "school-absence" }, "count"),
      40,
    );
    // Only cases by app and web save staff time: 38 × 20 minutes.
    const [saved] = await table("time_saved");
    assert.equal(saved?.["cases"], 38);
    assert.equal(saved?.["savedHours"], Math.round(38 * 20 / 60 * 100) / 100);
    assert.notEqual(saved?.["cases"], 52);
  }));

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
