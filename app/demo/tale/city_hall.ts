import type { Scene } from "./scene.ts";

const PROCEDURES = [
  "childcare-allowance",
  "residence-certificate",
  "dog-registration",
  "nursery",
] as const;
const COUNTERS = ["counter-01", "counter-05", "counter-12", "counter-21"];
const AGES = ["65-69", "70-74", "75-79", "80-84", "85+"] as const;
const HALL_HOURS = [9, 10, 11, 12, 13, 14, 15, 16];

/** The city hall's day: queues, applications, bookings, reports from the street, help desks. */
export function cityHall(scene: Scene): void {
  const { world, day, weekday } = scene;
  const share = world.registeredBy(day) / 1_000;
  const works = weekday > 0 && weekday < 6;
  if (works && scene.app("Counter queues") !== undefined) queues(scene);
  scene.times(share * 0.06, () => application(scene));
  scene.times(share * 0.05, () => booking(scene));
  scene.times(share * 0.012, () => street(scene));
  scene.times(share * 0.012, () => feedback(scene));
  if (works && scene.chance(0.5)) helpDesk(scene);
  if (scene.app("Mobility") !== undefined) {
    scene.times(
      share * 0.03,
      () =>
        scene.tell("mobility.booked", 7 + 13 * scene.random(), {
          mode: scene.one(["taxi", "on_demand_bus", "bike"]),
          originMesh: scene.mesh(),
          destMesh: scene.mesh(),
          operatorId: scene.one(["taxi-1", "taxi-2"]),
        }, { person: scene.someone() }),
    );
  }
  if (scene.app("Regional vouchers") !== undefined) {
    scene.times(
      share * 0.02,
      () =>
        scene.tell("payment.linked", 8 + 12 * scene.random(), {
          operatorId: "regional-pay",
        }, { person: scene.holder() }),
    );
  }
}

function queues(scene: Scene): void {
  const monday = scene.weekday === 1 ? 1.5 : 1;
  const moving = /-(03-2\d|04-0\d)$/.test(scene.day) ? 2.2 : 1;
  for (const [n, counterId] of COUNTERS.entries()) {
    let served = 0;
    for (const hour of HALL_HOURS) {
      const busy = [3, 6, 7, 5, 6, 5, 4, 2][hour - 9] ?? 1;
      const waiting = Math.round(
        busy * monday * moving * (0.5 + scene.random()) / (1 + n * 0.4),
      );
      served += 6 + scene.upTo(6);
      scene.tell("queue.observed", hour + 0.5, {
        counterId,
        waiting,
        called: served,
        serving: 2 + scene.upTo(2),
        served,
      });
    }
  }
}

function application(scene: Scene): void {
  const debit = scene.app("Direct debit") !== undefined && scene.chance(0.15);
  const digital = scene.chance(0.25 + (scene.day > "2025" ? 0.2 : 0));
  const data = {
    procedureId: debit ? "direct-debit" : scene.one(PROCEDURES),
    channel: digital ? scene.one(["app", "web"]) : "counter",
    ...debit ? { feeType: scene.one(["water", "nursery", "tax"]) } : {},
  };
  const person = digital ? scene.holder() : undefined;
  const hour = digital ? 7 + 16 * scene.random() : 9 + 7 * scene.random();
  scene.tell("application.started", hour, data, { person });
  if (!scene.chance(0.8)) return;
  scene.tell("application.submitted", hour + 0.2, {
    ...data,
    durationMs: (digital ? 240_000 : 900_000) + scene.upTo(300_000),
  }, { person });
  if (scene.chance(0.9)) {
    scene.tell("application.completed", hour + 0.5, data, { person });
  }
}

function booking(scene: Scene): void {
  const type = scene.one(["waste", "bulky", "facility"] as const);
  const person = scene.holder();
  const hour = 8 + 6 * scene.random();
  const slot = 15 + scene.upTo(4);
  const data = {
    bookingId: `b-${scene.day}-${scene.upTo(1_000_000).toString(36)}`,
    type,
    ...type === "facility" ? { facilityId: `hall-${scene.upTo(12)}` } : {},
    ...type === "bulky" ? { item: scene.one(["sofa", "bed", "desk"]) } : {},
    slotStart: `${scene.day}T${slot}:00:00+09:00`,
  };
  scene.tell("booking.created", hour, data, { person });
  if (scene.chance(0.1)) {
    return scene.tell("booking.cancelled", hour + 0.3, data, { person });
  }
  const end = scene.chance(0.93) ? "booking.used" : "booking.missed";
  scene.tell(end, slot, data, { person });
}

function street(scene: Scene): void {
  const { day, world } = scene;
  const issueId = `i-${day}-${scene.upTo(1_000_000).toString(36)}`;
  const serviceCode = scene.one(["pothole", "streetlight", "litter", "park"]);
  const hour = 7 + 8 * scene.random();
  scene.tell("issue.reported", hour, {
    issueId,
    serviceCode,
    mesh500: scene.mesh(),
    photo: scene.chance(0.7),
  }, scene.chance(0.8) ? { person: scene.someone() } : {});
  const [lon, lat] = scene.one(world.city.municipality.districts).position ??
    [135.9, 35];
  const location = [round(lon), round(lat)];
  scene.tell("issue.updated", hour + 1, {
    issueId,
    serviceCode,
    status: "open",
    moderated: true,
    location,
  });
  if (scene.chance(0.6)) {
    scene.tell("issue.updated", hour + 4 + 4 * scene.random(), {
      issueId,
      serviceCode,
      status: "closed",
      moderated: true,
      location,
    });
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}

function feedback(scene: Scene): void {
  const feedbackId = `f-${scene.day}-${scene.upTo(1_000_000).toString(36)}`;
  const hour = 8 + 8 * scene.random();
  scene.tell("feedback.submitted", hour, {
    feedbackId,
    category: scene.one(["app", "city-hall", "waste", "roads"]),
    topics: [scene.one(["login", "map", "notices", "points", "wait"])],
  }, scene.chance(0.7) ? { person: scene.someone() } : {});
  if (!scene.chance(0.75)) return;
  scene.tell("feedback.replied", hour + 2 + 5 * scene.random(), {
    feedbackId,
    status: scene.one(["answered", "planned", "done"]),
    changeMade: scene.chance(0.2),
  });
}

function helpDesk(scene: Scene): void {
  scene.times(
    1 + scene.upTo(3),
    () =>
      scene.tell("support.session", 10 + 5 * scene.random(), {
        place: `hall-${scene.upTo(12)}`,
        topic: scene.one(["registration", "card", "notices", "map"]),
        ageBand: scene.one(AGES),
        outcome: scene.chance(0.85) ? "resolved" : "referred",
        durationMs: 300_000 + scene.upTo(900_000),
      }, scene.chance(0.5) ? { person: scene.someone() } : {}),
  );
}
