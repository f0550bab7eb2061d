import assert from "node:assert/strict";
import { addDays } from "@hiraku/kernel";
import {
  catalogue,
  type EventLine,
  findPersonalData,
  pseudonymiser,
} from "@hiraku/pipelines/events";
import { demoCities, type DemoCity, otsu, saga } from "./city/cities.ts";
import { linesOfDay } from "./history.ts";
import { membershipOf } from "./membership.ts";
import { namesOf } from "./names.ts";
import { worldOf } from "./world.ts";

const edge = pseudonymiser(1, "ab".repeat(32));
const FEW = 0.002;

function history(
  city: DemoCity,
  from: string,
  through: string,
  scale = 0,
  seed = 1,
): EventLine[] {
  const world = worldOf(city, seed, edge);
  const membership = membershipOf(world);
  const lines: EventLine[] = [];
  for (let day = from; day <= through; day = addDays(day, 1)) {
    linesOfDay(world, membership, day, scale, (line) => {
      lines.push(JSON.parse(line));
    });
  }
  return lines;
}

Deno.test("the demo's Otsu has 4,122 registrants on 2025-11-23, 2,398 of them by card", () => {
  const lines = history(otsu, otsu.launch, "2025-11-23");
  const registered = lines.filter(({ type }) => type === "account.registered");
  const byCard = lines.filter(({ type, data }) =>
    type === "account.upgraded" ||
    type === "account.registered" && data["method"] === "jpki-card"
  );
  const granted = lines.filter(({ type, data }) =>
    type === "point.granted" && data["ruleId"] === "registration"
  );

  assert.equal(new Set(registered.map(({ subject }) => subject)).size, 4_122);
  assert.equal(new Set(byCard.map(({ subject }) => subject)).size, 2_398);
  // 300 points once to every verified registrant and to nobody else.
  assert.deepEqual(
    granted.map(({ subject }) => subject).sort(),
    byCard.map(({ subject }) => subject).sort(),
  );
  assert.ok(granted.every(({ data }) => data["amount"] === 300));
});

Deno.test("the demo's Saga reaches 40,000 downloads in ten months and 16,000 cards in half a year, half of them 50 or older", () => {
  const lines = history(saga, saga.launch, "2024-03-31");
  const installs = lines.filter(({ type }) => type === "store.report")
    .reduce((sum, { data }) => sum + Number(data["installs"]), 0);
  const cards = lines.filter(({ type }) => type === "credential.issued");
  const older = cards.filter(({ ageBand }) =>
    parseInt(ageBand ?? "0", 10) >= 50
  );

  assert.equal(installs, 40_000);
  assert.equal(cards.length, 16_000);
  assert.ok(cards.every(({ occurredAt }) => occurredAt >= "2023-09-30"));
  assert.ok(Math.abs(older.length / cards.length - 0.5) < 0.02);
});

Deno.test("the demo tells the same history for the same seed and another for another", () => {
  const once = history(otsu, "2025-11-08", "2025-11-10", FEW);
  const again = history(otsu, "2025-11-08", "2025-11-10", FEW);
  const other = history(otsu, "2025-11-08", "2025-11-10", FEW, 2);

  assert.deepEqual(once, again);
  assert.notDeepEqual(once, other);
  assert.equal(new Set(once.map(({ eventId }) => eventId)).size, once.length);
});

Deno.test("the demo's drill is a drill, and digital reception takes a fifth of the time", () => {
  const lines = history(otsu, "2025-11-09", "2025-11-09")
    .filter(({ type }) => type === "shelter.checked_in");
  const mean = (method: string) => {
    const times = lines.filter(({ data }) => data["method"] === method)
      .map(({ data }) => Number(data["receptionMs"]));
    return times.reduce((sum, one) => sum + one, 0) / times.length;
  };

  assert.ok(lines.length > 50);
  assert.ok(lines.every(({ mode }) => mode === "drill"));
  assert.ok(Math.abs(mean("qr") / mean("paper") - 0.2) < 0.03);
});

