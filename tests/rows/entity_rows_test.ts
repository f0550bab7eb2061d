import assert from "node:assert/strict";
import { CODE, type Entity, people, type Sent, withCity } from "./row_city.ts";

const A = "E4120100001111";
const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });
const by = (all: Entity[], id: string) =>
  all.find((one) => String(one["id"]).endsWith(id));

Deno.test("O01 O12 O46 services, events and key figures are entities that follow registers and releases", () =>
  withCity(async (city) => {
    await city.keep("procedures", {
      id: "moving-in",
      name: "転入届",
      office: "市民課",
      online: true,
    });
    await city.keep("events", {
      id: "festa",
      title: "介護フェスタ",
      category: "event",
      startsOn: "2026-10-14",
      endsOn: "2026-10-14",
      points: 100,
    });
    await city.post([
      ...people(33).map((who) =>
        ev("event.checked_in", who, { eventRef: "festa", method: "qr" })
      ),
      ev("store.report", undefined, {
        os: "ios",
        date: "2026-10-08",
        installs: 4_500,
      }),
    ]);
    const before = await city.entities("Event");
    await city.run("event_attendance");
    await city.run("kpi");

    const services = await city.entities("PublicService");
    assert.equal(by(services, "moving-in")?.["name"], "転入届");
    assert.equal(by(before, "festa")?.["attendeeCount"], undefined);
    const events = await city.entities(
      "Event",
      (all) => by(all, "festa")?.["attendeeCount"] !== undefined,
    );
    assert.equal(by(events, "festa")?.["attendeeCount"], 33);
    const kpis = await city.entities("KeyPerformanceIndicator");
    assert.equal(by(kpis, "installs")?.["kpiValue"], 4_500);
    await city.keep("procedures", {
      id: "moving-out",
      name: "転出届",
      office: "市民課",
      online: false,
    });
    const more = await city.entities(
      "PublicService",
      (all) => all.length === 2,
    );
    assert.equal(by(more, "moving-out")?.["availableOnline"], false);
  }));

Deno.test("S26 O57 S44 S14 O07 queues, moderated issues, map posts, damage photos and needs are entities of things", () =>
  withCity(async (city) => {
    const location = [130.301, 33.2512];
    await city.post([
      ev("queue.observed", undefined, {
        counterId: "counter-12",
        waiting: 7,
        called: 43,
        serving: 3,
      }),
      ev("issue.reported", 1, {
        issueId: "i-1",
        serviceCode: "pothole",
        mesh500: "493002541",
      }),
      ev("issue.reported", 2, {
        issueId: "i-2",
        serviceCode: "lamp",
        mesh500: "493002541",
      }),
      ev("issue.updated", undefined, {
        issueId: "i-1",
        status: "open",
        moderated: true,
        location,
      }),
      ev("mappost.moderated", undefined, {
        mapPostId: "mp-1",
        category: "history",
        decision: "shown",
        location,
      }),
      ev("mappost.moderated", undefined, {
        mapPostId: "mp-2",
        category: "history",
        decision: "hidden",
        location,
      }),
      ev("damage.photo.registered", undefined, {
        photoId: "ph-1",
        category: "road",
        device: "drone",
        location,
      }),
      ev("shelter.need.reported", undefined, {
        shelterId: A,
        needId: "n1",
        item: "water-2l",
        qty: 200,
        urgency: "high",
      }, { mode: "disaster" }),
      ev("shelter.need.fulfilled", undefined, {
        shelterId: A,
        needId: "n1",
        item: "water-2l",
        qty: 150,
      }, { mode: "disaster" }),
    ]);

    const queues = await city.entities("QueueMonitor");
    assert.equal(queues[0]?.["ticketsToServe"], 7);
    const issues = await city.entities("IssueReporting");
    // The second was never moderated.
    assert.equal(issues.length, 1);
    assert.deepEqual(
      (issues[0]?.["location"] as { coordinates: number[] }).coordinates,
      location,
    );
    assert.equal(JSON.stringify(issues).includes("p_0"), false);
    const posts = await city.entities("PointOfInterest");
    assert.deepEqual(posts.map((one) => String(one["id"]).slice(-4)), ["mp-1"]);
    assert.equal((await city.entities("IncidentPhoto")).length, 1);
    const needs = await city.entities("ShelterNeed");
    assert.equal(needs[0]?.["quantityNeeded"], 50);
    await city.post([
      ev("shelter.need.fulfilled", undefined, {
        shelterId: A,
        needId: "n1",
        item: "water-2l",
        qty: 50,
      }, { mode: "disaster" }),
    ]);
    await city.entities("ShelterNeed", (all) => all.length === 0);
  }));

