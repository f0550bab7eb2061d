import assert from "node:assert/strict";
import { CODE, people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("O15 O17 O47 S73 S57 S69 surveys: response by segment, distribution, mean with interval weighted to registrants", () =>
  withCity(async (city) => {
    await city.keep("surveys", {
      id: "sat-2026",
      title: "満足度",
      kind: "satisfaction",
      from: "2026-10-10",
      to: "2026-10-25",
      questions: ["q1"],
      kpiQuestion: "q1",
      target: 3.5,
    });
    // Answer 5 below 60 years (even numbers), 3 above.
    const value = (who: number) => who % 2 === 0 ? 5 : 3;
    await city.post([
      // Registrants: 60 of the younger band, 20 of the older.
      ...people(120).filter((who) => who % 2 === 0).map((who) =>
        ev("account.registered", who, { method: "jpki-card" })
      ),
      ...people(40).filter((who) => who % 2 === 1).map((who) =>
        ev("account.registered", who, { method: "jpki-card" })
      ),
      ...people(80).map((who) =>
        ev("survey.eligible", who, { surveyId: "sat-2026" })
      ),
      ...people(40).map((who) =>
        ev("survey.answered", who, {
          surveyId: "sat-2026",
          answers: { q1: value(who) },
        })
      ),
      // A changed mind replaces the first answer.
      ev("survey.answered", 0, { surveyId: "sat-2026", answers: { q1: 5 } }, {
        at: "2026-10-15T10:00:00+09:00",
      }),
    ]);
    await city.run("survey_results");
    const table = (name: string) => city.table("survey_results", name);

    const responses = await table("responses");
    const of = (step: string) =>
      peopleIn(responses, { surveyId: "sat-2026", step }) ?? NaN;
    assert.equal(of("answered") / of("eligible"), 0.5);
    const answers = await table("answers");
    assert.equal(
      peopleIn(answers, { surveyId: "sat-2026", question: "q1", answer: "5" }),
      20,
    );
    const [result] = await table("results");
    assert.equal(result?.["people"], 40);
    assert.equal(result?.["mean"], 4);
    // Standard deviation of twenty 5s and twenty 3s is √(40/39).
    const half = 1.96 * Math.sqrt(40 / 39) / Math.sqrt(40);
    assert.equal(result?.["low"], Math.round((4 - half) * 1000) / 1000);
    // Registrants are 60 younger and 20 older: (60·5 + 20·3) / 80.
    assert.equal(result?.["weighted"], 4.5);
    assert.equal(result?.["responseRate"], 0.5);
    const said = async () => {
      const rows = await city.work.warehouse.selectFrom("asset_partition")
        .select("detail").where("asset", "=", "survey_results.checked")
        .execute();
      return rows.map(({ detail }) => detail).join("; ");
    };
    const more = /no more answers than people asked' found 1 rows/;
    assert.doesNotMatch(await said(), more);
    // Answers by people who were never asked make a rate above 1; that is said.
    await city.post(
      people(90, 40).map((who) =>
        ev("survey.answered", who, { surveyId: "sat-2026", answers: { q1: 3 } })
      ),
    );
    await city.run("survey_results");
    assert.match(await said(), more);
    assert.notEqual(result?.["weighted"], result?.["mean"]);
    // Text in an answer, and a selection by name, are refused.
    const text = await city.send([
      ev("survey.answered", 1, {
        surveyId: "sat-2026",
        answers: { q1: "よい" },
      }),
      ev("survey.published", undefined, {
        surveyId: "x",
        kind: "monitor",
        names: ["佐賀 花子"],
      }),
    ]);
    assert.equal(text["accepted"], 0);
  }));

Deno.test("S21 S15 S16 S52 school: absences by day, grade, hour and school, watch zones, and no name", () =>
  withCity(async (city) => {
    const absent = (
      n: number,
      school: string,
      grade: number,
      forDate: string,
      reasonCode = "illness",
    ) =>
      people(n).map(() =>
        ev("absence.reported", undefined, {
          schoolId: school,
          grade,
          kind: "absent",
          reasonCode,
          forDate,
        }, { at: `${forDate}T07:20:00+09:00` })
      );
    await city.post([
      ...["s1", "s2"].flatMap((schoolId) =>
        [1, 2].map((grade) =>
          ev("enrolment.reported", undefined, {
            schoolId,
            grade,
            asOf: "2026-04-08",
            pupils: 100,
          })
        )
      ),
      ...absent(14, "s1", 1, "2026-10-14"),
      ...absent(10, "s2", 2, "2026-10-14", "other"),
      // All of a school's, and of a day's: whoever is away would be known to be ill.
      ...absent(13, "s3", 2, "2026-10-16"),
      ...absent(12, "s2", 2, "2026-10-15"),
      ...absent(11, "s2", 2, "2026-10-15", "family"),
      ev("absence.reported", undefined, {
        schoolId: "s1",
        grade: 1,
        kind: "late",
        reasonCode: "family",
        forDate: "2026-10-14",
      }),
      ev("zone.crossed", undefined, {
        zoneId: "gate-1",
        districtCode: `${CODE}-sd-01`,
        date: "2026-10-09",
        hour: 15,
        entered: 61,
        left: 40,
        consented: true,
      }),
    ]);
    await city.run("school_absence");
    const table = (name: string) => city.table("school_absence", name);

    const days = await table("days");
    assert.equal(
      peopleIn(days, { date: "2026-10-14", reasonCode: "illness" }),
      14,
    );
    assert.equal(
      peopleIn(days, { date: "2026-10-15", reasonCode: "family" }),
      11,
    );
    assert.equal(
      peopleIn(days, { date: "2026-10-16", reasonCode: "illness" }),
      undefined,
    );
    const grades = await table("grades");
    // 14 of 200 pupils on three school days, a thousand pupils and day.
    assert.equal(
      peopleIn(grades, { month: "2026-10", grade: "1" }, "perThousand"),
      23.33,
    );
    const schools = await table("schools");
    assert.equal(
      peopleIn(schools, { schoolId: "s2", reasonCode: "illness" }),
      12,
    );
    assert.equal(
      peopleIn(schools, { schoolId: "s3", reasonCode: "illness" }),
      undefined,
    );
    const hours = await table("hours");
    assert.equal(peopleIn(hours, { hour: "07" }), 60);
    const zones = await table("watch_zones");
    assert.equal(peopleIn(zones, { districtCode: `${CODE}-sd-01` }), 61);
    // Late is not absent, and a child's name or track is refused.
    const refused = await city.send([
      ev("absence.reported", undefined, {
        schoolId: "s1",
        grade: 1,
        kind: "absent",
        reasonCode: "illness",
        forDate: "2026-10-14",
        name: "佐賀 太郎",
      }),
      ev("zone.crossed", 5, { zoneId: "gate-1" }),
    ]);
    assert.equal(refused["accepted"], 0);
    assert.equal(JSON.stringify(refused).includes("太郎"), false);
  }));

Deno.test("S26 O57 O56 queues by weekday and hour with a forecast, issues with backlog and time to fix", () =>
  withCity(async (city) => {
    const queue = (at: string, waiting: number) =>
      ev("queue.observed", undefined, {
        counterId: "counter-1",
        waiting,
        called: 10,
        serving: 2,
      }, { at });
    await city.post([
      // Two Wednesdays at ten.
      queue("2026-10-14T10:05:00+09:00", 6),
      queue("2026-10-14T10:35:00+09:00", 10),
      queue("2026-10-21T10:05:00+09:00", 2),
      ...people(4).map((n) =>
        ev("issue.reported", n, {
          issueId: `i-${n}`,
          serviceCode: "pothole",
          mesh500: "493002541",
        }, { at: "2026-10-10T09:00:00+09:00" })
      ),
      ...people(3).map((n) =>
        ev("issue.updated", undefined, {
          issueId: `i-${n}`,
          status: n < 2 ? "closed" : "open",
          moderated: true,
          location: [130.301, 33.2512],
        }, { at: "2026-10-13T09:00:00+09:00" })
      ),
    ]);
    await city.run("counter_queues");
    await city.run("issue_reports");

    const [hour] = await city.table("counter_queues", "hours");
    assert.deepEqual(
      ["weekday", "hour", "meanWaiting", "maxWaiting", "observations"]
        .map((name) => hour?.[name]),
      ["3", "10", 6, 10, 3],
    );
    const [backlog] = await city.table("issue_reports", "backlog");
    assert.deepEqual(
      ["reported", "closed", "open", "days"].map((name) => backlog?.[name]),
      [4, 2, 2, 3],
    );
    const issues = await city.table("issue_reports");
    assert.deepEqual(
      issues.map((one) => [one["issueId"], one["state"]]),
      [["i-0", "closed"], ["i-1", "closed"], ["i-2", "open"]],
    );
    // What was not moderated is not published, nor who reported.
    assert.equal(issues.some((one) => one["issueId"] === "i-3"), false);
    assert.equal(JSON.stringify(issues).includes("p_0"), false);
  }));

Deno.test("O46 S48 O48 KPI and registrants: installs as stores report them against targets, registrants by tier", () =>
  withCity(async (city) => {
    const report = (os: string, date: string, installs: number) =>
      ev("store.report", undefined, { os, date, installs, uninstalls: 10 });
    await city.post([
      report("ios", "2026-10-08", 25_000),
      report("android", "2026-10-09", 15_000),
      // The same day reported again counts as last reported.
      report("android", "2026-10-09", 14_000),
      ...people(50).map((who) =>
        ev("account.registered", who, {
          method: who < 29 ? "jpki-card" : "email",
        }, { tier: who < 29 ? "jpki" : "email" })
      ),
    ]);
    await city.run("kpi");
    await city.run("registrants");

    const kpi = await city.table("kpi");
    assert.equal(peopleIn(kpi, { indicator: "installs" }, "value"), 39_000);
    assert.equal(
      peopleIn(kpi, { indicator: "penetration" }, "value"),
      Math.round(39_000 / 225_503 * 1e4) / 1e4,
    );
    assert.equal(peopleIn(kpi, { indicator: "installs" }, "fiscalYear"), 2026);
    const registrants = await city.table("registrants");
    const on = (tier: string) =>
      peopleIn(registrants, { date: "2026-10-31", tier }, "registrants") ?? NaN;
    // 29 of 50 are 58 %.
    assert.equal(on("jpki") / (on("jpki") + on("email")), 0.58);
    assert.notEqual(peopleIn(kpi, { indicator: "installs" }, "value"), 50);
  }));

Deno.test("O01 S01 S02 S68 S10 S59 O45 S63 S62 S60 services, providers, costs shared by members, ranking by users and clicks", () =>
  withCity(async (city) => {
    await city.keep("providers", {
      id: "optim",
      name: "企業",
      kind: "company",
      status: "live",
    }, { id: "dx", name: "DX推進課", kind: "city", status: "live" });
    const entry = (n: number, provider: string, status = "live") => ({
      id: `${CODE}-ma-0${n}`,
      nameJa: `アプリ${n}`,
      nameEn: `App ${n}`,
      categoryJa: "生活",
      categoryEn: "Living",
      provider,
      status,
      ...(status !== "planned" && { since: "2023-06-01" }),
    });
    await city.keep(
      "mini_apps",
      entry(1, "dx"),
      entry(2, "optim"),
      { ...entry(3, "dx"), instances: 32 },
      entry(4, "dx", "planned"),
    );
    await city.keep("procedures", {
      id: "moving-in",
      name: "転入届",
      office: "市民課",
      online: true,
    });
    await city.keep("costs", {
      id: "platform",
      title: "データ連携基盤",
      fiscalYear: 2025,
      kind: "running",
      amountYen: 12_000_000,
      sharedBy: "population",
    });
    await city.keep("functions", {
      id: "checkin",
      title: "受付",
      developedBy: "412015",
      since: "2024-01-01",
      adopted: true,
    });
    const opened = (n: number, who: number) =>
      ev("miniapp.opened", who, {}, {
        source: { miniApp: `${CODE}-ma-0${n}` },
      });
    await city.post([
      ...people(40).map((who) => opened(1, who)),
      ...people(25).map((who) => opened(2, who)),
      ...people(25).map((who) => opened(2, who)),
      ev("provider.changed", undefined, {
        providerId: "optim",
        kind: "company",
        stage: "live",
      }),
      ev("cost.reported", undefined, {
        costId: "hosting",
        month: "2026-10",
        kind: "operation",
        amountYen: 400_000,
      }),
    ]);
    await city.run("miniapp_usage");
    await city.run("service_catalogue");
    await city.run("costs");

    const apps = await city.table("service_catalogue", "mini_apps");
    assert.equal(apps.filter((one) => one["state"] === "live").length, 3);
    assert.equal(apps.filter((one) => one["state"] === "planned").length, 1);
    assert.equal(
      peopleIn(apps, { miniAppId: `${CODE}-ma-03` }, "instances"),
      32,
    );
    const [first] = apps;
    assert.equal(first?.["requiresTier"], "none");
    assert.equal(first?.["since"], "2023-06-01");
    const [moving] = await city.table("service_catalogue", "procedures");
    assert.equal(moving?.["hasCost"], 0);
    assert.equal(moving?.["processingDays"], null);
    const use = await city.table("service_catalogue", "provider_use");
    assert.equal(peopleIn(use, { kind: "company" }), 25);
    assert.equal(peopleIn(use, { kind: "company" }, "count"), 50);
    assert.equal(peopleIn(use, { kind: "city" }), 40);
    const providers = await city.table("service_catalogue", "providers");
    assert.equal(
      peopleIn(providers, { kind: "company", stage: "live" }, "count"),
      1,
    );
    const usage = await city.table("miniapp_usage");
    // By users the first is ahead, by clicks the second.
    assert.equal(peopleIn(usage, { miniAppId: `${CODE}-ma-01` }, "users"), 40);
    assert.equal(peopleIn(usage, { miniAppId: `${CODE}-ma-02` }, "clicks"), 50);
    const shares = await city.table("costs", "shares");
    // The only member bears it all.
    assert.equal(
      peopleIn(shares, { costId: "platform" }, "shareYen"),
      12_000_000,
    );
    const unit = await city.table("costs", "unit_costs");
    assert.equal(
      peopleIn(unit, { month: "2026-10" }, "yenPerUser"),
      400_000 / 40,
    );
    const functions = await city.table("costs", "functions");
    assert.equal(peopleIn(functions, { functionId: "checkin" }, "adopted"), 1);
    assert.equal(apps.some((one) => one["name"] === ""), false);
  }));
