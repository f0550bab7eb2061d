import assert from "node:assert/strict";
import type { z } from "zod";
import { fullEvent } from "./_event.ts";
import { admit, type Admittance } from "./admit.ts";
import { catalogue, contractFor, eventTypes } from "./catalogue.ts";
import { fieldNotes, unwrapped } from "./field_notes.ts";
import { findPersonalData } from "./guard.ts";
import type { EventLine } from "./line.ts";
import { pseudonymiser } from "./pseudonym.ts";

const at: Admittance = {
  municipality: "252018",
  keyId: "k1",
  eventTypes: ["*"],
  pseudonymiser: pseudonymiser(1, "ab".repeat(32)),
  receivedAt: new Date("2026-11-09T00:12:33Z"),
  discarded: () => assert.fail("Nothing is unknown"),
};

/** Types the city's app and its offices send, by their first word. */
const NAMED = {
  account: "registered upgraded closed merged reissued",
  registration: "step",
  terms: "agreed",
  attributes: "updated",
  preference: "changed area.changed",
  home: "arranged",
  ranking: "optout",
  consent: "requested granted denied withdrawn",
  idlink: "created revoked",
  dataflow: "shared",
  credential: "issued revoked added presented scanned",
  app: "session.started session.ended",
  miniapp: "listed installed opened closed error",
  qr: "scanned",
  sandbox: "used",
  article: "impression opened",
  attachment: "opened",
  content: "opened searched",
  popup: "shown closed",
  link: "outbound",
  share: "outbound",
  message: "campaign.created sent delivered opened",
  push: "sent delivered opened optout",
  waste: "reminder.sent reminder.opened",
  library: "notice.sent notice.opened",
  event: "viewed applied cancelled checked_in checked_out",
  facility: "visited",
  volunteer: "participated",
  class: "held",
  survey: "published eligible answered result.published",
  point: "granted spent expired reversed",
  lottery: "opened entered drawn",
  prize: "sent",
  shelter: "opened closed status checked_in checked_out form.entered " +
    "form.reconciled care.counted need.reported need.fulfilled searched",
  family: "link.granted link.revoked",
  safety: "looked_up mail.sent",
  application: "started submitted completed",
  booking: "created used cancelled missed",
  mobility: "booked",
  payment: "linked reported",
  queue: "observed",
  card: "presented",
  issue: "reported updated",
  damage: "photo.registered",
  feedback: "submitted replied",
  support: "session",
  absence: "reported",
  enrolment: "reported",
  school: "closed",
  zone: "crossed",
  post: "created rsvp",
  mappost: "created moderated",
  thanks: "given",
  mutualaid: "offered requested done",
  community: "activity.reported",
  sensor: "reading",
  ai: "query",
  store: "report",
  sns: "report",
  stafftime: "reported",
  contact: "counted",
  cost: "reported",
  staff: "access",
  auth: "login failed",
  provider: "changed",
  milestone: "reached",
  release: "published",
};

function named(): string[] {
  return Object.entries(NAMED).flatMap(([first, rest]) =>
    rest.split(" ").map((word) => `${first}.${word}`)
  );
}

Deno.test("the catalogue names every type that the city's app makes, and none twice", () => {
  const versions = eventTypes.map(({ type, version }) => `${type} ${version}`);

  assert.deepEqual([...catalogue.keys()].sort(), named().sort());
  assert.equal(new Set(versions).size, versions.length);
  assert.equal(catalogue.has("person.located"), false);
});

Deno.test("admit() takes the sample of every type as it is", () => {
  for (const type of catalogue.values()) {
    const event = fullEvent(type.type);
    const admission = admit(event, at);

    if (type.destination === "broker") {
      assert.deepEqual(admission, {
        kind: "refused",
        refusal: { code: "belongs_to_the_broker", field: "type" },
      });
      continue;
    }
    assert.equal(admission.kind, "accepted", type.type);
    assert.ok(admission.kind === "accepted");
    const line: EventLine = JSON.parse(admission.text);
    assert.equal(line.subject === undefined, type.subject === "none");
    const parsed = type.data.parse(type.sample);
    for (const field of type.persons) {
      assert.match(String(line.data[field]), /^1-[0-9a-f]{32}$/);
      assert.notEqual(line.data[field], parsed[field]);
      line.data[field] = parsed[field];
    }
    assert.deepEqual(line.data, parsed, type.type);
  }
});

Deno.test("every field of the catalogue is explained in both languages and holds no free text", () => {
  for (const type of eventTypes) {
    for (const { path, meaning, schema } of fieldNotes(type)) {
      const where = `${type.type} ${path}`;
      assert.match(meaning.ja, /[ぁ-んァ-ヶ一-龠]|^(OS|SNS|QR)/, where);
      assert.match(meaning.en, /^[A-Z][ -~]+$/, where);
      assert.match(
        path.split(/\.|\[\]\.?/).at(-1) ?? "",
        /^([a-z][A-Za-z0-9]*)?$/,
      );
      assert.ok(isClosed(schema), `${where} is free text`);
    }
    assert.deepEqual(findPersonalData({ data: type.sample }, type), undefined);
  }
});

function isClosed(schema: z.core.$ZodType): boolean {
  const { def } = (unwrapped(schema) as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return (schema as z.ZodString).format !== null ||
        (def.checks ?? []).some((one) =>
          one._zod.def.check === "string_format"
        );
    case "array":
      return isClosed(def.element);
    case "record":
      return isClosed(def.keyType) && isClosed(def.valueType);
    case "tuple":
      return def.items.every(isClosed);
    default:
      return ["number", "boolean", "enum", "literal", "object"].includes(
        def.type,
      );
  }
}

Deno.test("admit() takes the exact position of a thing and never that of a person", () => {
  const issue = fullEvent("issue.updated");
  const search = fullEvent("shelter.searched");
  const refusal = (event: unknown) => {
    const admission = admit(event, at);
    return admission.kind === "refused" ? admission.refusal : admission.kind;
  };

  assert.equal(refusal(issue), "accepted");
  assert.deepEqual(
    refusal({
      ...search,
      data: { mesh500: "523567101", at: [135.86812, 35.00451] },
    }),
    { code: "personal_data:position", field: "data.at" },
  );
  assert.deepEqual(
    refusal({ ...issue, data: { ...issue["data"] as object, lat: 35.1 } }),
    { code: "personal_data:forbidden_key", field: "data.lat" },
  );
  // A quarter mesh of 250 m has ten digits.
  assert.equal(
    refusal({ ...search, data: { mesh500: "5235671012" } }),
    "quarantined",
  );
});

Deno.test("contractFor() finds a version beside another and falls back to the newest", () => {
  assert.equal(contractFor("miniapp.opened", 1)?.version, 1);
  assert.equal(contractFor("miniapp.opened")?.type, "miniapp.opened");
  assert.equal(contractFor("nobody.knows", 1), undefined);
  const admission = admit({ ...fullEvent("miniapp.opened"), version: 7 }, at);
  assert.ok(admission.kind === "quarantined");
  assert.equal(admission.fault.code, "unknown_version");
});
