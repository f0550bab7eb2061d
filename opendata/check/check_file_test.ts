import assert from "node:assert/strict";
import { bytesOf, cleanRows } from "./_clean_table.ts";
import { xlsx } from "./_xlsx.ts";
import { checkFile, sheetNumbered } from "./check_file.ts";
import type { Sheet } from "./sheet.ts";

function sheetOf(id: string): Sheet {
  const sheet = sheetNumbered(id);
  assert.ok(sheet !== undefined);
  return sheet;
}

const TOILETS = sheetOf("13");
const NAMES = TOILETS.columns.map(({ name }) => name);

/** Findings as `row column code`, of three clean toilets that were changed. */
async function changed(
  change: (rows: string[][], at: (name: string) => number) => void,
  names: readonly string[] = NAMES,
  sheet = TOILETS,
): Promise<string[]> {
  const rows = cleanRows(sheet, 3);
  change(rows, (name) => names.indexOf(name));
  return await codes(bytesOf(names, rows), `412015_${sheet.slug}.csv`);
}

async function codes(
  bytes: Uint8Array,
  fileName = "412015_public_toilet.csv",
): Promise<string[]> {
  const { findings } = await checkFile(bytes, { fileName });
  return findings.map(({ row, column, code }) =>
    `${row} ${column} ${code}`.replace("  ", " ")
  );
}

function put(rows: string[][], row: number, column: number, text: string) {
  const cells = rows[row];
  assert.ok(cells !== undefined && column >= 0);
  cells[column] = text;
}

Deno.test("checkFile tells how the bytes differ from UTF-8 with BOM, and reads them all the same", async () => {
  const text = new TextDecoder().decode(bytesOf(NAMES, cleanRows(TOILETS, 2)));
  const encode = (from: string) => new TextEncoder().encode(from);
  const utf16 = new Uint8Array(
    Uint16Array.from(
      [...`\uFEFF${text}`].map((one) => one.charCodeAt(0)),
    ).buffer,
  );

  assert.deepEqual(await codes(encode(text)), ["0 no_bom"]);
  assert.deepEqual(await codes(utf16), ["0 utf16"]);
  const tabs = `\uFEFF${text.replaceAll('","', '"\t"')}`;
  assert.deepEqual(await codes(encode(tabs)), ["0 delimiter"]);
  const mixed = `\uFEFF${text.replace("\r\n", "\n")}`;
  assert.deepEqual(await codes(encode(mixed)), ["0 mixed_line_ends"]);
  assert.deepEqual(
    await codes(encode(`\uFEFF${text.replaceAll("\r\n", "\n")}`)),
    [],
  );
});

Deno.test("checkFile reads CP932 and says so", async () => {
  const header = [0x90, 0x6c, 0x90, 0x94, 0x0d, 0x0a, 0x31, 0x0d, 0x0a];

  const report = await checkFile(Uint8Array.from(header), {
    fileName: "a.csv",
  });

  assert.equal(report.encoding, "cp932");
  assert.ok(report.findings.some(({ code }) => code === "not_utf8"));
  assert.match(report.correct?.().csv ?? "", /^\uFEFF"人数"\r\n"1"\r\n$/);
});

Deno.test("checkFile refuses damaged and empty files with one finding and corrects nothing", async () => {
  const damaged = await checkFile(Uint8Array.from([0x81, 0xff, 0x80]), {
    fileName: "a.csv",
  });
  const zip = await checkFile(Uint8Array.from([0x50, 0x4b, 3, 4, 1]), {
    fileName: "a.xlsx",
  });

  assert.deepEqual(damaged.findings.map(({ code }) => code), [
    "unreadable_file",
  ]);
  assert.deepEqual(zip.findings.map(({ code }) => code), ["unreadable_file"]);
  assert.equal(damaged.correct, undefined);
  assert.deepEqual(await codes(new Uint8Array()), ["0 empty_file"]);
  assert.ok((await codes(bytesOf(NAMES, []))).includes("0 empty_file"));
});

