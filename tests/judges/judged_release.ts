import {
  addDays,
  addMonths,
  fixedClock,
  layout,
  Municipality,
} from "@hiraku/kernel";
import {
  datasetNode,
  dcatCatalogue,
  descriptorsOf,
  type ExactTables,
  type Manifest,
  miniappRanking,
  miniappUsage,
  population,
  publish,
  rdfText,
  registrants,
  release,
  type Released,
} from "@hiraku/opendata";
import { takeAway } from "./judged_board.ts";

const TODAY = "2026-11-21";
const MONTHS = ["2026-08", "2026-09", "2026-10"];
const ORIGIN = "https://data.example.jp";

const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "湖畔市", en: "Lakeside" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 104_000 },
  districts: [1, 2, 3, 4].map((n) => ({
    code: `252018-sd-0${n}`,
    // A name that a careless writer or reader of CSV would break.
    name: { ja: `第${n}「学区」, "北"`, en: `District ${n}, "North"` },
    inhabitants: 26_000,
  })),
  miniApps: [1, 2].map((n) => ({
    id: `252018-ma-0${n}`,
    name: { ja: `アプリ${n}`, en: `App ${n}` },
    category: { ja: "くらし", en: "Life" },
    since: "2026-01-01",
  })),
});

/** What the Python judges are told: where the files are and what must not stand in them. */
export interface Case {
  readonly origin: string;
  readonly municipality: string;
  /** The catalogue in JSON-LD; beside it in Turtle (`.ttl`) and RDF/XML (`.xml`). */
  readonly catalogue: string;
  /** Where boards and an answer of the query interface were taken away to. */
  readonly board: string;
  readonly datasets: readonly {
    dir: string;
    record: string;
    /** The Data Package descriptor. */
    package: string;
    manifest: Manifest;
  }[];
  /** Exact clicks of withheld cells; each number stands nowhere else. */
  readonly withheld: readonly number[];
}

/** Releases and publishes four datasets of an invented city into `folder`; answers the path of the case. */
export async function judgedRelease(folder: string): Promise<string> {
  const usage = usageRows();
  const context = { municipality: city, previous: undefined, today: TODAY };
  const usageRelease = release(miniappUsage, usage, context);
  const families: Released[] = [
    usageRelease,
    release(registrants, registrantRows(), context),
    release(miniappRanking, { miniapp_ranking: rankingRows() }, context),
    release(population, { population: populationRows() }, context),
  ];
  const datasets: Case["datasets"][number][] = [];
  for (const family of families) {
    const { version } = await publish(family, {
      layout: layout(`${folder}/data`),
      clock: fixedClock(`${TODAY}T03:00:00Z`),
    });
    const { manifest, dir } = version;
    const record = `${folder}/${manifest.dataset}.jsonld`;
    await Deno.writeTextFile(
      record,
      rdfText([datasetNode({ manifest, issued: TODAY }, ORIGIN)], "jsonld"),
    );
    for (const { name, content } of descriptorsOf(manifest)) {
      await writeJson(`${folder}/${manifest.dataset}_${name}`, content());
    }
    datasets.push({
      dir,
      record,
      package: `${folder}/${manifest.dataset}_datapackage.json`,
      manifest,
    });
  }
  const board = `${folder}/board`;
  await takeAway(
    {
      layout: layout(`${folder}/data`),
      clock: fixedClock(`${TODAY}T03:00:00Z`),
    },
    city,
    board,
  );
  const catalogue = `${folder}/catalogue.jsonld`;
  const manifests = datasets.map((one) => one.manifest);
  const nodes = dcatCatalogue({
    datasets: manifests.map((manifest) => ({ manifest, issued: TODAY })),
    total: manifests.length,
    size: 100,
    address: `${ORIGIN}/opendata/catalog.jsonld?page=1`,
    first: `${ORIGIN}/opendata/catalog.jsonld?page=1`,
  }, ORIGIN);
  for (const format of ["jsonld", "ttl", "xml"] as const) {
    await Deno.writeTextFile(
      `${folder}/catalogue.${format}`,
      rdfText(nodes, format),
    );
  }
  const judged: Case = {
    origin: ORIGIN,
    municipality: city.code,
    catalogue,
    board,
    datasets,
    withheld: withheldClicks(usage, usageRelease),
  };
  await writeJson(`${folder}/case.json`, judged);
  return `${folder}/case.json`;
}

