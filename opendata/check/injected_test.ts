import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf, cleanRows } from "./_clean_table.ts";
import { checkFile } from "./check_file.ts";
import { letter } from "./file_bytes.ts";
import type { Code } from "./finding.ts";
import type { Kind, Sheet, SheetColumn } from "./sheet.ts";
import { SHEETS } from "./sheets/all.ts";

const DEFECTS: Readonly<Record<Kind, readonly (readonly [string, Code])[]>> = {
  text: [[" 値", "stray_space"], ["ｻｶﾞ", "half_width_kana"]],
  id: [["佐賀", "invalid_id"], ["ＡＡ１", "full_width"]],
  code: [["412016", "invalid_code"], ["４１２０１５", "full_width"]],
  town: [["北", "invalid_town"]],
  kana: [["さが", "kana"], ["佐賀", "kana"], ["ｻｶﾞ", "half_width_kana"]],
  latitude: [["33249350", "missing_point"], ["90.1234", "outside_japan"], [
    "33.2",
    "coarse_position",
  ]],
  longitude: [["130299792", "missing_point"], ["10.1234", "outside_japan"]],
  email: [["info", "invalid_email"]],
  flag: [["○", "list_form"], ["2", "not_in_list"]],
  phone: [["0952-24-3151", "phone_form"], ["24-3151", "invalid_phone"]],
  digits: [["十", "invalid_digits"], ["１", "full_width"]],
  url: [["http//a.example.jp/", "url_form"], ["ホームページ", "invalid_url"]],
  postal: [["84085", "invalid_postal"], ["〒840-8501", "unit_in_number"]],
  corporate: [["2000020202054", "invalid_corporate"]],
  weekdays: [["火月", "weekdays_form"], ["祝", "invalid_weekdays"]],
  time: [["25:00", "invalid_time"], ["9:00", "time_form"], [
    "０９:00",
    "full_width",
  ]],
  date: [["2026-02-30", "invalid_date"], ["2026/4/1", "date_form"], [
    "令和8年4月1日",
    "date_form",
  ]],
  poi: [["205", "lost_zero"]],
  integer: [
    ["1,000", "thousand_separators"],
    ["5人", "unit_in_number"],
    [
      "多数",
      "not_a_number",
    ],
    ["-1", "negative"],
    ["1.5", "not_an_integer"],
  ],
  number: [["1,000", "thousand_separators"], ["多数", "not_a_number"]],
  list: [["空色", "not_in_list"]],
};

const SOME = 4;

Deno.test("checkFile finds nothing in a clean table of any sheet", async () => {
  for (const sheet of SHEETS) {
    const { sheet: seen, edition, findings } = await checkFile(
      bytesOf(sheet.columns.map(({ name }) => name), cleanRows(sheet, SOME)),
      { fileName: `412015_${sheet.slug}.csv`, municipality: "412015" },
    );

    const codes = findings.map(({ code, name }) => `${code} ${name}`);
    const told = sheet.confirmed ? [] : ["inferred_sheet "];
    assert.deepEqual(codes, told, sheet.id);
    assert.equal(seen?.id, sheet.id);
    assert.equal(edition, "current");
  }
});

/** By number and position, so that a failure is printed short. */
const injection = fc.nat(SHEETS.length - 1).chain((of) =>
  fc.nat((SHEETS[of]?.columns.length ?? 1) - 1).chain((at) =>
    fc.record({
      of: fc.constant(of),
      at: fc.constant(at),
      row: fc.nat(SOME - 1),
      defect: fc.constantFrom(...defectsOf(target(of, at).column)),
    })
  )
);

function target(
  of: number,
  at: number,
): { sheet: Sheet; column: SheetColumn } {
  const sheet = SHEETS[of];
  const column = sheet?.columns[at];
  assert.ok(sheet !== undefined && column !== undefined);
  return { sheet, column };
}

function defectsOf(column: SheetColumn): readonly (readonly [string, Code])[] {
  return column.mark === "required"
    ? [...DEFECTS[column.kind], ["", "missing_value"]]
    : DEFECTS[column.kind];
}

Deno.test("checkFile finds a defect put anywhere into a clean table at its row and column", async () => {
  await fc.assert(
    fc.asyncProperty(injection, async ({ of, at, row, defect }) => {
      const { sheet, column } = target(of, at);
      const [text, code] = defect;
      const findings = await injected(sheet, column, row, text);

      const place = letter(sheet.columns.indexOf(column));
      const here = findings.filter((one) =>
        one.row === row + 2 && one.column === place
      );
      assert.ok(here.some((one) => one.code === code), code);
      assert.ok(here.every(({ name }) => name === column.name));
      const elsewhere = findings.filter((one) =>
        one.row > 1 && one.row !== row + 2
      );
      assert.deepEqual(elsewhere, []);
      if (column.personal) {
        assert.ok(here.every((one) => !("found" in one)));
      }
    }),
    { numRuns: 300 },
  );
});

async function injected(
  sheet: Sheet,
  column: SheetColumn,
  row: number,
  text: string,
) {
  const rows = cleanRows(sheet, SOME);
  const cells = rows[row] ?? [];
  cells[sheet.columns.indexOf(column)] = text;
  const { findings } = await checkFile(
    bytesOf(sheet.columns.map(({ name }) => name), rows),
    { fileName: `412015_${sheet.slug}.csv`, sheet },
  );
  return findings;
}

Deno.test("checkFile's corrected file has none of the defects it proposed a correction for", async () => {
  await fc.assert(
    fc.asyncProperty(injection, async ({ of, at, row, defect }) => {
      const { sheet, column } = target(of, at);
      const rows = cleanRows(sheet, SOME);
      (rows[row] ?? [])[sheet.columns.indexOf(column)] = defect[0];
      const options = { fileName: `412015_${sheet.slug}.csv`, sheet };
      const first = await checkFile(
        bytesOf(sheet.columns.map(({ name }) => name), rows),
        options,
      );
      const csv = first.correct?.().csv ?? "";
      const again = await checkFile(new TextEncoder().encode(csv), options);

      const proposed = first.findings.filter(({ proposal }) =>
        proposal !== undefined
      );
      for (const { row, column, code } of proposed) {
        assert.ok(
          !again.findings.some((one) =>
            one.row === row && one.column === column && one.code === code
          ),
          code,
        );
      }
      assert.ok(again.findings.length <= first.findings.length);
    }),
    { numRuns: 100 },
  );
});
