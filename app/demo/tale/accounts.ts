import { NEVER } from "../people.ts";
import type { World } from "../world.ts";
import type { Scene } from "./scene.ts";

/** From here on the app keeps receipts of every purpose. */
const LEDGER_SINCE = "2026-07-01";
/** Otsu's app tells of every step of registering since its launch, Saga's since it was renewed. */
const STEPS_SINCE: Readonly<Record<string, string>> = {
  "252018": "2025-10-14",
  "412015": "2025-04-01",
};
const GX_SINCE = "2024-10-01";
const PURPOSES = [
  "usage-statistics",
  "event-reception",
  "surveys",
  "personal-ranking",
  "community",
] as const;

/** What becomes of accounts: attempts, terms, consents, moves, links, rare repairs. */
export function accounts(scene: Scene): void {
  const { world, day, number } = scene;
  const { people } = world;
  const measured = day >= (STEPS_SINCE[world.code] ?? "9");
  const before = world.registeredBy(previous(day));
  const after = world.registeredBy(day);
  for (let person = before; person < after; person++) {
    const byCard = people.card[person] === number;
    if (measured) {
      attempt(scene, byCard ? "card" : "email", true);
      scene.tell("terms.agreed", 22, { docVersion: "2025-10" }, { person });
    }
    if (day >= LEDGER_SINCE) consents(scene, person);
  }
  if (measured) {
    scene.times((after - before) * 0.25, () => attempt(scene, "card", false));
  }
  for (const person of leavers(world).get(number) ?? []) {
    scene.tell("account.closed", 20, {
      reason: scene.one(["user", "moved"]),
    }, { person });
  }
  const share = after / 1_000;
  scene.times(share * 0.02, () => move(scene));
  scene.times(share * 0.004, () => repairs(scene));
  scene.times(share * 0.01, () => links(scene));
}

const leaving = new WeakMap<World, Map<number, number[]>>();

/** Who leaves, by day. */
function leavers(world: World): Map<number, number[]> {
  let found = leaving.get(world);
  if (found !== undefined) return found;
  found = new Map<number, number[]>();
  for (const [person, day] of world.people.closed.entries()) {
    if (day !== NEVER) found.set(day, [...found.get(day) ?? [], person]);
  }
  leaving.set(world, found);
  return found;
}

function attempt(scene: Scene, route: "card" | "email", done: boolean): void {
  const attemptId = `try-${scene.day}-${scene.upTo(1_000_000).toString(36)}`;
  const nfcCapable = done ? true : scene.chance(0.7);
  const last = done ? 5 : 1 + scene.upTo(3);
  const hour = 8 + 12 * scene.random();
  for (let step = 1; step <= last; step++) {
    const failed = !done && step === last;
    scene.tell("registration.step", hour + step / 100, {
      route,
      attemptId,
      step,
      outcome: failed ? scene.one(["failed", "left"]) : "done",
      ...failed && route === "card"
        ? {
          errorClass: nfcCapable
            ? scene.one(["card_unreadable", "wrong_pin", "network"])
            : "no_nfc",
        }
        : {},
      nfcCapable,
      elapsedMs: 3_000 + scene.upTo(20_000),
    });
  }
}

function consents(scene: Scene, person: number): void {
  const agrees = scene.world.people.consent[person] === 1;
  const about = (purposeId: string) => ({
    purposeId,
    items: ["usage", "district"],
    recipient: "city",
    policyVersion: "2026-07",
  });
  for (const purposeId of PURPOSES) {
    scene.tell("consent.requested", 22.1, about(purposeId), { person });
    if (!agrees) {
      scene.tell("consent.denied", 22.2, about(purposeId), { person });
      continue;
    }
    scene.tell("consent.granted", 22.2, {
      ...about(purposeId),
      receiptId: purposeId === "usage-statistics"
        ? "rcpt_statistics"
        : `rcpt_${purposeId}`,
      legalBasis: "consent",
    }, { person });
  }
}

function move(scene: Scene): void {
  const person = scene.holder();
  if (person === undefined) return;
  const to = scene.district();
  scene.tell("attributes.updated", 3, {
    fields: ["districtCode"],
    to: { districtCode: to, residentStatus: "resident", source: "idp" },
    effectiveOn: scene.day,
  }, { person });
}

function repairs(scene: Scene): void {
  const person = scene.holder();
  if (person === undefined) return;
  const hour = 9 + 8 * scene.random();
  const what = scene.upTo(8);
  if (what === 0) {
    scene.tell("account.reissued", hour, { reason: "new_phone" }, { person });
  } else if (what === 1) {
    const other = scene.someone();
    if (other === undefined || other === person) return;
    scene.tell("account.merged", hour, {
      mergedPid: scene.world.subject(other),
    }, { person });
  } else if (what === 2) {
    scene.tell("credential.revoked", hour, { kind: "id", reason: "lost" }, {
      person,
    });
  } else if (what < 5) {
    scene.tell("credential.added", hour, {
      type: scene.one(["qualification", "work", "education"]),
    }, { person });
  } else if (what === 5 && scene.day >= GX_SINCE) {
    scene.tell("credential.issued", hour, { kind: "gx", attested: true }, {
      person,
    });
  } else if (scene.day >= LEDGER_SINCE) {
    scene.tell("consent.withdrawn", hour, {
      receiptId: "rcpt_statistics",
      purposeId: "usage-statistics",
      recipient: "city",
    }, { person });
  }
}

function links(scene: Scene): void {
  const type = scene.chance(0.9) ? "idlink.created" : "idlink.revoked";
  const recipient = scene.one(["partner-bus", "partner-library"]);
  scene.tell(type, 9 + 9 * scene.random(), {
    recipient,
    ...type === "idlink.created"
      ? { contractId: `${scene.world.code}-c-1` }
      : {},
  }, { person: scene.holder() });
}

function previous(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`) - 86_400_000;
  return new Date(at).toISOString().slice(0, 10);
}