Deno.test("O16 survey results are live in steps of ten, so that no single answer is told", () =>
  withCity(async (city) => {
    const answer = (who: number, value: number) =>
      ev("survey.answered", who, { surveyId: "sv", answers: { q1: value } }, {
        at: `2026-10-14T10:${String(who).padStart(2, "0")}:00+09:00`,
      });
    await city.post(people(19).map((who) => answer(who, who < 10 ? 4 : 1)));
    const first = await city.entities("SurveyStatistics");
    assert.deepEqual(
      [first[0]?.["answerCount"], first[0]?.["meanAnswer"]],
      [10, 4],
    );
    const page = async () =>
      await (await fetch(
        `${city.origin}/dashboards/${CODE}/surveys?surveyId=sv`,
      )).text();
    const before = await page();
    assert.match(
      before,
      /問1<\/th><td class="number">10<\/td><td class="number">4\.00</,
    );
    assert.doesNotMatch(before, /class="number">19</);
    await city.post([answer(19, 1)]);
    const second = await city.entities(
      "SurveyStatistics",
      (all) => all[0]?.["answerCount"] !== 10,
    );
    assert.deepEqual(
      [second[0]?.["answerCount"], second[0]?.["meanAnswer"]],
      [20, 2.5],
    );
    assert.match(
      await page(),
      /<td class="number">20<\/td><td class="number">2\.50</,
    );
    assert.notEqual(first[0]?.["answerCount"], 19);
  }));

Deno.test("S21 a school with an outbreak is signalled to those who act on it and to nobody else", () =>
  withCity(async (city) => {
    const days: string[] = [];
    for (
      let at = Date.parse("2026-10-08T00:00:00Z");
      days.length < 30;
      at += 86_400_000
    ) {
      const weekday = new Date(at).getUTCDay();
      if (weekday !== 0 && weekday !== 6) {
        days.push(new Date(at).toISOString().slice(0, 10));
      }
    }
    const absent = (day: string, n: number) =>
      people(n).map(() =>
        ev("absence.reported", undefined, {
          schoolId: "s1",
          grade: 1,
          kind: "absent",
          reasonCode: "illness",
          forDate: day,
        }, { at: `${day}T07:20:00+09:00` })
      );
    await city.post([
      ev("enrolment.reported", undefined, {
        schoolId: "s1",
        grade: 1,
        asOf: "2026-04-08",
        pupils: 300,
      }),
      // Three to five a day, then forty.
      ...days.slice(0, 29).flatMap((day, i) => absent(day, 3 + i % 3)),
      ...absent(days[29] ?? "", 40),
    ]);

    const hq = await city.entities("SchoolAbsenceSignal", undefined, ["hq"]);
    assert.equal(hq.length, 1);
    assert.equal(hq[0]?.["absences"], 40);
    assert.equal(hq[0]?.["forDate"], days[29]);
    const everyone = await city.entities("SchoolAbsenceSignal", () => true);
    assert.deepEqual(everyone, []);
  }, { now: "2026-11-20T01:00:00Z" }));

