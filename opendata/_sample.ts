import { addMonths, Municipality } from "@hiraku/kernel";
import type { ExactTables } from "./dataset.ts";
import type { miniappUsage } from "./datasets/miniapp_usage.ts";
import type { registrantsDataset } from "./datasets/registrants.ts";
import { lastDay } from "./last_day.ts";

/** A small random source, so that a failing test can be run again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An invented city with a given number of districts and mini-apps. */
export function sampleCity(districts = 6, miniApps = 4): Municipality {
  const two = (n: number) => String(n).padStart(2, "0");
  return Municipality.parse({
    code: "412015",
    tenant: "saga_412015",
    name: { ja: "佐賀市", en: "Saga" },
    prefecture: { ja: "佐賀県", en: "Saga" },
    population: { asOf: "2025-11-30", value: 225_503 },
    districts: Array.from({ length: districts }, (_, i) => ({
      code: `412015-sd-${two(i + 1)}`,
      name: { ja: `校区${i + 1}`, en: `District ${i + 1}` },
      inhabitants: i === 0 ? 1_200 : 2_500 + i * 5_000,
      position: [130.2 + i * 0.02, 33.25],
    })),
    miniApps: Array.from({ length: miniApps }, (_, i) => ({
      id: `412015-ma-${two(i + 1)}`,
      name: { ja: `ミニアプリ${i + 1}`, en: `Mini-app ${i + 1}` },
      category: { ja: "くらし", en: "Life" },
      since: "2023-06-01",
    })),
  });
}

const AGES = ["0-19", "20-39", "40-64", "65+", "unknown"] as const;
const SEXES = ["male", "female", "unknown"] as const;

/** Spreads people over places, the earlier ones more likely. */
function spread(people: number, places: number, next: () => number): number[] {
  const counts = new Array<number>(places).fill(0);
  for (let i = 0; i < people; i++) {
    const at = Math.floor(places * next() * next());
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K][keyof T[K] & number][] };
type Usage = Mutable<ExactTables<typeof miniappUsage>>;
type Registrants = Mutable<ExactTables<typeof registrantsDataset>>;

/** Exact monthly usage of the sample city: sums agree, zero rows are left out. */
export function sampleUsage(
  city: Municipality,
  months: number,
  seed: number,
  scale = 400,
): Usage {
  const next = random(seed);
  const exact: Usage = {
    miniapp_usage: [],
    by_district: [],
    by_age_sex: [],
  };
  const districts = [...city.districts.map((one) => one.code), "unknown"];
  const groups = AGES.flatMap((ageGroup) =>
    SEXES.map((sex) => ({ ageGroup, sex }))
  );
  for (let i = 0; i < months; i++) {
    const month = addMonths("2025-06", i);
    for (const { id: miniAppId } of city.miniApps) {
      const users = Math.floor(scale * next() ** 4);
      const clicks = users * 3;
      exact.miniapp_usage.push({ month, miniAppId, users, clicks });
      spread(users, districts.length, next).forEach((count, at) => {
        const districtCode = districts[at] ?? "unknown";
        if (count === 0) return;
        exact.by_district.push({
          month,
          miniAppId,
          districtCode,
          users: count,
          clicks: count * 3,
        });
      });
      spread(users, groups.length, next).forEach((count, at) => {
        const group = groups[at];
        if (count === 0 || group === undefined) return;
        exact.by_age_sex.push({
          month,
          miniAppId,
          ...group,
          users: count,
          clicks: count * 3,
        });
      });
    }
  }
  return exact;
}

/** Exact registrants of the sample city, growing month by month. */
export function sampleRegistrants(
  city: Municipality,
  months: number,
  seed: number,
  monthly = 200,
): Registrants {
  const next = random(seed);
  const districts = [...city.districts.map((one) => one.code), "unknown"];
  const groups = AGES.flatMap((ageGroup) =>
    SEXES.map((sex) => ({ ageGroup, sex }))
  );
  const byDistrict = districts.map(() => 0);
  const byGroup = groups.map(() => 0);
  let cards = 0;
  let mails = 0;
  const exact: Registrants = {
    registrants: [],
    by_district: [],
    by_age_sex: [],
    installs: [],
  };
  for (let i = 0; i < months; i++) {
    const month = addMonths("2025-06", i);
    const date = lastDay(month);
    const newcomers = Math.floor(monthly * next());
    cards += newcomers;
    mails += Math.floor(monthly * next());
    spread(newcomers, districts.length, next).forEach((count, at) => {
      byDistrict[at] = (byDistrict[at] ?? 0) + count;
    });
    spread(newcomers, groups.length, next).forEach((count, at) => {
      byGroup[at] = (byGroup[at] ?? 0) + count;
    });
    exact.registrants.push({ date, tier: "jpki", registrants: cards });
    exact.registrants.push({ date, tier: "email", registrants: mails });
    exact.installs.push({ date, os: "ios", installs: cards + mails + 7 });
    districts.forEach((districtCode, at) =>
      exact.by_district.push({
        month,
        districtCode,
        registrants: byDistrict[at] ?? 0,
      })
    );
    groups.forEach((group, at) =>
      exact.by_age_sex.push({
        month,
        ...group,
        registrants: byGroup[at] ?? 0,
      })
    );
  }
  return exact;
}
