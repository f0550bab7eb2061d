import assert from "node:assert/strict";
import type { Finding } from "./finding.ts";
import { type FileContent, readFile } from "./read_file.ts";

const SAGA = "412015";

async function read(
  name: string,
  municipality?: string,
): Promise<FileContent> {
  const url = new URL(`testdata/${name}`, import.meta.url);
  return await readFile(await Deno.readFile(url), { municipality });
}

const short = (findings: readonly Finding[]) =>
  findings.map(({ row, column, code }) => `${row} ${column} ${code}`);
const areas = ({ population }: FileContent) =>
  population.map(({ area }) => area);

Deno.test("readFile() reads the 2017 edition in CP932 and repairs only by stated rules", async () => {
  const file = await read("population_2017_cp932.csv", SAGA);

  assert.deepEqual(areas(file), ["東町", "西町", "合計"]);
  assert.equal(file.population[2]?.areaCode, SAGA);
  assert.equal(file.rowsIn, 6);
  assert.deepEqual(short(file.findings), [
    "2 A (都道府県コード又は市区町村コード) five_digit_code",
    "2 E (調査年月日) slash_date",
    "3 E (調査年月日) era_date",
    "3 G (総人口) thousand_separators",
    "3 H (男性) full_width",
    "3 AT (世帯数) dash_is_zero",
    "4 E (調査年月日) era_date",
    "4 J (0-4歳の男性) negative",
    "5 E (調査年月日) invalid_date",
    "6 F (地域名) city_total",
    "7 A (都道府県コード又は市区町村コード) other_municipality",
  ]);
  const [, west] = file.population;
  assert.equal(west?.asOf, "2025-04-01");
  assert.equal(west?.total, 1501);
  assert.equal(west?.bands.length, 36);
  assert.equal(JSON.stringify(file.findings).includes("1,501"), false);
});

Deno.test("readFile() reads the current edition and names each error by row and column", async () => {
  const file = await read("population_current_bom.csv", SAGA);

  assert.deepEqual(areas(file), ["東町", "北町"]);
  const errors = file.findings.filter(({ severity }) => severity === "error");
  assert.deepEqual(short(errors), [
    "3 F (総人口) total_mismatch",
    "4 K (5-9歳の男性) not_an_integer",
    "6  duplicate_row",
    "7  column_count",
    "8 D (調査年月日) missing_value",
    "9 A (全国地方公共団体コード) invalid_code",
  ]);
  assert.equal(errors[0]?.message.ja, "内訳の合計が一致しません");
  assert.equal(errors[0]?.message.en, "The parts do not add up to the total");
  const north = file.population[1];
  assert.equal(north?.bands.length, 34);
  assert.equal(north?.bands.some(({ band }) => band === "0-4"), false);
});

Deno.test("readFile() reads tables without area codes below a title", async () => {
  const file = await read("population_without_area_code.csv", SAGA);

  assert.equal(file.population[0]?.areaCode, null);
  assert.equal(file.population[0]?.asOf, "2025-12-31");
  assert.deepEqual(short(file.findings), ["4 D (調査年月日) slash_date"]);
});

Deno.test("readFile() folds bands above 85 and leaves unknown ages in the total only", async () => {
  const file = await read("population_to_100.csv", SAGA);

  const [east] = file.population;
  const bands = east?.bands ?? [];
  const old = bands.find((one) => one.band === "85+" && one.sex === "male");
  assert.equal(bands.length, 36);
  assert.equal(old?.people, 7 + 5 + 6 + 7);
  const men = bands.filter(({ sex }) => sex === "male")
    .reduce((sum, { people }) => sum + people, 0);
  assert.equal(men, (east?.male ?? 0) - 2);
  assert.notEqual(men, east?.male);
});

Deno.test("readFile() reads LinkData files, whose dates put the month first", async () => {
  const file = await read("population_linkdata.csv", SAGA);

  assert.deepEqual(areas(file), ["東町"]);
  assert.equal(file.population[0]?.asOf, "2025-04-01");
  assert.equal(file.rowsIn, 2);
  assert.deepEqual(
    short(file.findings.filter(({ severity }) => severity === "error")),
    ["7 F (surveyDate) invalid_date"],
  );
});

