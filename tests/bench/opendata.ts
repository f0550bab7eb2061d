import {
  fixedClock,
  layout,
  municipalitiesByCode,
  type Municipality,
  systemClock,
} from "@hiraku/kernel";
import { openControl, openDownloads } from "@hiraku/kernel/control";
import { openDuckdb, sql, type Store } from "@hiraku/kernel/store";
import {
  checkFile,
  csvText,
  markChange,
  miniappUsage,
  openShelf,
  publish,
  release,
  searchElsewhere,
  SHEETS,
} from "@hiraku/opendata";
import process from "node:process";
import { opendataRoutes } from "../../api/opendata_routes.tsx";
import type { Content } from "../../opendata/formats/content.ts";
import { copyCsv } from "../../opendata/formats/csv.ts";
import { copyParquet } from "../../opendata/formats/parquet.ts";
import { sheet as sheetOf } from "../../opendata/formats/sheet.ts";
import { stage } from "../../opendata/formats/stage.ts";
import { sampleCity } from "../sample_city.ts";
import { type Figure, percentile } from "./figure.ts";
import { benchDownloads } from "./opendata_downloads.ts";

const ROWS = 1_000_000;
const CHECKED = 100_000;
const CITIES = 40;
const DATASETS_A_CITY = 250;
const LOOKS = 200;

/** Publishing, checking, the catalogue and downloads, each beside its ceiling. */
export async function benchOpendata(): Promise<Figure[]> {
  return [
    ...await publishing(),
    await checking(),
    ...await catalogue(),
    await benchDownloads(),
  ];
}

async function publishing(): Promise<Figure[]> {
  const dir = await Deno.makeTempDir();
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [dir],
    memoryLimit: "1GB",
    threads: 1,
  });
  const content = await usage();
  try {
    await sql`CREATE TABLE peer AS SELECT '252018' AS code, '大津市' AS city,
      '2026-' || lpad((i % 12 + 1)::VARCHAR, 2, '0') AS month,
      '252018-ma-0' || (i % 2 + 1) AS app, 'アプリ' || (i % 2 + 1) AS name,
      '252018-sd-0' || (i % 2 + 1) AS district, '北' AS district_name,
      i % 5000 AS users, i % 20000 AS clicks, 'published' AS status
      FROM range(${sql.lit(ROWS)}) r(i)`.execute(store);
    const csvOfPeer = (name: string) =>
      sql`COPY (SELECT * EXCLUDE (status) FROM peer)
        TO ${sql.lit(`${dir}/${name}`)} (FORMAT csv, FORCE_QUOTE *)`
        .execute(store);
    const peer = await cpu(async () => {
      await csvOfPeer("peer.csv");
      await csvOfPeer("peer_en.csv");
      await sql`COPY (SELECT * EXCLUDE (code, city, name, district_name) FROM peer)
        TO ${sql.lit(`${dir}/peer.parquet`)} (FORMAT parquet, COMPRESSION zstd)`
        .execute(store);
    });
    const own = await cpu(() => copyOut(store, content, dir));
    const tenth = { ...content, rows: content.rows.slice(0, ROWS / 10) };
    const stringify = 10 * await cpu(() => {
      csvText(sheetOf(tenth, "ja"));
      return Promise.resolve();
    });
    return [{
      what: "1 M rows as CSV (ja, en) and Parquet, CPU",
      value: seconds(own),
      against: `DuckDB's COPY of its own table ${seconds(peer)}, ratio ${
        (own / peer).toFixed(2)
      }; csv-stringify, one CSV alone ${seconds(stringify)}`,
      aim: "aim 1.5 times COPY",
    }];
  } finally {
    await store.destroy();
    await Deno.remove(dir, { recursive: true });
  }
}

async function copyOut(
  store: Store<unknown>,
  content: Content,
  dir: string,
): Promise<void> {
  const staged = await stage(store, content);
  await copyCsv(store, content, staged, "ja", `${dir}/own.csv`);
  await copyCsv(store, content, staged, "en", `${dir}/own_en.csv`);
  await copyParquet(store, content, staged, `${dir}/own.parquet`);
}

/** A million rows of usage by district, as they come from the gate. */
async function usage(): Promise<Content> {
  const version = await published(sampleCity, layout(await Deno.makeTempDir()));
  const table = version.manifest.tables.find(({ id }) => id === "by_district");
  if (table === undefined) throw new Error("The table is missing");
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    dataset: "miniapp_usage",
    municipality: sampleCity,
    layout: "statistics",
    table,
    rows: Array.from({ length: ROWS }, (_, i) => ({
      month: `2026-${two(i % 12 + 1)}`,
      miniAppId: `252018-ma-${two(i % 2 + 1)}`,
      districtCode: `252018-sd-${two(i % 2 + 1)}`,
      users: i % 5_000,
      clicks: i % 20_000,
      status: "published" as const,
    })),
  };
}

