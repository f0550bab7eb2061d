import type { Scene } from "./scene.ts";

/** Notices to many: how many are sent on an ordinary day, delivered and opened. */
export function notices(scene: Scene): void {
  const { world, day, weekday } = scene;
  const share = world.registeredBy(day) / 1_000;
  if (weekday === 3) campaign(scene, share * 0.8);
  scene.times(share * 0.2, () => push(scene));
  if (weekday === 1 || weekday === 4) {
    scene.times(share * 0.3, () => waste(scene));
  }
  if (scene.app("Library") !== undefined) {
    scene.times(share * 0.1, () => library(scene));
  }
}

function campaign(scene: Scene, size: number): void {
  const { world, day } = scene;
  const campaignId = `${world.code}-m-${day}`;
  scene.tell("message.campaign.created", 9, {
    campaignId,
    audienceRule: scene.one(["rule-all", "rule-families", "rule-senior"]),
    audienceSize: Math.round(world.registeredBy(day) * 0.4),
    disasterOverride: false,
  });
  scene.times(size, () => {
    const person = scene.someone();
    scene.tell("message.sent", 9.1, { campaignId }, { person });
    if (!scene.chance(0.95)) return;
    scene.tell("message.delivered", 9.15, { campaignId }, { person });
    if (!scene.chance(0.42)) return;
    scene.tell("message.opened", 9.2 + 10 * scene.random(), { campaignId }, {
      person,
    });
  });
}

function push(scene: Scene): void {
  const person = scene.someone();
  const topic = scene.one(["waste", "childcare", "disaster", "events"]);
  const campaignId = `p-${scene.day}-${topic}`;
  const hour = 7 + 10 * scene.random();
  const data = { campaignId, topic };
  scene.tell("push.sent", hour, data, { person });
  if (!scene.chance(0.93)) return;
  scene.tell("push.delivered", hour, data, { person });
  if (scene.chance(0.31)) {
    scene.tell("push.opened", hour + scene.random(), data, { person });
  } else if (scene.chance(0.02)) {
    scene.tell("push.optout", hour + scene.random(), data, { person });
  }
}

function waste(scene: Scene): void {
  const person = scene.someone();
  const area = `area-${1 + scene.upTo(8)}`;
  scene.tell("waste.reminder.sent", 6.5, { area }, { person });
  if (scene.chance(0.38)) {
    scene.tell("waste.reminder.opened", 6.6 + scene.random(), { area }, {
      person,
    });
  }
}

function library(scene: Scene): void {
  const person = scene.holder();
  if (person === undefined) return;
  const kind = scene.one(["due", "reservation", "overdue"]);
  scene.tell("library.notice.sent", 10, { kind }, { person });
  if (scene.chance(0.6)) {
    scene.tell("library.notice.opened", 10.2 + 8 * scene.random(), { kind }, {
      person,
    });
  }
}
