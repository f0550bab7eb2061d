import type { Scene } from "./scene.ts";

const TOPICS = [
  "waste",
  "childcare",
  "disaster",
  "weather",
  "traffic",
  "tourism",
  "health",
];
const AGES = ["0-4", "5-9", "10-14"] as const;
const RANKER_SINCE = "2025-04-01";
const RELEASES = ["new-home", "quick-card", "dark-mode"];

/** What people do in the app beside opening mini-apps: about one session in a thousand. */
export function using(scene: Scene): void {
  const { world, day, random } = scene;
  const share = world.registeredBy(day) / 1_000;
  scene.times(share * 0.15, () => session(scene));
  scene.times(share * 0.12, () => reading(scene));
  scene.times(share * 0.05, () => search(scene));
  scene.times(share * 0.03, () => codes(scene));
  scene.times(share * 0.02, () => settings(scene));
  scene.times(share * 0.04, () => signIn(scene));
  const guide = scene.app("AI guide");
  if (guide !== undefined) {
    scene.times(share * 0.1, () =>
      scene.tell("ai.query", 8 + 14 * random(), {
        intent: scene.one(["sightseeing", "hospital-nearby", "taxi", "waste"]),
        answered: scene.chance(0.83),
        tokens: 300 + scene.upTo(900),
        costYen: Math.round(random() * 90) / 100,
        sources: [scene.one(["ods-a-09", "ods-a-11", "faq-waste"])],
      }, { person: scene.someone(), miniApp: guide }));
  }
}

function session(scene: Scene): void {
  const { day, random, world } = scene;
  const person = scene.someone();
  const hour = 6 + 17 * random();
  const open = scene.one(world.apps.filter((app) => (app.since ?? "9") <= day));
  scene.tell("app.session.started", hour, {
    featureFlags: RELEASES.filter((_, i) => day > `202${4 + i}-04-01`),
    nfcCapable: scene.chance(0.88),
    osVersion: scene.one(["16.7", "17.5", "18.1", "14"]),
  }, { person });
  for (let position = 1; position <= 2; position++) {
    const app = scene.one(
      world.apps.filter((one) => (one.since ?? "9") <= day),
    );
    scene.tell("miniapp.listed", hour, { position }, {
      person,
      miniApp: app?.id,
    });
  }
  if (scene.chance(0.2)) {
    scene.tell("miniapp.installed", hour, {
      source: scene.one(["qr", "list", "push"]),
    }, { person, miniApp: open?.id });
  }
  if (scene.chance(0.03)) {
    scene.tell("miniapp.error", hour, {
      class: scene.one(["timeout", "offline", "server"]),
    }, { person, miniApp: open?.id });
  }
  if (scene.chance(0.15)) {
    const popupId = `pop-${day.slice(0, 7)}`;
    scene.tell("popup.shown", hour, { popupId }, { person });
    if (scene.chance(0.9)) {
      scene.tell("popup.closed", hour + 0.01, { popupId }, { person });
    }
  }
  scene.tell("app.session.ended", hour + 0.1, {
    durationMs: 20_000 + scene.upTo(280_000),
  }, { person });
}

function reading(scene: Scene): void {
  const { day, random } = scene;
  const person = scene.someone();
  const hour = 7 + 15 * random();
  const topic = scene.one(TOPICS);
  scene.tell("content.opened", hour, {
    topic,
    contentId: `c-${topic}-${scene.upTo(40)}`,
    ...topic === "childcare" ? { childAgeBand: scene.one(AGES) } : {},
  }, { person });
  if (scene.chance(0.2)) {
    scene.tell("link.outbound", hour, {
      target: scene.one(["team-tickets", "city-site", "bus-times"]),
    }, { person });
  }
  if (scene.chance(0.05)) {
    scene.tell("share.outbound", hour, {
      target: scene.one(["line", "x", "mail"]),
    }, { person });
  }
  if (day < RANKER_SINCE) return;
  const rankerVersion = day < "2026-04-01" ? "r-1" : "r-2";
  for (let rank = 1; rank <= 3; rank++) {
    const articleId = `a-${day.slice(0, 7)}-${scene.upTo(60)}`;
    const shown = { articleId, rank, rankerVersion };
    scene.tell("article.impression", hour, shown, { person });
    // The first place is opened more often, and by the second ranking more still.
    if (!scene.chance((rankerVersion === "r-1" ? 0.18 : 0.24) / rank)) continue;
    scene.tell("article.opened", hour + 0.01, shown, { person });
    if (scene.chance(0.4)) {
      scene.tell("attachment.opened", hour + 0.02, {
        articleId,
        mime: scene.one(["application/pdf", "image/jpeg"]),
        bytes: 40_000 + scene.upTo(2_000_000),
        altTextPresent: scene.chance(0.6),
      }, { person });
    }
  }
}

function search(scene: Scene): void {
  const term = scene.upTo(120);
  scene.tell("content.searched", 7 + 15 * scene.random(), {
    termHash: (term * 2_654_435_761 % 2 ** 32).toString(16).padStart(16, "0"),
    topic: scene.one(TOPICS),
    hits: term % 9 === 0 ? 0 : scene.upTo(30),
  }, { person: scene.someone() });
}

function codes(scene: Scene): void {
  const person = scene.someone();
  const hour = 9 + 9 * scene.random();
  const placementId = `hall-${scene.upTo(12)}`;
  const outcome = scene.chance(0.94) ? "ok" : "expired";
  scene.tell("qr.scanned", hour, {
    kind: scene.one(["miniapp", "facility", "survey"]),
    placementId,
    outcome,
  }, { person });
  const app = scene.one(
    scene.world.apps.filter((one) => (one.since ?? "9") <= scene.day),
  );
  if (outcome === "ok" && scene.chance(0.5)) {
    scene.tell("miniapp.installed", hour + 0.01, {
      source: "qr",
      placementId,
    }, { person, miniApp: app?.id });
  }
}

function settings(scene: Scene): void {
  const { day, random, world } = scene;
  const hour = 8 + 14 * random();
  const person = scene.someone();
  const live = world.apps.filter((one) => (one.since ?? "9") <= day);
  scene.tell("preference.changed", hour, {
    topics: TOPICS.filter(() => random() < 0.35),
    notification: scene.chance(0.9),
  }, { person });
  scene.tell("home.arranged", hour, {
    order: live.slice().sort(() => random() - 0.5).slice(0, 6)
      .map(({ id }) => id),
  }, { person });
  if (scene.chance(0.4)) {
    scene.tell("preference.area.changed", hour, {
      districts: [scene.district(), scene.district()],
    }, { person });
  }
  if (day >= RANKER_SINCE && scene.chance(0.15)) {
    scene.tell("ranking.optout", hour, { optedOut: scene.chance(0.8) }, {
      person,
    });
  }
}

function signIn(scene: Scene): void {
  const hour = 6 + 17 * scene.random();
  const idp = scene.one(["jpki", "email"]);
  if (scene.chance(0.93)) {
    scene.tell("auth.login", hour, { idp, singleSignOn: scene.chance(0.7) }, {
      person: scene.someone(),
    });
  } else {
    scene.tell("auth.failed", hour, {
      idp,
      reason: scene.one(["wrong_secret", "expired", "network"]),
    });
  }
}
