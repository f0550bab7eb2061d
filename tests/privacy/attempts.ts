import { ulid } from "@hiraku/kernel";
import { sampleCity } from "../sample_city.ts";
import { anywhere, byKey, IDEMPOTENCY, pid } from "./secrets.ts";

type Event = Record<string, unknown>;
type Path = readonly string[];

/** An event with every field of its envelope. */
function whole(at: Date, type: string, n: number, data: Event): Event {
  const eventId = ulid(at.getTime());
  return {
    eventId,
    type,
    version: 1,
    occurredAt: at.toISOString(),
    tenant: sampleCity.code,
    source: {
      miniApp: "252018-ma-01",
      appVersion: "1.2.3",
      os: "ios",
      provider: "city",
    },
    subject: { pid: pid(n), tier: "jpki", consent: ["rcpt_1"] },
    attributes: {
      districtCode: "252018-sd-01",
      ageBand: "40-44",
      sex: "2",
      resident: true,
    },
    mode: "normal",
    disasterEventId: "drill-2026",
    data,
    idempotencyKey: `${IDEMPOTENCY} ${eventId}`,
  };
}

const shelterId = sampleCity.shelters[0]?.id ?? "";

/** One event of each kind of `data`: codes, numbers, lists, records, an institution's. */
const KINDS: readonly (readonly [string, Event])[] = [
  ["miniapp.opened", {}],
  ["account.registered", { method: "jpki-card", channelId: "poster-1" }],
  ["consent.granted", {
    receiptId: "rcpt_1",
    purposeId: "usage",
    policyVersion: "v1",
  }],
  ["survey.answered", { surveyId: "s-1", answers: { q1: 3 }, durationMs: 9 }],
  ["point.granted", { ledger: "city", amount: 10, ruleId: "rule-1" }],
  ["shelter.checked_in", {
    shelterId,
    method: "qr",
    receptionMs: 10,
    companions: [{ ageBand: "0-4", sex: "1" }],
  }],
];

/** Ordinary events of so many persons; what is a person's in them is re-keyed. */
export function goodEvents(people: number, at: Date): Event[] {
  return [
    ...Array.from(
      { length: people },
      (_, n) => whole(at, "miniapp.opened", n, {}),
    ),
    ...KINDS.map(([type, data], n) => whole(at, type, n, data)),
    opened(at),
  ];
}

/** Every value in the place of every field, under every unknown key, and as a key. */
export function* attempts(at: Date): Generator<unknown> {
  for (const [type, data] of KINDS) {
    const good = () => structuredClone(whole(at, type, 1, data));
    for (const path of pathsIn(good())) {
      for (const value of anywhere) {
        yield put(good(), path, value);
        yield put(good(), path, [value]);
      }
    }
    for (const path of recordsIn(good())) {
      for (const [key, value] of Object.entries(byKey)) {
        yield put(good(), [...path, key], value);
      }
      for (const value of anywhere) {
        yield put(good(), [...path, "note"], value);
        yield put(good(), [...path, String(value)], 1);
        yield put(good(), [...path, "extra"], { of: [{ it: { is: value } }] });
      }
    }
  }
  for (const value of anywhere) {
    yield value;
    yield [value];
    yield { type: value, who: value };
  }
}

function opened(at: Date): Event {
  const earlier = new Date(at.getTime() - 60_000);
  const event = whole(earlier, "shelter.opened", 0, { shelterId });
  delete event["subject"];
  delete event["attributes"];
  return event;
}

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* pathsIn(inner, [...path, key]);
  }
}

function* recordsIn(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield path;
  for (const [key, inner] of Object.entries(value)) {
    yield* recordsIn(inner, [...path, key]);
  }
}

function put(event: Event, path: Path, value: unknown): Event {
  const last = path.at(-1) ?? "";
  let place = event;
  for (const key of path.slice(0, -1)) place = place[key] as Event;
  place[last] = value;
  return event;
}
