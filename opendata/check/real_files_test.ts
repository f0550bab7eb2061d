import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { checkFile, type FileReport } from "./check_file.ts";
import type { Code } from "./finding.ts";

const ROOT = fileURLToPath(
  new URL("../../../shared/data/municipal/", import.meta.url),
);

interface Expected {
  readonly file: string;
  readonly sheet: string | undefined;
  readonly edition: string | undefined;
  readonly rows: number;
  /** Code, row and column letter of what must be found. */
  readonly found: readonly (readonly [Code, number, string])[];
}

const FILES: readonly Expected[] = [
  {
    file: "ishikawa/170003_evacuation_space.csv",
    sheet: "03",
    edition: "current",
    rows: 1528,
    found: [
      ["shifted_value", 2, "R"],
      ["shifted_value", 2, "S"],
      ["shifted_value", 2, "T"],
      ["shifted_value", 1500, "R"],
    ],
  },
  {
    file: "ishikawa/170003_open_data_list.csv",
    sheet: "06",
    edition: "2023",
    rows: 115,
    found: [["old_edition", 1, ""], ["shifted_value", 2, "AH"]],
  },
  {
    file: "ishikawa/170003_public_toilet.csv",
    sheet: "13",
    edition: "current",
    rows: 103,
    found: [["empty_header", 1, "AN"]],
  },
  {
    file: "ishikawa/170003_public_facility.csv",
    sheet: "01",
    edition: "current",
    rows: 83,
    found: [["blank_row", 85, ""], ["invalid_time", 18, "AF"]],
  },
  {
    file: "iida/202053_cultural_property.csv",
    sheet: "02",
    edition: "current",
    rows: 186,
    found: [["full_width", 19, "AI"]],
  },
  {
    file: "saga/412015_event_base_registry_2022.csv",
    sheet: "12",
    edition: "base-registry-2022",
    rows: 5,
    found: [["line_break", 2, "AQ"], ["old_edition", 1, ""]],
  },
  {
    file: "wakayama/300004_open_data_list_legacy.csv",
    sheet: "06",
    edition: "2017-2020",
    rows: 92,
    found: [["old_edition", 1, ""]],
  },
  {
    file: "takamatsu/372013_population_202303.csv",
    sheet: "04",
    edition: "2017-2020",
    rows: 235,
    found: [
      ...[1, 2, 3, 4, 5, 6, 8, 9].map((row) =>
        ["comment_row", row, ""] as const
      ),
      ["extra_column", 7, "A"],
      ["date_form", 10, "F"],
    ],
  },
  {
    file: "takamatsu/372013_population_202602.csv",
    sheet: "04",
    edition: "2017-2020",
    rows: 235,
    found: [["date_form", 2, "F"], ["code_form", 2, "B"]],
  },
  {
    file: "takamatsu/372013_population_202602.xlsx",
    sheet: "04",
    edition: "2017-2020",
    rows: 235,
    found: [["renamed_column", 1, "B"], ["code_form", 2, "B"]],
  },
  {
    file: "takamatsu/372013_event.xlsx",
    sheet: "12",
    edition: "2017-2020",
    rows: 51,
    found: [["invalid_date", 2, "C"], ["line_break", 2, "C"]],
  },
  {
    file: "takamatsu/372013_aed.csv",
    sheet: "08",
    edition: "2017-2020",
    rows: 514,
    found: [["comment_row", 1, ""], ["renamed_column", 7, "B"]],
  },
  {
    file: "takamatsu/372013_public_toilet.csv",
    sheet: "13",
    edition: "2017-2020",
    rows: 169,
    found: [["no_bom", 0, ""], ["renamed_column", 1, "B"]],
  },
  {
    file: "takamatsu/372013_open_data_list.csv",
    sheet: "06",
    edition: "2017-2020",
    rows: 96,
    found: [["comment_row", 1, ""], ["renamed_column", 7, "B"]],
  },
  {
    file: "wakayama/300004_bodik_download_ranking_202401.csv",
    sheet: undefined,
    edition: undefined,
    rows: 910,
    found: [["unknown_sheet", 0, ""]],
  },
];

async function checked(file: string): Promise<FileReport | undefined> {
  try {
    return await checkFile(await Deno.readFile(ROOT + file), {
      fileName: file.split("/").at(-1) ?? "",
    });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.stdout.write(
      new TextEncoder().encode(`skipped: ${file} is not here\n`),
    );
    return undefined;
  }
}

for (const { file, sheet, edition, rows, found } of FILES) {
  Deno.test(`checkFile finds what is wrong in ${file} and keeps its rows`, async () => {
    const report = await checked(file);
    if (report === undefined) return;

    assert.equal(report.sheet?.id, sheet);
    assert.equal(report.edition, edition);
    assert.equal(report.rows, rows);
    for (const [code, row, column] of found) {
      assert.ok(
        report.findings.some((one) =>
          one.code === code && one.row === row && one.column === column
        ),
        `${code} ${row} ${column}`,
      );
    }
    assert.equal(
      report.findings.some(({ code }) => code === "outside_area"),
      false,
    );
  });
}

Deno.test("checkFile finds only stray spaces, one telephone number and town IDs without their zeros in iida/202053_preschool.csv, and nothing once corrected", async () => {
  const report = await checked("iida/202053_preschool.csv");
  if (report === undefined) return;

  const codes = report.findings.map(({ code, column }) => `${code} ${column}`)
    .filter((one) => one !== "town_zeros I");
  assert.ok(codes.length < report.findings.length);
  assert.deepEqual(codes.toSorted(), [
    "phone_form V",
    ...Array.from({ length: 5 }, () => "stray_space AC"),
    ...Array.from({ length: 3 }, () => "stray_space AD"),
  ]);
  const csv = report.correct?.().csv ?? "";
  const again = await checkFile(new TextEncoder().encode(csv), {
    fileName: "202053_preschool.csv",
    municipality: "202053",
  });
  assert.deepEqual(again.findings, []);
});

Deno.test("checkFile carries the positions of a LinkData table into the corrected file and says what it could not carry", async () => {
  const report = await checked("takamatsu/372013_aed.csv");
  if (report === undefined) return;

  const { csv, lost } = report.correct?.() ?? { csv: "", lost: [] };
  assert.match(csv, /"34\.34092056","134\.04522972"/);
  assert.deepEqual(lost, [{ column: "#property", values: 514 }]);
  assert.doesNotMatch(csv, /object_type_xsd/);
});