Deno.test("readFile() reads spreadsheets with dates and with bare serial numbers", async () => {
  const file = await read("population.xlsx");
  const forSaga = await read("population.xlsx", SAGA);

  assert.deepEqual(
    file.population.map(({ municipality, asOf }) => [municipality, asOf]),
    [["412015", "2025-04-01"]],
  );
  assert.deepEqual(short(file.findings), [
    "4 A (全国地方公共団体コード) ambiguous_code",
    "4 D (調査年月日) serial_date",
  ]);
  assert.equal(forSaga.population.length, 1);
});

Deno.test("readFile() takes designated shelters and refuses everything else by reason", async () => {
  const file = await read("designated_shelters.geojson", SAGA);

  assert.deepEqual(
    file.shelters.map(({ shelter, welfare }) => [shelter, welfare]),
    [
      ["E4120100901111", false],
      ["E4120100902121", true],
    ],
  );
  assert.deepEqual(short(file.findings), [
    "3 共通ID emergency_site",
    "4 geometry swapped_position",
    "5 共通ID duplicate_row",
    "6 共通ID other_municipality",
    "7 共通ID invalid_shelter_id",
    "8 施設・場所名 missing_value",
    "8 geometry invalid_position",
    "9 施設・場所名 missing_value",
    "9 住所 missing_value",
    "9 共通ID missing_value",
    "9 geometry invalid_position",
  ]);
});

Deno.test("readFile() answers for foreign and damaged files instead of throwing", async () => {
  const encoder = new TextEncoder();
  const xlsx = await Deno.readFile(
    new URL("testdata/population.xlsx", import.meta.url),
  );
  const files: [Uint8Array, string][] = [
    [new Uint8Array(), "unknown_file"],
    [encoder.encode("a,b\n1,2\n"), "unknown_file"],
    [
      encoder.encode('{"type":"FeatureCollection","features":[{}]}'),
      "unknown_file",
    ],
    [new Uint8Array([0x82, 0xff, 0xfe]), "unreadable_file"],
    [xlsx.subarray(0, 400), "unreadable_file"],
    [encoder.encode("地域名,総人口\n東町,3\n"), "missing_column"],
  ];

  for (const [bytes, code] of files) {
    const file = await readFile(bytes);

    assert.equal(file.findings[0]?.code, code);
    assert.equal(file.population.length + file.shelters.length, 0);
  }
});

const REAL = new URL("../../../shared/data/municipal/", import.meta.url);
const real = await Deno.stat(REAL).then(() => true, () => false);
if (!real) {
  await Deno.stdout.write(
    new TextEncoder().encode("Real municipal files are absent: skipped\n"),
  );
}

Deno.test({
  name: "readFile() takes the real files of Takamatsu, Saga and Otsu",
  ignore: !real,
  fn: async () => {
    const files: [string, string, number, number][] = [
      ["takamatsu/372013_population_202303.csv", "372013", 235, 235],
      ["takamatsu/372013_population_202602.csv", "372013", 235, 235],
      ["takamatsu/372013_population_202602.xlsx", "372013", 235, 235],
      ["saga/412015_gsi_designated_shelter.geojson", "412015", 112, 112],
      ["otsu/252018_gsi_designated_shelter.geojson", "252018", 229, 229],
      ["otsu/252018_gsi_designated_shelter.geojson", "412015", 229, 0],
      ["saga/412015_gsi_emergency_site.geojson", "412015", 113, 0],
      ["takamatsu/372013_aed.csv", "372013", 0, 0],
    ];

    for (const [path, municipality, rowsIn, landed] of files) {
      const bytes = await Deno.readFile(new URL(path, REAL));
      const file = await readFile(bytes, { municipality });

      assert.equal(file.rowsIn, rowsIn, path);
      assert.equal(file.population.length + file.shelters.length, landed, path);
    }
  },
});