Deno.test("O05 S77 O03 a shelter's opening and vacancy are public, its people are not, and the nearest is found", () =>
  withCity(async (city) => {
    await city.post([
      ev("shelter.opened", undefined, { shelterId: A }, { mode: "disaster" }),
      ...people(75).map((who) =>
        ev("shelter.checked_in", who, {
          shelterId: A,
          method: "qr",
          companions: [],
        }, { mode: "disaster" })
      ),
    ]);

    const shelters = await city.entities(
      "EvacuationShelter",
      (all) => all[0]?.["vacancyBand"] !== undefined,
    );
    assert.equal(shelters[0]?.["openingStatus"], "open");
    assert.doesNotMatch(JSON.stringify(shelters), /(?<!\w)75(?!\w)/);
    const exact = await city.entities("ShelterOccupancy", undefined, ["hq"]);
    assert.equal(exact[0]?.["evacueeTotal"], 75);
    assert.deepEqual(await city.entities("ShelterOccupancy", () => true), []);
    const near = await fetch(
      `${city.origin}/ngsi-ld/v1/entities?type=EvacuationShelter` +
        `&q=openingStatus=="open"&georel=near;maxDistance==2000` +
        `&geometry=Point&coordinates=[130.31,33.251]&options=keyValues`,
      { headers: { "NGSILD-Tenant": `saga_${CODE}` } },
    );
    assert.equal((await near.json()).length, 1);
  }));

Deno.test("S54 O05 the headquarters' EEI report equals the check-ins, paper forms reconciled", () =>
  withCity(async (city) => {
    const B = "E4120100002111";
    await city.post([
      ev("shelter.opened", undefined, { shelterId: A }, { mode: "disaster" }),
      ev("shelter.opened", undefined, { shelterId: B }, { mode: "disaster" }),
      // Numbers 0 to 3 in turn are two men and two women.
      ...people(8).map((who) =>
        ev("shelter.checked_in", who, {
          shelterId: A,
          method: "qr",
          companions: who === 0
            ? [{ ageBand: "0-4", sex: "1" }, { ageBand: "30-34", sex: "9" }]
            : [],
        }, { mode: "disaster" })
      ),
      // One of them moves on to the second shelter, one leaves.
      ev("shelter.checked_in", 7, { shelterId: B, method: "qr" }, {
        mode: "disaster",
        at: "2026-10-14T11:00:00+09:00",
      }),
      ev("shelter.checked_out", 6, { shelterId: A }, {
        mode: "disaster",
        at: "2026-10-14T11:00:00+09:00",
      }),
      ev("shelter.form.entered", undefined, {
        shelterId: A,
        formId: "form-1",
        arrivedAt: "2026-10-14T10:30:00+09:00",
        people: [
          { ageBand: "65-69", sex: "2" },
          { ageBand: "65-69", sex: "1" },
          { ageBand: "0-4", sex: "2" },
        ],
      }, { mode: "disaster" }),
      ev("shelter.form.reconciled", undefined, {
        shelterId: A,
        formId: "form-1",
        alsoCheckedIn: 1,
      }, { mode: "disaster", at: "2026-10-14T12:00:00+09:00" }),
    ]);
    await city.entities(
      "ShelterOccupancy",
      (all) => all.some((one) => one["evacueeTotal"] === 10),
      ["hq"],
    );
    const path = `${city.origin}/operations/${CODE}/shelters/eei.csv`;
    const token = await city.key("hq");
    const report = await fetch(path, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const [header = [], ...rows] = (await report.text()).slice(1).trim()
      .split("\r\n").map((line) => line.slice(1, -1).split('","'));
    const cell = (id: string, item: string) =>
      rows.find((row) => row[0] === id)?.[header.indexOf(item)];

    // Eight and two companions, less two, and three of a form less one.
    assert.equal(cell(A, "be:避難者数（総数）"), String(8 + 2 - 2 + 3 - 1));
    assert.equal(cell(A, "be:避難世帯数"), String(8 - 2 + 1));
    assert.equal(cell(A, "be:乳幼児数"), "2");
    assert.equal(cell(B, "be:避難者数（総数）"), "1");
    assert.equal(cell(B, "be:避難者数（女）"), "1");
    assert.equal(cell(A, "be:開設理由"), "災害");
    assert.equal((await fetch(path)).status, 403);
    const partner = await city.key("partner");
    const refused = await fetch(path, {
      headers: { Authorization: `Bearer ${partner}` },
    });
    assert.equal(refused.status, 403);
    assert.equal(JSON.stringify(rows).includes("1-"), false);
  }));
