import { PILOT } from "./pilot.ts";
import type { Scene } from "./scene.ts";

const OTSU = "252018";
const LOTTERY = "252018-2026-02";
const SEED = "5f3c9a0b12de7f3c5f3c9a0b12de7f3c5f3c9a0b12de7f3c5f3c9a0b12de7f3c";
// SHA-256 of the bytes of the seed.
const COMMITMENT =
  "sha256:4f15a6ab768df2efea7beb115a9a7ae77db3d6b45c19bedd30a1f31482d73233";
const RANDOMNESS =
  "603dabca8e52f91b96e115a8dd0047c7653e34b4c0c52e42278a029422e64054";

/** Points that are spent and lapse, and Otsu's lottery of February 2026. */
export function programmes(scene: Scene): void {
  const { code } = scene.world;
  if (code === OTSU) lottery(scene);
  if (code === OTSU || code === PILOT.code && scene.day >= PILOT.since) {
    points(scene);
  }
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
