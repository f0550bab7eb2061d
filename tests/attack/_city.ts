import { addDays, addMonths, Municipality } from "@hiraku/kernel";
import type { ExactTables, miniappUsage, registrants } from "@hiraku/opendata";

type Rows<T> = { -readonly [K in keyof T]: T[K][keyof T[K] & number][] };
export type Usage = Rows<ExactTables<typeof miniappUsage>>;
export type Registrants = Rows<ExactTables<typeof registrants>>;

const AGES = ["0-19", "20-39", "40-64", "65+", "unknown"] as const;
const SEXES = ["male", "female", "unknown"] as const;
const GROUPS = AGES.flatMap((ageGroup) =>
  SEXES.map((sex) => ({ ageGroup, sex }))
);

/** A city of a few districts, each large enough for a row of its own. */
export function city(districts: number): Municipality {
  return Municipality.parse({
    code: "252018",
    tenant: "otsu_252018",
    name: { ja: "大津市", en: "Otsu" },
    prefecture: { ja: "滋賀県", en: "Shiga" },
    population: { asOf: "2025-12-31", value: 343_316 },
    districts: Array.from({ length: districts }, (_, i) => ({
      code: `252018-sd-0${i + 1}`,
      name: { ja: `学区${i + 1}`, en: `District ${i + 1}` },
      inhabitants: 26_000 + i,
    })),
    miniApps: [{
      id: "252018-ma-01",
      name: { ja: "アプリ", en: "App" },
      category: { ja: "くらし", en: "Life" },
      since: "2023-06-01",
    }],
  });
}

export function areaCodes(municipality: Municipality): string[] {
  return [...municipality.districts.map((one) => one.code), "unknown"];
}

/** Exact usage of one month: people by area, the same people by age and sex. */
export function usageOf(
  municipality: Municipality,
  month: string,
  byArea: readonly number[],
  shift: number,
): Usage {
  const miniAppId = "252018-ma-01";
  const users = byArea.reduce((sum, count) => sum + count, 0);
  const groups = GROUPS.map((_, at) =>
    byArea[(at + shift) % GROUPS.length] ?? 0
  );
  const placed = groups.reduce((sum, count) => sum + count, 0);
  groups[0] = (groups[0] ?? 0) + users - placed;
  const clicks = (count: number) => count * 2;
  return {
    miniapp_usage: [{ month, miniAppId, users, clicks: clicks(users) }],
    by_district: areaCodes(municipality).map((districtCode, at) => ({
      month,
      miniAppId,
      districtCode,
      users: byArea[at] ?? 0,
      clicks: clicks(byArea[at] ?? 0),
    })),
    by_age_sex: GROUPS.map((group, at) => ({
      month,
      miniAppId,
      ...group,
      users: groups[at] ?? 0,
      clicks: clicks(groups[at] ?? 0),
    })),
  };
}

/** Exact month-end registrants from newcomers by month and area. */
export function registrantsOf(
  municipality: Municipality,
  newcomers: readonly (readonly number[])[],
): Registrants {
  const codes = areaCodes(municipality);
  const exact: Registrants = {
    registrants: [],
    by_district: [],
    by_age_sex: [],
    installs: [],
  };
  const stock = codes.map(() => 0);
  newcomers.forEach((increase, at) => {
    const month = addMonths("2025-01", at);
    codes.forEach((_, i) => stock[i] = (stock[i] ?? 0) + (increase[i] ?? 0));
    exact.registrants.push({
      date: addDays(`${addMonths(month, 1)}-01`, -1),
      tier: "jpki",
      registrants: stock.reduce((sum, count) => sum + count, 0),
    });
    codes.forEach((districtCode, i) =>
      exact.by_district.push({
        month,
        districtCode,
        registrants: stock[i] ?? 0,
      })
    );
    GROUPS.forEach((group, i) =>
      exact.by_age_sex.push({ month, ...group, registrants: stock[i] ?? 0 })
    );
  });
  return exact;
}