async function published(
  municipality: Municipality,
  data: ReturnType<typeof layout>,
) {
  const row = {
    month: "2026-10",
    miniAppId: "252018-ma-01",
    users: 120,
    clicks: 240,
  };
  const { version } = await publish(
    release(miniappUsage, {
      miniapp_usage: [row],
      by_district: [{ ...row, districtCode: "unknown" }],
      by_age_sex: [{ ...row, ageGroup: "unknown", sex: "unknown" }],
    }, { municipality, previous: undefined, today: "2026-11-21" }),
    { layout: data, clock: fixedClock("2026-11-21T03:00:00Z") },
  );
  return version;
}

async function checking(): Promise<Figure> {
  const sheet = SHEETS.find(({ id }) => id === "03");
  if (sheet === undefined) throw new Error("Sheet 03 is missing");
  const values: Readonly<Record<string, (i: number) => string>> = {
    code: () => "412015",
    id: (i) => `CC${String(i).padStart(10, "0")}`,
    kana: () => "サガ",
    latitude: (i) => (33.2 + i % 9_000 / 100_000).toFixed(6),
    longitude: () => "130.299792",
    flag: (i) => i % 3 === 0 ? "1" : "",
    phone: () => "(0952)24-3151",
    town: () => "0008-001",
    postal: () => "8408501",
    text: (i) => `値${i % 50_000}`,
  };
  const file = new TextEncoder().encode(csvText({
    header: sheet.columns.map(({ name }) => name),
    *lines() {
      for (let i = 0; i < CHECKED; i++) {
        yield sheet.columns.map(({ kind, name }) =>
          name === "所在地_都道府県"
            ? "佐賀県"
            : name.endsWith("番地以下")
            ? `${i}`
            : name.endsWith("連結表記")
            ? `佐賀県佐賀市${i}`
            : values[kind]?.(i) ?? ""
        );
      }
    },
  }));
  const check = () =>
    checkFile(file, { fileName: "412015_evacuation_space.csv" });
  const { rows, findings } = await check();
  const took: number[] = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    await check();
    took.push(performance.now() - started);
  }
  return {
    what: `${rows.toLocaleString("en")} rows × ${sheet.columns.length} checked`,
    value: `${seconds(Math.min(...took))} (${findings.length} findings)`,
    against: `${(file.byteLength / 1e6).toFixed(0)} MB, CPU ${
      seconds(await cpu(check))
    }`,
    aim: "aim 1 s",
  };
}

async function catalogue(): Promise<Figure[]> {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const { manifest } = await published(sampleCity, data);
  const cities = Array.from({ length: CITIES }, (_, at) => ({
    ...sampleCity,
    code: `${String(at + 100_000)}` as Municipality["code"],
  }));
  for (const { code } of cities) {
    for (let i = 0; i < DATASETS_A_CITY; i++) {
      const dataset = `set_${i}`;
      const folder = `${data.released(code, dataset)}/${manifest.version}`;
      await Deno.mkdir(folder, { recursive: true });
      await Deno.writeTextFile(
        `${folder}/manifest.json`,
        JSON.stringify({
          ...manifest,
          dataset,
          municipality: { ...manifest.municipality, code },
          title: { ja: `データ${i}`, en: `Data ${i}` },
        }),
      );
    }
    await markChange(data, code);
  }
  const municipalities = municipalitiesByCode(cities);
  const shelf = openShelf({ layout: data, municipalities, clock: systemClock });
  const control = await openControl(":memory:");
  const app = opendataRoutes({
    shelf,
    elsewhere: searchElsewhere(data),
    municipalities,
    origin: "https://data.example.jp",
    control,
    clock: systemClock,
    downloads: openDownloads(control, systemClock),
  });
  const before = Deno.memoryUsage().rss;
  const started = performance.now();
  const count = (await shelf.cards()).length;
  const first = performance.now() - started;
  const memory = Math.round((Deno.memoryUsage().rss - before) / 2 ** 20);
  const p95 = async (query: string) => {
    const took: number[] = [];
    for (let i = 0; i < LOOKS; i++) {
      const from = performance.now();
      await (await app.request(`/opendata${query}`)).text();
      took.push(performance.now() - from);
    }
    return percentile(took, 0.95);
  };
  const page = await p95("");
  const search = await p95(`?q=${encodeURIComponent("ﾃﾞｰﾀ 利用者")}`);
  await control.destroy();
  await Deno.remove(dir, { recursive: true });
  return [{
    what: `catalogue page of ${count.toLocaleString("en")} datasets, p95`,
    value: `${page.toFixed(1)} ms; search ${search.toFixed(1)} ms`,
    against: `first look ${seconds(first)}, ${memory} MiB`,
    aim: "aim 30 ms",
  }];
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
