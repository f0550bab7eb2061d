import type { District, Shelter } from "@hiraku/kernel";

/** Japanese name, English name, longitude, latitude, shelter 共通ID, its kind, weight. */
export type DistrictRow = readonly [
  string,
  string,
  number,
  number,
  string,
  "hall" | "school",
  number,
];

/** Splits inhabitants over the districts in proportion to their weights, to the last person. */
export function districtsOf(
  code: string,
  population: number,
  rows: readonly DistrictRow[],
): District[] {
  const total = rows.reduce((sum, row) => sum + row[6], 0);
  let before = 0;
  let weight = 0;
  return rows.map(([ja, en, lon, lat, , , share], index) => {
    weight += share;
    const upTo = Math.round(population * weight / total);
    const inhabitants = upTo - before;
    before = upTo;
    return {
      code: districtCode(code, index),
      name: { ja, en },
      inhabitants,
      position: [lon, lat],
    };
  });
}

/** One shelter a district; the capacity of 200 is synthetic. */
export function sheltersOf(
  code: string,
  rows: readonly DistrictRow[],
  hall: { ja: string; en: string },
): Shelter[] {
  const school = { ja: "小学校", en: "Elementary School" };
  return rows.map(([ja, en, lon, lat, id, kind], index) => {
    const name = kind === "hall" ? hall : school;
    return {
      id,
      name: { ja: ja + name.ja, en: `${en} ${name.en}` },
      district: districtCode(code, index),
      position: [lon, lat],
      capacity: 200,
    };
  });
}

function districtCode(code: string, index: number): string {
  return `${code}-sd-${String(index + 1).padStart(2, "0")}`;
}
