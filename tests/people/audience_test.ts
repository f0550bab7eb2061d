import { openPseudonymiser } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { type AudienceApi, audienceApi, soon } from "./_audience_api.ts";
import {
  CODE,
  event,
  type PeopleCity,
  peopleCity,
  pid,
  SHELTER,
} from "./_people_city.ts";

const DISTRICT = "252018-sd-01";
const OTHER = "252018-sd-02";

async function withCity(
  body: (city: PeopleCity, api: AudienceApi) => Promise<void>,
) {
  const city = await peopleCity();
  try {
    await body(city, audienceApi(city));
  } finally {
    await city.close();
  }
}

/** Registers people from `from` on, each with attributes. */
function registered(
  from: number,
  count: number,
  attributes: Record<string, unknown>,
  tier: "jpki" | "email" = "jpki",
) {
  return Array.from({ length: count }, (_, i) => {
    const person = { pid: pid(from + i), tier };
    return [
      event("account.registered", {
        method: tier === "jpki" ? "jpki-card" : "email",
      }, { person: { ...person, attributes: null } }),
      event("attributes.updated", {
        fields: ["districtCode"],
        to: { tier, ...attributes },
        effectiveOn: "2026-11-01",
      }, { person }),
    ];
  }).flat();
}

const notices = { purpose: "notices", recipient: "messaging" };
const district = (code: string) => ({
  all: [{ attr: "districtCode", op: "=", value: code }],
});

Deno.test("O09 O38 a preview tells sizes in tens, by attributes and tier, and none below the threshold", () =>
  withCity(async (city, api) => {
    await city.send([
      ...registered(0, 14, {
        districtCode: DISTRICT,
        ageBand: "40-44",
        sex: "2",
      }),
      ...registered(20, 5, { districtCode: OTHER, ageBand: "75-79", sex: "1" }),
      ...registered(40, 12, { topics: ["waste"] }, "email"),
      ...registered(60, 3, {
        districtCode: DISTRICT,
        ageBand: "40-44",
        sex: "2",
        protectedFlag: true,
      }),
    ]);
    const section = await api.key("section", ["section"]);
    const hq = await api.key("hq", ["hq"]);
    const preview = async (
      rule: unknown,
      extra = {},
      key = section,
    ) => (await api.ask(key, "/audiences/preview", {
      rule,
      ...notices,
      ...extra,
    }));

    const women = await preview({
      all: [
        { attr: "districtCode", op: "in", value: [DISTRICT] },
        { attr: "ageBand", op: "in", value: ["40-44", "45-49"] },
        { attr: "sex", op: "=", value: "2" },
      ],
    });
    const few = await preview(district(OTHER));
    const strict = await preview({
      all: [{ attr: "tier", op: "=", value: "jpki" }],
    });
    const all = await preview({
      any: [{ attr: "tier", op: "in", value: ["jpki", "email"] }],
    });
    const forced = await preview(district(OTHER), { overrideReason: "rescue" });
    const byHq = await preview(
      district(OTHER),
      { overrideReason: "rescue" },
      hq,
    );

    // 14 and not 17: protected people are in no preview.
    assert.deepEqual(women.value, { size: 10, threshold: 10, allowed: true });
    assert.deepEqual(few.value, { size: null, threshold: 10, allowed: false });
    assert.equal(strict.value.size, 20);
    assert.equal(all.value.size, 30);
    assert.equal(forced.status, 403);
    assert.deepEqual(byHq.value, { size: null, threshold: 10, allowed: true });
    const audited = await city.control.selectFrom("audit")
      .select(["action", "object"]).execute();
    assert.ok(
      audited.some(({ action, object }) =>
        action === "audience.preview" && object === "override rescue"
      ),
    );
  }));

Deno.test("O15 S73 a survey's audience is chosen by age and area, and a choice by name is refused by name", () =>
  withCity(async (city, api) => {
    await city.send(
      registered(0, 25, { districtCode: DISTRICT, ageBand: "65-69" }),
    );
    const officer = await api.key("officer", ["officer"]);
    const ask = (rule: unknown) =>
      api.ask(officer, "/audiences/preview", {
        rule,
        purpose: "surveys",
        recipient: "survey-app",
      });

    const named = await ask({
      all: [{ attr: "name", op: "=", value: "山田太郎" }],
    });
    const without = await ask(district(DISTRICT));
    await city.send(
      Array.from({ length: 23 }, (_, n) =>
        event("consent.granted", {
          receiptId: `s-${n}`,
          purposeId: "surveys",
          policyVersion: "v1",
          recipient: "survey-app",
        }, { person: { pid: pid(n) } })),
    );
    const agreed = await ask(district(DISTRICT));

    assert.equal(named.status, 400);
    assert.match(named.value.detail, /not selected by name/);
    assert.doesNotMatch(JSON.stringify(named.value), /山田/);
    assert.deepEqual(without.value, {
      size: null,
      threshold: 10,
      allowed: false,
    });
    assert.deepEqual(agreed.value, { size: 20, threshold: 10, allowed: true });
  }));

