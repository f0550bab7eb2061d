import { grantsPoints, PILOT } from "./pilot.ts";
import type { Scene } from "./scene.ts";

/** Weekend events with applications, entry, exit and points; facilities and classes in the week. */
export function gatherings(scene: Scene): void {
  const { world, day, weekday } = scene;
  const share = world.registeredBy(day) / 1_000;
  if (weekday === 0 || weekday === 6) event(scene, share);
  scene.times(share * 0.05, () => facility(scene));
  scene.times(share * 0.06, () => card(scene));
  if (weekday === 6) {
    scene.times(share * 0.06, () => {
      const person = scene.holder();
      if (person === undefined) return;
      scene.tell("volunteer.participated", 11, {
        activityRef: scene.one(["clean-up", "patrol", "reading"]),
        hours: 1 + scene.upTo(5) / 2,
      }, { person });
    });
  }
  if (weekday === 2 && scene.chance(0.6)) {
    scene.tell("class.held", 14, {
      kind: scene.chance(0.85) ? "app" : "data",
      place: `hall-${scene.upTo(12)}`,
      districtCode: scene.district(),
      organiser: scene.one(["city", "community", "residents"]),
      attendees: 5 + scene.upTo(20),
      date: day,
    });
  }
}

function event(scene: Scene, share: number): void {
  const { world, day } = scene;
  const eventRef = `${world.code}-ev-${day}`;
  scene.times(1.5 + share, () => {
    const person = scene.holder();
    if (person === undefined) return;
    scene.tell("event.viewed", 8 + scene.random(), { eventRef }, { person });
    if (!scene.chance(0.5)) return;
    scene.tell("event.applied", 9 + scene.random() * 0.5, { eventRef }, {
      person,
    });
    if (scene.chance(0.1)) {
      return scene.tell("event.cancelled", 9.6, { eventRef }, { person });
    }
    if (!scene.chance(0.8)) return;
    const hour = 10 + 2 * scene.random();
    const gate = scene.one(["main", "east"]);
    const method = scene.chance(0.85) ? "qr" : "staff-scan";
    scene.tell("event.checked_in", hour, {
      eventRef,
      gate,
      method,
      receptionMs: method === "qr"
        ? 3_000 + scene.upTo(5_000)
        : 12_000 + scene.upTo(20_000),
    }, { person });
    scene.tell("event.checked_out", hour + 0.5 + 2 * scene.random(), {
      eventRef,
      gate,
      method,
    }, { person });
    scene.tell("credential.presented", hour, { context: "event" }, { person });
    if (grantsPoints(scene, person)) {
      grant(scene, eventRef, hour, person);
    }
  });
  if (world.code === PILOT.code && day >= PILOT.counted) {
    meeting(scene, eventRef);
  }
}

/** Residents of the district received by staff; more of them come where points are granted. */
function meeting(scene: Scene, eventRef: string): void {
  scene.times(scene.world.registeredBy(scene.day) / 220, () => {
    const person = scene.holder();
    if (person === undefined) return;
    const granted = grantsPoints(scene, person);
    if (!scene.chance(granted ? 0.95 : 0.66)) return;
    const hour = 10 + 3 * scene.random();
    scene.tell("event.checked_in", hour, {
      eventRef,
      gate: "main",
      method: "staff-scan",
      receptionMs: 12_000 + scene.upTo(20_000),
    }, { person });
    if (granted) grant(scene, eventRef, hour, person);
  });
}

function grant(
  scene: Scene,
  eventRef: string,
  hour: number,
  person: number,
): void {
  scene.tell("point.granted", hour + 0.02, {
    ledger: "city",
    amount: 10 * (1 + scene.upTo(30)),
    ruleId: "event",
    ref: eventRef,
  }, { person });
}

function facility(scene: Scene): void {
  const person = scene.holder();
  if (person === undefined) return;
  const hour = 10 + 6 * scene.random();
  scene.tell("facility.visited", hour, {
    facilityId: scene.one(["history-museum", "senior-centre", "library-main"]),
    method: "qr",
  }, { person });
  scene.tell("credential.presented", hour, { context: "facility" }, { person });
}

function card(scene: Scene): void {
  const person = scene.holder();
  if (person === undefined) return;
  const hour = 9 + 8 * scene.random();
  if (scene.chance(0.6)) {
    scene.tell("card.presented", hour, {
      type: scene.one(["library", "facility", "information"]),
    }, { person });
  } else {
    scene.tell("credential.scanned", hour, {
      context: scene.one(["event", "counter", "lecture"]),
      staffRole: scene.one(["reception", "counter", "lecture"]),
      outcome: scene.chance(0.97) ? "confirmed" : "expired",
    }, { person });
  }
}