Deno.test("checkFile holds the header against the sheet: missing, renamed, extra, empty, twice, out of order", async () => {
  const without = NAMES.filter((name) => name !== "設置位置");
  const missing = await changed((rows, at) => {
    for (const row of rows) row.splice(NAMES.indexOf("設置位置"), 1);
    assert.equal(at("設置位置"), -1);
  }, without);
  assert.deepEqual(missing, ["1 missing_column"]);

  const renamed = NAMES.map((name) => name.replace("(方書)", "（方書）"));
  assert.deepEqual(await changed(() => {}, renamed), ["1 N renamed_column"]);

  const more = [...NAMES, "備品", "", "備考"];
  const added = await changed((rows) => {
    for (const row of rows) row.push("", "", "");
  }, more);
  assert.deepEqual(added, [
    "1 AN extra_column",
    "1 AO empty_header",
    "1 AP duplicate_header",
  ]);

  const [first = "", second = "", ...rest] = NAMES;
  const swapped = await changed((rows) => {
    for (const row of rows) row.unshift(...row.splice(1, 1));
  }, [second, first, ...rest]);
  assert.equal(swapped.length, 1);
  assert.match(swapped[0] ?? "", /^1 [AB] column_order$/);
});

Deno.test("checkFile finds rows above the header, notes, blank rows and rows of another width", async () => {
  const rows = cleanRows(TOILETS, 2);
  const [one = [], two = []] = rows;
  const bytes = bytesOf(["公衆トイレ一覧"], [NAMES, one, [""], ["#注"], [
    ...two,
    "余り",
  ]]);

  assert.deepEqual(await codes(bytes), [
    "1 title_rows",
    "4 blank_row",
    "5 comment_row",
    "6 column_count",
  ]);
});

Deno.test("checkFile finds what does not agree between the values of a row", async () => {
  const found = await changed((rows, at) => {
    put(rows, 0, at("緯度"), "130.299792");
    put(rows, 0, at("経度"), "33.249350");
    put(rows, 1, at("緯度"), "35.681236");
    put(rows, 1, at("経度"), "139.767125");
    put(rows, 1, at("男性トイレ総数"), "7");
    put(rows, 2, at("経度"), "");
    put(rows, 2, at("利用開始時間"), "18:00");
    put(rows, 2, at("所在地_都道府県"), "長崎県");
    put(rows, 2, at("所在地_連結表記"), "佐賀市2");
  });

  assert.ok(found.includes("2 P swapped_position"), `${found}`);
  assert.ok(found.includes("2 Q swapped_position"));
  assert.ok(found.includes("3 P outside_area"));
  assert.ok(found.includes("3 T total_mismatch"));
  assert.ok(found.includes("4 Q half_position"));
  assert.ok(found.includes("4 AI closes_before_opening"));
  assert.ok(found.includes("4 J prefecture_mismatch"));
  assert.equal(found.includes("4 I address_prefecture"), false);
  assert.equal(found.some((one) => one.startsWith("4 P outside")), false);
});

Deno.test("checkFile finds an event that ends before it starts, and an ID or row that stands twice", async () => {
  const events = sheetOf("12");
  const names = events.columns.map(({ name }) => name);
  const found = await changed(
    (rows, at) => {
      put(rows, 0, at("終了日"), "2026-03-31");
      rows[2] = [...rows[1] ?? []];
    },
    names,
    events,
  );

  assert.deepEqual(found.filter((one) => !one.includes("inferred")), [
    "2 P end_before_start",
    "4 C duplicate_id",
    "4 duplicate_row",
  ]);
});

Deno.test("checkFile says where a mark is not confirmed instead of calling it an error", async () => {
  const sites = sheetOf("03");
  const names = sites.columns.map(({ name }) => name);
  const rows = cleanRows(sites, 2);
  put(rows, 1, names.indexOf("名称"), "");
  put(rows, 1, names.indexOf("所在地_連結表記"), "");

  const { findings } = await checkFile(bytesOf(names, rows), {
    fileName: "412015_evacuation_space.csv",
  });

  assert.deepEqual(
    findings.map((
      { row, name, code, severity },
    ) => [row, name, code, severity]),
    [
      [3, "名称", "mark_unconfirmed", "info"],
      [3, "所在地_連結表記", "missing_value", "error"],
    ],
  );
});

Deno.test("checkFile never shows what stands in a column that may speak of a person", async () => {
  const food = sheetOf("15");
  const names = food.columns.map(({ name }) => name);
  const rows = cleanRows(food, 1);
  const secret = " 秘密太郎";
  const personal = food.columns.flatMap((one, at) => one.personal ? [at] : []);
  for (const at of personal) put(rows, 0, at, secret);

  const { findings } = await checkFile(bytesOf(names, rows), {
    fileName: "412015_food_business_all.csv",
  });

  assert.ok(personal.length > 0);
  assert.ok(findings.some(({ code }) => code === "stray_space"));
  assert.doesNotMatch(JSON.stringify(findings), /秘密太郎/);
});

