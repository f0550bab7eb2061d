import type { Layout } from "@hiraku/kernel";
import assert from "node:assert/strict";
import {
  addressOf,
  AGES,
  APPS,
  type Ask,
  type Counts,
  DISTRICTS,
  EMPTY,
  exactly,
  HEAVY,
  MONTH,
  type Selection,
  SEXES,
  TIERS,
  truth,
  withCity,
} from "./explore_city.ts";

// Attackers of the page and its interface that answer from frozen cubes.

const asking = (
  ask: (address: string) => Promise<Response>,
  counts: Counts = "users",
): Ask =>
async (at) => {
  const { estimates } = await (await ask(addressOf(at, counts))).json();
  return estimates[0].value;
};

const TARGETS: readonly (readonly [string, string, string, string])[] = [
  ...DISTRICTS.flatMap((d) =>
    AGES.map((a) => ["districtCode", d, "ageGroup", a] as const)
  ),
  ...DISTRICTS.flatMap((d) =>
    SEXES.map((s) => ["districtCode", d, "sex", s] as const)
  ),
  ...AGES.flatMap((a) => TIERS.map((t) => ["ageGroup", a, "tier", t] as const)),
];
const codesOf = (name: string) =>
  ({ districtCode: DISTRICTS, ageGroup: AGES, sex: SEXES, tier: TIERS })[
    name
  ] ?? [];

/**
 * Where there are people: of none, noise is cut off at none and often says so.
 * Of a drill, districts were not measured by sex: there is nothing to subtract.
 */
const peopledIn = (within: Selection) =>
  TARGETS.filter(([one, code, other, value]) =>
    (within["mode"] === undefined || other !== "sex") &&
    truth({ ...within, [one]: [code], [other]: [value] }) > 0
  );

/** A16: those of one value, less those of it who have not the other. */
async function tracker(
  ask: Ask,
  { mode, counts = "users" }: { mode?: string; counts?: Counts } = {},
): Promise<number> {
  const within = mode === undefined ? {} : { mode: [mode] };
  const peopled = peopledIn(within);
  let hits = 0;
  for (const [one, code, other, value] of peopled) {
    const rest = codesOf(other).filter((each) => each !== value);
    const own = { ...within, [one]: [code] };
    const all = await ask({ ...own, [other]: codesOf(other) });
    const but = await ask({ ...own, [other]: rest });
    const hit = Math.abs(
      all - but - truth({ ...own, [other]: [value] }, counts),
    );
    if (hit <= 0.5) hits += 1;
  }
  return hits / peopled.length;
}

/** So many of `count` that more are by chance but once in a million times. */
function mostByChance(count: number, chance: number): number {
  let term = (1 - chance) ** count;
  let beyond = 1 - term;
  let hits = 0;
  while (beyond > 1e-6) {
    hits += 1;
    term *= (count - hits + 1) / hits * chance / (1 - chance);
    beyond -= term;
  }
  return hits;
}

/** Noise of the narrowest cell that can be asked for. */
const SIGMAS = [
  { counts: "users", sigma: Math.sqrt(1 / (2 * 0.0025)) },
  { counts: "users", mode: "drill", sigma: Math.sqrt(2 / (2 * 0.00075)) },
  { counts: "opens", sigma: 20 / Math.sqrt(2 * 0.00075) },
] as const;

Deno.test("A16 trackers of the explore interface hit hardly more often than chance, people, drills and clicks alike, and always where it is exact", () =>
  withCity(async (ask) => {
    for (const { sigma, ...of } of SIGMAS) {
      const rate = await tracker(asking(ask, of.counts), of);
      const count = peopledIn("mode" in of ? { mode: [of.mode] } : {}).length;
      assert.ok(count >= 20, `${count}`);
      const chance = 1 / (sigma * Math.sqrt(2 * Math.PI));

      assert.ok(
        rate * count <= mostByChance(count, chance),
        `${of.counts} ${rate} ${chance}`,
      );
      assert.equal(await tracker(exactly(of.counts), of), 1);
    }
  }));

/** A18: whether somebody known to do it all day stands out of what is answered. */
async function standsOut(ask: Ask, within: number): Promise<boolean> {
  const { districtCode, ageGroup, sex, tier, times } = HEAVY;
  const clicks = await ask({
    districtCode: [districtCode],
    ageGroup: [ageGroup],
    sex: [sex],
    tier: [tier],
  });
  return clicks > times - within;
}

Deno.test("A18 somebody who opens a mini-app twenty thousand times stands out nowhere, and does where times are not bounded", () =>
  withCity(async (ask) => {
    const within = 6 * 20 / Math.sqrt(2 * 0.00075);
    const unbounded: Ask = (at) =>
      Promise.resolve(truth(at, "opens", Infinity));

    assert.equal(await standsOut(asking(ask, "opens"), within), false);
    assert.equal(await standsOut(unbounded, within), true);
  }));