Deno.test("O35 O08 people checked in at a shelter are addressed within seconds, across a restart, and only by the backend they are for", async () => {
  const city = await peopleCity();
  const api = audienceApi(city);
  const hq = await api.key("hq", ["hq"]);
  const messaging = await api.key("messaging", ["partner"]);
  const other = await api.key("other", ["partner"]);
  const live = { all: [{ live: "shelter", shelterId: SHELTER }] };
  const checkIn = (n: number, at: string) =>
    event("shelter.checked_in", { shelterId: SHELTER, method: "qr" }, {
      person: { pid: pid(n) },
      at,
      mode: "disaster",
    });
  await city.send([
    event("shelter.opened", { shelterId: SHELTER }, {
      at: "2026-11-09T09:00:00+09:00",
      mode: "disaster",
    }),
    ...[1, 2, 3].map((n) => checkIn(n, "2026-11-09T10:00:00+09:00")),
  ]);

  const refused = await api.ask(hq, "/audiences", {
    label: "shelter-a",
    rule: live,
    ...notices,
  });
  const made = await api.ask(hq, "/audiences", {
    label: "shelter-a",
    rule: live,
    ...notices,
    overrideReason: "evacuation",
  });
  const members = (id: string, key = messaging) =>
    api.ask(key, `/audiences/${id}/members`);
  const three = await soon(
    () => members(made.value.id),
    ({ value }) => value.members?.length === 3,
  );
  const small = await soon(
    () => members(refused.value.id),
    ({ value }) => value.failure !== null,
  );
  await city.send([
    event("shelter.checked_out", { shelterId: SHELTER }, {
      person: { pid: pid(1) },
      at: "2026-11-09T11:00:00+09:00",
      mode: "disaster",
    }),
    checkIn(4, "2026-11-09T11:00:00+09:00"),
  ]);
  const moved = await soon(
    () => api.ask(messaging, `/audiences/${made.value.id}/changes?after=3`),
    ({ value }) => value.changes?.length === 2,
  );
  const keyring = openPseudonymiser(city.places.pseudonymKey(CODE));
  const known = (n: number) =>
    keyring.pairwise("messaging", keyring.subject(pid(n)));

  assert.deepEqual(three.value.members, [1, 2, 3].map(known).sort());
  assert.deepEqual(small.value.members, []);
  assert.equal(small.value.failure, "below_threshold");
  assert.deepEqual(
    moved.value.changes.map((one: Record<string, unknown>) => [
      one["member"],
      one["joined"],
    ]),
    [[known(1), false], [known(4), true]],
  );
  assert.equal((await members(made.value.id, other)).status, 403);
  assert.equal((await members(made.value.id, hq)).status, 403);
  const identity = await api.key("identity", [], ["idlink.*"]);
  const asked = await api.ask(identity, "/pseudonyms", {
    recipient: "messaging",
    pids: [pid(2)],
  });
  assert.deepEqual(asked.value, { pseudonyms: [known(2)] });

  await city.close(true);
  const again = await peopleCity("2026-11-09T04:00:00Z", city.dir);
  try {
    await again.send([checkIn(5, "2026-11-09T12:00:00+09:00")]);
    const restarted = audienceApi(again);
    const four = await soon(
      () => restarted.ask(messaging, `/audiences/${made.value.id}/members`),
      ({ value }) => value.members?.length === 4,
    );
    assert.deepEqual(four.value.members, [2, 3, 4, 5].map(known).sort());
    await again.send([
      event("shelter.closed", { shelterId: SHELTER }, {
        at: "2026-11-09T12:30:00+09:00",
        mode: "disaster",
      }),
    ]);
    await soon(
      () => restarted.ask(messaging, `/audiences/${made.value.id}/members`),
      ({ value }) => value.members?.length === 0,
    );
  } finally {
    await again.close();
  }
});

Deno.test("O28 who never sees a mini-app is told by kind of person, and small kinds are not", () =>
  withCity(async (city, api) => {
    await city.send([
      ...registered(0, 30, {
        ageBand: "30-34",
        childAgeBands: ["5-9"],
        nfcCapable: true,
      }),
      ...registered(40, 22, { ageBand: "70-74", nfcCapable: false }),
      ...registered(70, 4, {
        ageBand: "70-74",
        childAgeBands: ["10-14"],
        nfcCapable: false,
      }),
      ...registered(80, 16, {}, "email"),
    ]);
    const analyst = await api.key("analyst", ["analyst"]);

    const { value } = await api.ask(analyst, "/audiences/unseen", {
      rule: {
        all: [
          { attr: "childAgeBands", op: "intersects", value: ["5-9", "10-14"] },
          { attr: "tier", op: "=", value: "jpki" },
        ],
      },
    });

    const of = (group: string, of: string) =>
      value.groups.find((one: Record<string, unknown>) =>
        one["group"] === group && one["value"] === of
      );
    assert.deepEqual(of("all", "all"), {
      group: "all",
      value: "all",
      offered: 34,
      never: 38,
    });
    assert.equal(of("tier", "email").never, 16);
    assert.equal(of("ageGroup", "20-39").offered, 30);
    // 4 of 26 would be told by the rest.
    assert.deepEqual(of("ageGroup", "65+"), {
      group: "ageGroup",
      value: "65+",
      offered: null,
      never: null,
    });
    assert.equal(of("nfc", "no").offered, null);
  }));

Deno.test("O10 who opted out of a personal order is known, the latest choice of each counting", () =>
  withCity(async (city) => {
    const choose = (n: number, optedOut: boolean, minute: number) =>
      event("ranking.optout", { optedOut }, {
        person: { pid: pid(n) },
        at: `2026-11-09T10:${minute}:00+09:00`,
      });
    await city.send([
      choose(1, true, 10),
      choose(2, true, 10),
      choose(2, false, 20),
      choose(3, true, 30),
    ]);

    const rows = await city.warehouse.selectFrom("event")
      .select(["subject", "data", "occurred_at"])
      .where("type", "=", "ranking.optout").orderBy("occurred_at").execute();
    const last = new Map(
      rows.map(({ subject, data }) => [
        subject,
        JSON.parse(String(data)).optedOut,
      ]),
    );

    assert.equal([...last.values()].filter(Boolean).length, 2);
    assert.ok(!last.has(null));
  }));
