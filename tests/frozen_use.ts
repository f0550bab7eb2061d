import {
  addMonths,
  type Clock,
  type Layout,
  type Municipality,
} from "@hiraku/kernel";
import { freezeCube, type FrozenCube, type PersonUsed } from "@hiraku/opendata";

const AGES = ["0-19", "20-39", "40-64", "65+"];

/** Freezes so many months of a city's use from `first` on; people grow by a twentieth a month. */
export async function freezeMonths(
  { places, clock, municipality }: {
    readonly places: Layout;
    readonly clock: Clock;
    readonly municipality: Municipality;
  },
  { first, months, people }: { first: string; months: number; people: number },
): Promise<void> {
  for (let at = 0; at < months; at++) {
    await freezeCube(
      { layout: places, clock },
      municipality,
      addMonths(first, at),
      usersOf(municipality, people + at * Math.round(people / 20)),
    );
  }
}

/** Makes a frozen month into one from before modes and opens were measured. */
export async function asBefore(
  { places, municipality }: {
    readonly places: Layout;
    readonly municipality: Municipality;
  },
  month: string,
): Promise<void> {
  const path = `${places.city(municipality.code)}/cubes/use-${month}.json`;
  const cube = JSON.parse(await Deno.readTextFile(path)) as FrozenCube;
  const tables = cube.tables.flatMap(({ counts, dimensions, ...table }) => {
    const [mode, ...rest] = dimensions;
    return counts === "users" && mode?.codes.join() === "normal"
      ? [{ ...table, dimensions: rest }]
      : [];
  });
  await Deno.writeTextFile(path, JSON.stringify({ ...cube, tables }));
}

/** People spread over every group by a fixed rule; two in three use a second mini-app. */
function usersOf(
  { miniApps, districts }: Municipality,
  people: number,
): PersonUsed[] {
  const apps = miniApps.filter(({ since }) => since !== undefined);
  return Array.from({ length: people }, (_, n) => {
    const who = {
      person: `p${n}`,
      districtCode: districts[(n * n) % districts.length]?.code ?? "unknown",
      ageGroup: AGES[n % 7 % 4] ?? "unknown",
      sex: n % 9 < 5 ? "female" : "male",
      tier: n % 5 < 3 ? "jpki" : "email",
    };
    const first = apps[(n * 7) % (n % apps.length + 1)]?.id ?? "";
    const second = apps[(n + 3) % apps.length]?.id ?? "";
    return (n % 3 === 0 || first === second ? [first] : [first, second])
      .flatMap((miniAppId, at) => [
        { ...who, miniAppId, mode: "normal", times: 1 + (n + at) % 5 },
        // A third took part in a drill.
        ...n % 3 === at ? [{ ...who, miniAppId, mode: "drill", times: 1 }] : [],
      ]);
  }).flat();
}
