import { addDays } from "@hiraku/kernel";
import type { Scene } from "./scene.ts";

const LOTTERY = "252018-2026-02";
const SEED = "5f3c9a0b12de7f3c5f3c9a0b12de7f3c5f3c9a0b12de7f3c5f3c9a0b12de7f3c";
// SHA-256 of the bytes of the seed.
const COMMITMENT =
  "sha256:4f15a6ab768df2efea7beb115a9a7ae77db3d6b45c19bedd30a1f31482d73233";
const RANDOMNESS =
  "603dabca8e52f91b96e115a8dd0047c7653e34b4c0c52e42278a029422e64054";

interface SurveyPlan {
  readonly code: string;
  readonly id: string;
  readonly kind: "satisfaction" | "lwc" | "monitor" | "event" | "needs";
  readonly from: string;
  readonly to: string;
}

const SURVEYS: readonly SurveyPlan[] = [
  plan("252018", "sv-2026-sat", "satisfaction", "2026-02-16", "2026-03-10"),
  plan("412015", "sv-2024-sat", "satisfaction", "2024-10-15", "2024-11-05"),
  plan("412015", "sv-2025-sat", "satisfaction", "2025-10-15", "2025-11-05"),
  plan("412015", "sv-2026-sat", "satisfaction", "2026-10-15", "2026-11-05"),
  plan("412015", "sv-2025-lwc", "lwc", "2025-06-01", "2025-06-30"),
  plan("412015", "sv-2026-lwc", "lwc", "2026-06-01", "2026-06-30"),
  plan("412015", "sv-2026-mon", "monitor", "2026-05-10", "2026-05-24"),
];

function plan(
  code: string,
  name: string,
  kind: SurveyPlan["kind"],
  from: string,
  to: string,
): SurveyPlan {
  return { code, id: `${code}-${name}`, kind, from, to };
}

/** Survey waves, points that are spent and lapse, and Otsu's lottery of February 2026. */
export function programmes(scene: Scene): void {
  surveys(scene);
  if (scene.world.code !== "252018") return;
  points(scene);
  lottery(scene);
}

function surveys(scene: Scene): void {
  const { world, day } = scene;
  for (const { code, id, kind, from, to } of SURVEYS) {
    if (code !== world.code) continue;
    if (day === from) {
      scene.tell("survey.published", 8, {
        surveyId: id,
        kind,
        eligibility: "rule-jpki",
        weighting: kind === "satisfaction" ? "registrants" : "population",
        closesOn: to,
        version: 1,
      });
    }
    if (day >= from && day <= to) {
      scene.times(world.registeredBy(day) / 1_500, () => {
        const person = scene.holder();
        scene.tell("survey.eligible", 8 + scene.random(), { surveyId: id }, {
          person,
        });
      });
      if (kind !== "satisfaction") answers(scene, id, kind === "lwc" ? 50 : 8);
    }
    if (day === addDays(to, 21)) {
      scene.tell("survey.result.published", 10, {
        surveyId: id,
        version: 1,
        approver: "dx",
      });
    }
  }
}

function answers(scene: Scene, surveyId: string, questions: number): void {
  scene.times(scene.world.registeredBy(scene.day) / 3_000, () => {
    const mood = 2.4 + 1.8 * scene.random();
    const given = Object.fromEntries(
      Array.from({ length: questions }, (_, i) => [
        `q${i + 1}`,
        Math.min(5, Math.max(1, Math.round(mood + 1.6 * scene.random() - 0.8))),
      ]),
    );
    scene.tell("survey.answered", 9 + 12 * scene.random(), {
      surveyId,
      answers: given,
      durationMs: questions * (6_000 + scene.upTo(4_000)),
    }, { person: scene.holder() });
  });
}

function points(scene: Scene): void {
  const share = scene.world.registeredBy(scene.day) / 1_000;
  const entry = (ruleId: string, amount: number) => ({
    ledger: "city",
    amount,
    ruleId,
  });
  scene.times(
    share * 0.1,
    () =>
      scene.tell(
        "point.spent",
        10 + 8 * scene.random(),
        entry("facility", 100),
        {
          person: scene.holder(),
        },
      ),
  );
  scene.times(0.05, () =>
    scene.tell("point.reversed", 15, entry("event", 50), {
      person: scene.holder(),
    }));
  if (scene.day.endsWith("-04-01")) {
    scene.times(40, () =>
      scene.tell("point.expired", 1, entry("expiry", 30), {
        person: scene.holder(),
      }));
  }
}

function lottery(scene: Scene): void {
  const { day, world } = scene;
  if (day === "2026-01-20") {
    scene.tell("lottery.opened", 9, {
      lotteryId: LOTTERY,
      seedCommitment: COMMITMENT,
      entryCost: 300,
      winners: 2_000,
      prizeYen: 1_000,
      budgetYen: 2_000_000,
      closesOn: "2026-01-31",
    });
  }
  if (day >= "2026-01-21" && day <= "2026-01-31") {
    const entrants = entrantsOf(world.people.card, scene.number);
    // Every holder of 300 points has a day on which they may enter, once.
    for (const person of entrants) {
      if ((person * 7 + scene.number) % 11 !== 0 || person % 3 === 0) continue;
      const hour = 9 + 12 * scene.random();
      scene.tell("lottery.entered", hour, { lotteryId: LOTTERY, entries: 1 }, {
        person,
      });
      scene.tell("point.spent", hour, {
        ledger: "city",
        amount: 300,
        ruleId: "lottery",
        ref: LOTTERY,
      }, { person });
    }
  }
  if (day === "2026-02-10") {
    scene.tell("lottery.drawn", 10, {
      lotteryId: LOTTERY,
      seedReveal: SEED,
      randomness: RANDOMNESS,
      randomnessRound: 5_104_233,
      algorithm: "hmac-sha256-ranking",
      winners: 2_000,
    });
  }
  if (day === "2026-02-20") {
    for (const person of entrantsOf(world.people.card, scene.number)) {
      if (person % 3 === 0 || person % 2 === 0) continue;
      scene.tell("prize.sent", 11, {
        lotteryId: LOTTERY,
        kind: "e-money",
        prizeId: "quo-1000",
        amountYen: 1_000,
      }, { person });
    }
  }
}

function entrantsOf(card: Int32Array, number: number): number[] {
  const found: number[] = [];
  card.forEach((day, person) => {
    if (day <= number && day <= LAST_CARD_DAY) found.push(person);
  });
  return found;
}

/** Who had a card by the last day before the lottery has 300 points. */
const LAST_CARD_DAY = Date.parse("2026-01-20T00:00:00Z") / 86_400_000;
