import type { Scene } from "./scene.ts";

const CATEGORIES = ["festival", "clean-up", "sports", "reading"] as const;

/** District boards, the map of residents, thanks and mutual aid. */
export function community(scene: Scene): void {
  const { world, day, weekday } = scene;
  const begun = world.code === "412015" ? "2023-10-01" : "2026-04-01";
  if (day < begun) return;
  const share = world.registeredBy(day) / 1_000;
  scene.times(share * 0.03, () => board(scene));
  scene.times(share * 0.02, () => map(scene));
  scene.times(share * 0.03, () => thanks(scene));
  scene.times(share * 0.015, () => aid(scene));
  if (weekday === 0) {
    scene.times(3, () =>
      scene.tell("community.activity.reported", 16, {
        districtCode: scene.district(),
        kind: scene.one(CATEGORIES),
        date: day,
        participants: 10 + scene.upTo(60),
      }));
  }
}

function board(scene: Scene): void {
  const postId = `post-${scene.day}-${scene.upTo(1_000_000).toString(36)}`;
  const hour = 8 + 6 * scene.random();
  const recruiting = scene.chance(0.6);
  scene.tell("post.created", hour, {
    postId,
    districtCode: scene.district(),
    category: scene.one(CATEGORIES),
    recruiting,
  }, { person: scene.holder() });
  if (!recruiting) return;
  scene.times(3, () =>
    scene.tell("post.rsvp", hour + 6 * scene.random(), {
      postId,
      answer: scene.chance(0.7) ? "join" : "decline",
    }, { person: scene.holder() }));
}

function map(scene: Scene): void {
  const mapPostId = `mp-${scene.day}-${scene.upTo(1_000_000).toString(36)}`;
  const category = scene.one(["traffic", "disaster", "history", "nature"]);
  const hour = 8 + 6 * scene.random();
  scene.tell("mappost.created", hour, {
    mapPostId,
    category,
    mesh500: scene.mesh(),
    photo: scene.chance(0.8),
  }, { person: scene.someone() });
  const shown = scene.chance(0.9);
  const [lon, lat] =
    scene.one(scene.world.city.municipality.districts).position ?? [135.9, 35];
  scene.tell("mappost.moderated", hour + 2, {
    mapPostId,
    category,
    decision: shown ? "shown" : "hidden",
    ...shown ? { location: [lon, lat] } : {},
  });
}

function thanks(scene: Scene): void {
  const [from, to] = [scene.holder(), scene.holder()];
  if (from === undefined || to === undefined || from === to) return;
  scene.tell("thanks.given", 9 + 10 * scene.random(), {
    toPid: scene.world.subject(to),
    districtCode: scene.district(),
    category: scene.one(CATEGORIES),
  }, { person: from });
  scene.tell("point.granted", 9 + 10 * scene.random(), {
    ledger: "thanks",
    amount: 1,
    ruleId: "thanks",
  }, { person: to });
}

function aid(scene: Scene): void {
  const category = scene.one(["shopping", "snow", "garden", "transport"]);
  const hour = 9 + 5 * scene.random();
  scene.tell("mutualaid.requested", hour, { category }, {
    person: scene.holder(),
  });
  if (!scene.chance(0.7)) return;
  const helper = scene.holder();
  scene.tell("mutualaid.offered", hour + 1, { category }, { person: helper });
  if (scene.chance(0.8)) {
    scene.tell("mutualaid.done", hour + 4, { category }, { person: helper });
  }
}
