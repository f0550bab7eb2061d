import { FLOOD_DAY } from "../story.ts";
import type { Scene } from "./scene.ts";

const NEEDS = [
  ["water-2l", 300],
  ["blanket", 160],
  ["nappies", 60],
  ["rice-meal", 240],
  ["portable-toilet", 30],
] as const;
const CARE = [
  "infant",
  "wheelchair",
  "medical",
  "nursing",
  "language",
] as const;
/** Shelters of the flood night, as in the story. */
const SHELTERS = [1, 3, 5, 6, 7, 10, 11, 15];
const MODE = {
  mode: "disaster",
  disasterEventId: "412015-2026-flood01",
} as const;

/** Around the flood night's receptions: searches, needs, care, paper forms, families, damage. */
export function flood(scene: Scene): void {
  const { world, day } = scene;
  if (world.code !== "412015") return;
  scene.times(world.registeredBy(day) / 30_000, () => family(scene));
  scene.times(1.2, () => search(scene, "any"));
  if (day !== FLOOD_DAY) return;
  const campaignId = "412015-m-flood01";
  scene.tell("message.campaign.created", 17.6, {
    campaignId,
    audienceRule: "rule-flood-south",
    audienceSize: 9_400,
    disasterOverride: true,
    overrideReason: "evacuation",
  }, MODE);
  scene.times(260, () => {
    const person = scene.someone();
    scene.tell("message.sent", 17.7, { campaignId }, { person, ...MODE });
    if (!scene.chance(0.96)) return;
    scene.tell("message.delivered", 17.75, { campaignId }, { person, ...MODE });
    if (scene.chance(0.8)) {
      scene.tell("message.opened", 17.8 + scene.random(), { campaignId }, {
        person,
        ...MODE,
      });
    }
  });
  scene.times(420, () => search(scene, "flood"));
  for (const index of SHELTERS) shelter(scene, index);
  scene.times(60, () => {
    scene.tell("safety.looked_up", 19 + 6 * scene.random(), {
      result: scene.chance(0.92) ? "allowed" : "blocked",
    }, { person: scene.holder(), ...MODE });
  });
  scene.times(35, (nth) => damage(scene, nth));
}

function search(scene: Scene, hazard: string): void {
  const { municipality } = scene.world.city;
  const night = hazard === "flood";
  scene.tell("shelter.searched", night ? 17 + 5 * scene.random() : 12, {
    mesh500: scene.mesh(),
    hazard,
    ...scene.chance(0.7) ? { chosen: scene.one(municipality.shelters).id } : {},
  }, { person: scene.someone(), ...night ? MODE : {} });
}

function family(scene: Scene): void {
  const person = scene.holder();
  const type = scene.chance(0.92)
    ? "family.link.granted"
    : "family.link.revoked";
  scene.tell(type, 8 + 12 * scene.random(), {}, { person });
}

function shelter(scene: Scene, index: number): void {
  const shelterId = scene.world.city.municipality.shelters[index]?.id;
  if (shelterId === undefined) return;
  const full = index % 5 === 0;
  scene.tell("shelter.status", 20.5, {
    shelterId,
    openingStatus: full ? "full" : "open",
    vacancyBand: full ? "full" : "crowded",
  }, MODE);
  scene.tell("shelter.status", 28, {
    shelterId,
    openingStatus: "open",
    vacancyBand: "free",
  }, MODE);
  for (const [n, [item, qty]] of NEEDS.entries()) {
    if (!scene.chance(0.7)) continue;
    const need = {
      shelterId,
      needId: `need-${index}-${n}`,
      item,
      eeiItem: 121,
      qty: Math.round(qty * (0.5 + scene.random())),
      urgency: scene.one(["normal", "high"]),
    };
    scene.tell("shelter.need.reported", 19 + 2 * scene.random(), need, MODE);
    if (scene.chance(0.75)) {
      scene.tell("shelter.need.fulfilled", 22 + 5 * scene.random(), need, MODE);
    }
  }
  for (const care of CARE) {
    if (!scene.chance(0.5)) continue;
    scene.tell("shelter.care.counted", 21, {
      shelterId,
      care,
      people: 1 + scene.upTo(6),
    }, MODE);
  }
  scene.times(4, (nth) => form(scene, shelterId, `form-${index}-${nth}`));
  scene.tell("safety.mail.sent", 20, {
    shelterId,
    count: 20 + scene.upTo(60),
    failed: scene.upTo(4),
  }, MODE);
  scene.times(
    6,
    () =>
      scene.tell("credential.scanned", 18 + 3 * scene.random(), {
        context: "shelter",
        staffRole: "shelter",
        outcome: "confirmed",
      }, { person: scene.holder(), ...MODE }),
  );
}

/** Handwritten at the door, entered the next morning. */
function form(scene: Scene, shelterId: string, formId: string): void {
  const people = Array.from({ length: 1 + scene.upTo(4) }, () => ({
    ageBand: scene.one(["5-9", "35-39", "40-44", "70-74", "80-84"]),
    sex: scene.one(["1", "2"]),
  }));
  const hour = 18 + scene.upTo(4);
  scene.tell("shelter.form.entered", 32, {
    shelterId,
    formId,
    arrivedAt: `${scene.day}T${hour}:10:00+09:00`,
    people,
    receptionMs: 90_000 + scene.upTo(60_000),
  }, MODE);
  if (scene.chance(0.3)) {
    scene.tell("shelter.form.reconciled", 33, {
      shelterId,
      formId,
      alsoCheckedIn: 1,
    }, MODE);
  }
}

function damage(scene: Scene, nth: number): void {
  const [lon, lat] =
    scene.one(scene.world.city.municipality.districts).position ??
      [130.3, 33.2];
  scene.tell("damage.photo.registered", 30 + 6 * scene.random(), {
    photoId: `ph-flood01-${nth}`,
    category: scene.one(["road", "river", "building", "farmland"]),
    device: scene.chance(0.3) ? "drone" : "phone",
    location: [lon, lat],
  }, MODE);
}