/** A17: one set in many words; answers how many different values come back. */
async function phrasings(ask: Ask): Promise<number> {
  let most = 0;
  for (const [one, code, other] of TARGETS.slice(0, 12)) {
    const parts = codesOf(other).slice(0, 3);
    const answers = new Set<number>();
    for (let turn = 0; turn < 12; turn++) {
      const turned = [...parts.slice(turn % 3), ...parts.slice(0, turn % 3)];
      const again = turn % 2 === 0 ? turned : [...turned, ...turned];
      answers.add(
        await ask(
          turn % 4 < 2
            ? { [one]: [code], [other]: again }
            : { [other]: again, [one]: [code] },
        ),
      );
    }
    most = Math.max(most, answers.size);
  }
  return most;
}

Deno.test("A17 one set has one answer however it is asked for, and many where noise is drawn anew", () =>
  withCity(async (ask, places) => {
    const whole = await asking(ask)({});
    const drawn: Ask = (at) =>
      Promise.resolve(truth(at) + Math.round(20 * Math.random()));

    assert.equal(await phrasings(asking(ask)), 1);
    assert.ok(await phrasings(drawn) > 1);
    // To name every value is to name none.
    const { tables } = await frozenIn(places);
    const groups = tables.find(({ id }) => id === "groups");
    for (const { name, codes } of groups?.dimensions ?? []) {
      assert.equal(await asking(ask)({ [name]: codes }), whole, name);
    }
    assert.equal(groups?.dimensions.length, 5);
    assert.notEqual(await asking(ask)({ sex: ["female"] }), whole);
    // Clicks of every mini-app are those of all.
    const clicks = asking(ask, "opens");
    assert.equal(await clicks({ miniAppId: APPS }), await clicks({}));
    assert.equal(await phrasings(clicks), 1);
  }));

interface Frozen {
  readonly tables: readonly {
    readonly id: string;
    readonly counts: Counts;
    readonly dimensions: readonly {
      readonly name: string;
      readonly codes: readonly string[];
    }[];
    readonly values: readonly number[];
    readonly sigma: number;
  }[];
}

async function frozenIn(places: Layout): Promise<Frozen> {
  const path = `${places.city("252018")}/cubes/use-${MONTH}.json`;
  return JSON.parse(await Deno.readTextFile(path));
}

/** A19, A20: how far the squares of the noise are from what is claimed, in deviations. */
function misfit(noise: readonly number[], sigma: number): number {
  const squares = noise.reduce((sum, one) => sum + one ** 2, 0) / noise.length;
  return (squares / sigma ** 2 - 1) / Math.sqrt(2 / noise.length);
}

Deno.test("A19 A20 a frozen month holds whole numbers whose noise is as large as is claimed", () =>
  withCity(async (_, places) => {
    const { tables } = await frozenIn(places);
    for (const { id, counts, dimensions, values, sigma } of tables) {
      const noise = values.map((value, at) => {
        let rest = at;
        const own = dimensions.toReversed().map(({ name, codes }) => {
          const code = codes[rest % codes.length] ?? "";
          rest = Math.floor(rest / codes.length);
          return [name, [code]] as const;
        });
        return value - truth(Object.fromEntries(own), counts);
      });

      assert.ok(values.every(Number.isSafeInteger), id);
      assert.ok(Math.abs(misfit(noise, sigma)) < 5, id);
      if (noise.length < 100) continue;
      // The twin draws with the root of what it claims.
      const thin = noise.map((one) => one / Math.sqrt(sigma));
      assert.ok(Math.abs(misfit(thin, sigma)) > 5, id);
      // Cells of nobody reach what cells of somebody reach: below zero, too.
      assert.ok(values.some((value) => value < 0), id);
    }
  }));

/** A26: what an answer says besides its figure. */
async function shape(response: Response): Promise<string> {
  const body = await response.json();
  const [one] = body.estimates ?? [];
  return JSON.stringify([
    response.status,
    [...response.headers.keys()].sort(),
    Object.keys(body),
    Object.keys(one ?? {}),
    one?.within,
  ]);
}

Deno.test("A26 a place of nobody is answered like one of somebody, and one that is not registered like any other", () =>
  withCity(async (ask) => {
    const of = async (code: string, counts: Counts = "users") =>
      await shape(await ask(addressOf({ districtCode: [code] }, counts)));
    // The twin has no answer where there is nobody.
    const exact = (code: string) =>
      shape(
        truth({ districtCode: [code] }) === 0
          ? Response.json({}, { status: 404 })
          : Response.json({ estimates: [{ value: 1 }] }),
      );

    assert.equal(await of(EMPTY), await of(DISTRICTS[0] ?? ""));
    assert.equal(
      await of(EMPTY, "opens"),
      await of(DISTRICTS[0] ?? "", "opens"),
    );
    // A mode in which nobody did anything is answered like one in which somebody did.
    const inMode = async (mode: string) =>
      await shape(await ask(addressOf({ mode: [mode] })));
    assert.equal(truth({ mode: ["disaster"] }), 0);
    assert.equal(await inMode("disaster"), await inMode("drill"));
    assert.equal(await of("252018-sd-98"), await of("252018-sd-99"));
    assert.notEqual(await exact(EMPTY), await exact(DISTRICTS[0] ?? ""));
  }));