Deno.test("the demo's events and questions have titles in both languages, and its people none", () => {
  const lines = history(saga, "2026-10-15", "2026-11-05", 0.005);
  const told = new Set(lines.flatMap(({ data }) => [
    ...typeof data["eventRef"] === "string" ? [data["eventRef"]] : [],
    ...Object.keys(data["answers"] ?? {}).map((question) =>
      `${data["surveyId"]}.${question}`
    ),
  ]));
  const names = new Map(
    namesOf("412015", "2026-11-05").map(({ id, ...name }) => [id, name]),
  );

  assert.ok(told.has("412015-ev-2026-10-17"), [...told].join());
  assert.ok([...told].some((one) => one.endsWith(".q1")));
  assert.deepEqual([...told].filter((one) => !names.has(one)), []);
  assert.deepEqual(names.get("412015-ev-2026-10-17"), {
    nameJa: "健康ウォーキング（2026年10月17日）",
    nameEn: "Walk for health, 2026-10-17",
  });
  assert.ok(!lines.some(({ subject }) => names.has(subject ?? "")));
});

Deno.test("the demo's lines hold nothing that looks like a person's data", () => {
  const lines = history(saga, "2026-08-06", "2026-08-08", 0.01);

  const found = lines.map((line) =>
    findPersonalData(line, catalogue.get(line.type))
  ).filter(Boolean);

  assert.ok(lines.length > 100);
  assert.deepEqual(found, []);
});

Deno.test("the demo tells every type of event that the catalogue knows, each within its contract", () => {
  const seen = new Map<string, number>();
  for (const city of demoCities) {
    const world = worldOf(city, 1, edge);
    const membership = membershipOf(world);
    for (let day = city.launch; day <= "2026-11-20"; day = addDays(day, 1)) {
      linesOfDay(world, membership, day, FEW / 10, (line) => {
        const [, name = ""] = /"type":"([^"]+)"/.exec(line) ?? [];
        const before = seen.get(name) ?? 0;
        seen.set(name, before + 1);
        if (before >= 30) return;
        const event: EventLine = JSON.parse(line);
        const type = catalogue.get(name);
        const data = type?.data.strict().safeParse(event.data);
        assert.ok(data?.success, `${name} ${data?.error}`);
        assert.equal(
          event.subject === undefined && type?.subject === "required",
          false,
          name,
        );
        assert.equal(
          event.subject !== undefined && type?.subject === "none",
          false,
          name,
        );
      });
    }
  }

  const taken = [...catalogue.values()]
    .filter(({ destination }) => destination === "events")
    .map(({ type }) => type);
  assert.deepEqual(taken.filter((type) => !seen.has(type)), []);
  assert.deepEqual(
    [...seen.keys()].filter((type) => !taken.includes(type)),
    [],
  );
});

Deno.test("the demo's surveys are answered once each and only by those who were asked", () => {
  for (
    const [city, from, to] of [
      [otsu, "2026-02-16", "2026-03-10"],
      [saga, "2026-10-15", "2026-11-05"],
    ] as const
  ) {
    const lines = history(city, from, to);
    const of = (type: string) =>
      lines.filter((one) => one.type === type)
        .map(({ subject, data }) => `${data["surveyId"]} ${subject}`);
    const asked = new Set(of("survey.eligible"));
    const answered = of("survey.answered");

    assert.ok(answered.length > 300);
    assert.ok(answered.length < asked.size / 2);
    assert.equal(new Set(answered).size, answered.length);
    assert.deepEqual(answered.filter((one) => !asked.has(one)), []);
  }
});

Deno.test("the demo's pilot grants points to residents of its districts alone, and more of them come", () => {
  const lines = history(saga, "2026-03-01", "2026-04-30");
  const pilot = (district: string | undefined) =>
    Number(district?.slice(-2) ?? 0) % 2 === 1;
  const granted = lines.filter(({ type, data }) =>
    type === "point.granted" && data["ruleId"] === "event"
  );
  const came = (inside: boolean, after: boolean) =>
    lines.filter(({ type, district, occurredAt }) =>
      type === "event.checked_in" && pilot(district) === inside &&
      (occurredAt >= "2026-03-31T15:00:00Z") === after
    ).length;

  assert.ok(granted.length > 100);
  assert.ok(granted.every(({ district }) => pilot(district)));
  const change = came(true, true) / came(true, false) /
    (came(false, true) / came(false, false));
  assert.ok(change > 1.2 && change < 1.6, `${change}`);
});