type Usage = ExactTables<typeof miniappUsage>;

/** One district and one group are small in every month, so something is withheld. */
function usageRows(): Usage {
  const rows = MONTHS.flatMap((month) =>
    city.miniApps.map(({ id }) => ({ month, miniAppId: id }))
  );
  const byDistrict = [40, 35, 4, 60, 21];
  const byGroup = [70, 3, 50, 37];
  // No two sums of clicks agree, so that a figure names its cell.
  let next = 1_000_003;
  const clicks = () => next += 7_919;
  const districts = [...city.districts.map((one) => one.code), "unknown"];
  const broken = rows.map((row) => ({
    row,
    parts: districts.map((districtCode, i) => ({
      ...row,
      districtCode,
      users: byDistrict[i] ?? 0,
      clicks: clicks(),
    })),
  }));
  const totals = broken.map(({ row, parts }) => ({
    ...row,
    users: sum(parts.map((part) => part.users)),
    clicks: sum(parts.map((part) => part.clicks)),
  }));
  return {
    miniapp_usage: totals,
    by_district: broken.flatMap(({ parts }) => parts),
    by_age_sex: totals.flatMap(({ users: _, clicks: all, ...row }) => {
      const shares = [clicks(), clicks(), clicks()].map((n) => n - 900_000);
      return (["20-39", "40-64", "65+", "unknown"] as const).map(
        (ageGroup, i) => ({
          ...row,
          ageGroup,
          sex: "female" as const,
          users: byGroup[i] ?? 0,
          clicks: shares[i] ?? all - sum(shares),
        }),
      );
    }),
  };
}

function registrantRows(): ExactTables<typeof registrants> {
  const month = (at: number) => MONTHS[at] ?? "";
  const codes = [...city.districts.map((one) => one.code), "unknown"];
  const days = MONTHS.map((one) => addDays(`${addMonths(one, 1)}-01`, -1));
  return {
    registrants: days.map((date, at) => ({
      date,
      tier: "jpki" as const,
      registrants: 500 * (at + 1),
    })),
    by_district: days.flatMap((_, at) =>
      codes.map((districtCode) => ({
        month: month(at),
        districtCode,
        registrants: 100 * (at + 1),
      }))
    ),
    by_age_sex: days.map((_, at) => ({
      month: month(at),
      ageGroup: "40-64" as const,
      sex: "female" as const,
      registrants: 500 * (at + 1),
    })),
    installs: days.map((date, at) => ({
      date,
      os: "ios" as const,
      installs: 900 * (at + 1),
    })),
  };
}

function rankingRows(): ExactTables<typeof miniappRanking>["miniapp_ranking"] {
  return city.miniApps.flatMap(({ id }, app) =>
    [1, 2, 3, 4, 5].map((hour) => ({
      month: "2026-11",
      miniAppId: id,
      steppedAt: `2026-11-20T0${hour}:00:00Z`,
      users: hour * (app === 0 ? 13 : 1),
      clicks: hour * (app === 0 ? 40 : 2),
    }))
  );
}

function populationRows(): ExactTables<typeof population>["population"] {
  return city.districts.map(({ code, name, inhabitants = 0 }) => ({
    surveyDate: "2026-10-01",
    areaCode: code,
    areaName: name.ja,
    total: inhabitants,
    male: inhabitants / 2 - 7,
    female: inhabitants / 2 + 7,
  }));
}

/** The exact clicks of every cell whose row says `withheld`. */
function withheldClicks(exact: Usage, released: Released): number[] {
  const found: number[] = [];
  for (const [id, rows] of Object.entries(exact)) {
    for (const row of rows) {
      const { users: _users, clicks, ...key } = row;
      const shown = released.tables[id]?.find((one) =>
        Object.entries(key).every(([name, value]) => one[name] === value)
      );
      if (shown?.status === "withheld") found.push(clicks);
    }
  }
  return found;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value));
}
