import { dashboardRoutes, problemResponse } from "@hiraku/api";
import {
  fixedClock,
  type Layout,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { freezeCube, type PersonUsed } from "@hiraku/opendata";

// A city whose use is known person by person, behind the explore interface.

export const MONTH = "2026-10";
const clock = fixedClock("2026-11-21T03:00:00Z");
export const AGES = ["0-19", "20-39", "40-64", "65+"];
export const SEXES = ["female", "male"];
export const TIERS = ["jpki", "email"];
export const DISTRICTS = [1, 2, 3, 4, 5, 6].map((n) => `252018-sd-0${n}`);
/** Registered, and nobody lives there. */
export const EMPTY = "252018-sd-07";
export const APPS = [1, 2].map((n) => `252018-ma-0${n}`);
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  districts: [...DISTRICTS, EMPTY].map((code) => ({
    code,
    name: { ja: code, en: code },
  })),
  miniApps: APPS.map((id) => ({
    id,
    name: { ja: id, en: id },
    category: { ja: "生活", en: "Life" },
    since: "2025-10-14",
  })),
});
const MANY: readonly PersonUsed[] = Array.from({ length: 4_000 }, (_, n) => ({
  person: `p${n}`,
  miniAppId: APPS[n % 2] ?? "",
  districtCode: DISTRICTS[(n * n) % 6] ?? "",
  ageGroup: AGES[n % 7 % 4] ?? "",
  sex: SEXES[n % 9 % 2] ?? "",
  tier: TIERS[n % 5 % 2] ?? "",
  mode: n % 11 === 3 ? "drill" : "normal",
  times: 1 + n % 7,
}));
/** Opens a mini-app all day and night: nobody else comes near. */
export const HEAVY: PersonUsed = {
  person: "heavy",
  miniAppId: APPS[0] ?? "",
  districtCode: DISTRICTS[0] ?? "",
  ageGroup: AGES[0] ?? "",
  sex: SEXES[0] ?? "",
  tier: TIERS[0] ?? "",
  mode: "normal",
  times: 20_000,
};
const PEOPLE = [...MANY, HEAVY];
/** Times of a person that count, as the page says. */
const CLAMP = 20;

export type Selection = Readonly<Record<string, readonly string[]>>;
/** How many people, to anybody who asks for a part of a month. */
export type Ask = (at: Selection) => Promise<number>;

/** What is counted: people, or how often they opened a mini-app. */
export type Counts = "users" | "opens";

/** Ordinary days, unless a mode is asked for. */
const meets = (at: Selection) => (one: PersonUsed) =>
  Object.entries({ mode: ["normal"], ...at }).every(([name, codes]) =>
    codes.includes(`${one[name as keyof PersonUsed]}`)
  );
export function truth(
  at: Selection,
  counts: Counts = "users",
  clamp = CLAMP,
): number {
  return PEOPLE.filter(meets(at)).reduce(
    (sum, { times }) => sum + (counts === "users" ? 1 : Math.min(times, clamp)),
    0,
  );
}
/** The twin: exact figures for whoever asks. */
export const exactly = (counts: Counts): Ask => (at) =>
  Promise.resolve(truth(at, counts));

export function addressOf(at: Selection, counts: Counts = "users"): string {
  const query = new URLSearchParams({ by: "month", month: MONTH });
  if (counts === "opens") query.set("metric", "miniapp_clicks");
  for (const [name, codes] of Object.entries(at)) {
    codes.forEach((code) => query.append(name, code));
  }
  return `/api/v1/explore/252018?${query}`;
}

export async function withCity(
  run: (
    ask: (address: string) => Promise<Response>,
    places: Layout,
  ) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const places = layout(dir);
  try {
    await freezeCube({ layout: places, clock }, city, MONTH, PEOPLE);
    const app = dashboardRoutes({
      layout: places,
      municipalities: municipalitiesByCode([city]),
      clock,
    });
    app.onError(problemResponse);
    await run(async (address) => await app.request(address), places);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