Deno.test("checkFile refuses the code of another municipality than the one asked for", async () => {
  const bytes = bytesOf(NAMES, cleanRows(TOILETS, 1));
  const fileName = "412015_public_toilet.csv";

  const other = await checkFile(bytes, { fileName, municipality: "252018" });
  const own = await checkFile(bytes, { fileName, municipality: "412015" });

  assert.deepEqual(other.findings.map(({ code }) => code), [
    "other_municipality",
  ]);
  assert.deepEqual(own.findings, []);
});

Deno.test("checkFile writes an older edition in the current one and says what was lost", async () => {
  const old = TOILETS.formerly["2017-2020"] ?? [];
  const rows = cleanRows({ ...TOILETS, columns: old }, 1);
  const names = [...old.map(({ name }) => name), "担当"];
  put(rows, 0, names.indexOf("都道府県名"), "佐賀県");
  put(rows, 0, names.indexOf("市区町村名"), "佐賀市");
  rows[0]?.push("生活課");

  const report = await checkFile(bytesOf(names, rows), {
    fileName: "412015_public_toilet.csv",
  });
  const correction = report.correct?.();

  assert.equal(report.edition, "2017-2020");
  assert.deepEqual(correction?.lost, [{ column: "担当", values: 1 }]);
  const lines = (correction?.csv ?? "").split("\r\n");
  assert.equal(lines[0], `\uFEFF${NAMES.map((name) => `"${name}"`).join(",")}`);
  assert.match(lines[1] ?? "", /^"412015","AA0000000000","佐賀県佐賀市"/);
  assert.doesNotMatch(correction?.csv ?? "", /生活課/);
});

Deno.test("checkFile reads a spreadsheet and finds merged cells and formulas in it", async () => {
  const bytes = xlsx(
    [["地区", "人口"], ["北", "=1+1"], ["南", "3"]],
    `<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>`,
  );

  const found = await codes(bytes, "a.xlsx");

  assert.ok(found.includes("2 A merged_cells"), `${found}`);
  assert.ok(found.includes("2 B formula"));
  assert.equal(found.includes("0 unreadable_file"), false);
});

Deno.test("checkFile holds a table without a sheet against the rules for statistical tables", async () => {
  const found = await codes(
    bytesOf(["地区別人口"], [
      ["地区", "年", "人口", "世帯"],
      ["北　町", "令和7年", "1,200", "300"],
      ["", "2025", "900人", "▲20"],
      ["南町", "2025", "X", "１００"],
      [],
      ["合計", "2025", "2100", "420"],
      ["①区", "2025", "多い", "10"],
    ]),
    "table.csv",
  );

  for (
    const one of [
      "0 unknown_sheet",
      "1 title_rows",
      "3 A layout_space",
      "3 B era_year",
      "3 C thousand_separators",
      "4 A omitted_value",
      "4 C unit_in_number",
      "4 D unit_in_number",
      "5 C symbol",
      "5 D full_width",
      "6 blank_row",
      "7 A total_row",
      "8 A platform_character",
      "8 C not_a_number",
    ]
  ) assert.ok(found.includes(one), `${one} in ${found}`);
  assert.equal(found.some((one) => one.includes("extra_column")), false);
});

Deno.test("checkFile tells a table without a sheet of missing units, several values in one cell and shortened area names", async () => {
  const told = async (lines: readonly string[]) => {
    const { findings } = await checkFile(
      new TextEncoder().encode(`\uFEFF${lines.join("\r\n")}`),
      { fileName: "table.csv" },
    );
    return findings.map(({ code, row, column }) => `${code} ${row}${column}`);
  };
  const wrong = await told([
    '"市町村","面積"',
    '"佐賀","431.8"',
    '"大津市","464.5"',
    '"武雄市","195.4"',
    '"唐津市","12/34"',
    '"鳥栖市","71.7"',
  ]);
  const right = await told([
    '"市町村コード","市町村","面積(km2)"',
    '"412015","佐賀","431.8"',
    '"252018","大津","464.5"',
    '"412066","武雄","195.4"',
  ]);

  for (
    const one of ["unit_unstated 1B", "several_values 5B", "short_area 2A"]
  ) {
    assert.ok(wrong.includes(one), one);
  }
  assert.equal(wrong.includes("short_area 3A"), false);
  assert.doesNotMatch(right.join(), /unit_unstated|several_values|short_area/);
});
