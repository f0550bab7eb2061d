import { auditFiles } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { example, stopwatch } from "./disclosure_reference.ts";

interface Release {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What `audit` tells of each withheld cell of a hand-made release. */
async function audit(dir: string, { spec, rows }: Release) {
  const names = [
    ...new Set(
      (spec["dimensions"] as { dim: string }[]).map((one) => one.dim),
    ),
  ];
  await Deno.writeTextFile(
    `${dir}/spec.json`,
    JSON.stringify({ data: "none.csv", measure: { count: "n" }, ...spec }),
  );
  const status = spec["method"] === "rounding" ? "rounded" : "published";
  await Deno.writeTextFile(
    `${dir}/released.csv`,
    [
      [...names, "value", "status"].join(","),
      ...rows.map((row) =>
        [
          ...row.slice(0, -1),
          row.at(-1) ?? "",
          row.at(-1) === null ? "withheld" : status,
        ].join(",")
      ),
    ].join("\n"),
  );
  const found = await auditFiles(`${dir}/spec.json`, [dir], { stopwatch });
  const cell = (codes: Readonly<Record<string, string>>) =>
    found.intervals.find((one) =>
      names.every((name) => one.cell[name] === codes[name])
    );
  return { found, cell };
}

function plain(
  rows: readonly string[],
  cols: readonly string[],
  table: readonly (readonly number[])[],
  hidden: (r: number, c: number) => boolean,
): Release {
  return {
    spec: {
      dimensions: [
        { dim: "row", tree: { tot: rows } },
        { dim: "col", tree: { tot: cols } },
      ],
    },
    rows: [...rows, "tot"].flatMap((row, r) =>
      [...cols, "tot"].map((col, c) => [
        row,
        col,
        hidden(r, c) ? null : table[r]?.[c] ?? 0,
      ])
    ),
  };
}

example(
  "audit tells what Geurts' block of suppressed cells tells",
  async (examples, dir) => {
    const given = examples.geurts_1992_feasibility;
    const hidden = new Set(given.suppressed.map(String));

    const { cell, found } = await audit(
      dir,
      plain(
        ["r0", "r1", "r2"],
        ["c0", "c1"],
        given.table,
        (r, c) => hidden.has(`${r},${c}`),
      ),
    );

    for (const [key, ends] of Object.entries<number[]>(given.computed)) {
      const [r, c] = key.split(",");
      const own = cell({ row: `r${r}`, col: `c${c}` });
      assert.deepEqual([own?.low, own?.high], [ends[1], ends[2]]);
    }
    assert.equal(found.passed, false);
  },
);

example(
  "audit tells the cell that two suppressions a line do not protect",
  async (examples, dir) => {
    const given = examples.sdctable_4x4_two_per_line_is_not_enough;
    const cases = {
      computed_before: [],
      computed_after_adding_x_d: ["1,3"],
      computed_after_adding_x_b: ["1,1"],
    };
    for (const [answer, more] of Object.entries(cases)) {
      const hidden = new Set([...given.primary.map(String), ...more]);
      const { cell, found } = await audit(
        dir,
        plain(
          given.rows.slice(0, 4),
          given.cols.slice(0, 4),
          given.table,
          (r, c) => hidden.has(`${r},${c}`),
        ),
      );
      for (const [key, ends] of Object.entries<number[]>(given[answer])) {
        const [r = 0, c = 0] = key.split(",").map(Number);
        const own = cell({ row: given.rows[r], col: given.cols[c] });
        assert.deepEqual([own?.low, own?.high], [ends[1], ends[2]], key);
      }
      assert.equal(found.g1, answer !== "computed_before");
    }
  },
);

example(
  "audit unpicks conventional rounding and not controlled rounding to ten",
  async (examples, dir) => {
    const given = examples.handbook_rounding;
    const release = (base: number): Release => ({
      spec: {
        dimensions: [
          { dim: "row", tree: { tot: ["r0", "r1", "r2"] } },
          { dim: "col", tree: { tot: ["c0", "c1"] } },
        ],
        method: "rounding",
        base,
      },
      rows: given.conventional_base5.flatMap((row: number[], r: number) =>
        row.map((value, c) => [
          r === 3 ? "tot" : `r${r}`,
          c === 2 ? "tot" : `c${c}`,
          value,
        ])
      ),
    });

    // To the nearest five is less than three away, not less than five.
    const { cell, found } = await audit(dir, release(3));

    const answers = given.unpicked_conventional_base5_integer_intervals;
    answers.forEach((row: number[][], r: number) =>
      row.forEach((ends, c) => {
        const own = cell({
          row: r === 3 ? "tot" : `r${r}`,
          col: c === 2 ? "tot" : `c${c}`,
        });
        assert.deepEqual([own?.low, own?.high], ends, `${r},${c}`);
      })
    );
    assert.equal(found.passed, false);
  },
);

example(
  "audit tells the slivers between old and new areas",
  async (examples, dir) => {
    const given = examples.handbook_geographic_differencing;
    const areas = [0, 1, 2];
    const dimensions = [
      {
        dim: "area",
        tree: {
          all: ["ED0", "ED1", "ED2"],
          ...Object.fromEntries(
            areas.map((at) => [`ED${at}`, [`OA${at}`, `sliver${at}`]]),
          ),
        },
      },
      { dim: "age", order: ["young", "old"] },
    ];
    const codes = { area: areas.flatMap((at) => [`ED${at}`, `OA${at}`]) };
    const value = (table: number[][], at: number, age: number) =>
      table[at]?.[age] ?? 0;

    const { found } = await audit(dir, {
      spec: { dimensions, tables: [{ dims: ["area", "age"], codes }] },
      rows: areas.flatMap((at) =>
        ["young", "old"].flatMap((age, i) => [
          [`ED${at}`, age, value(given.ED1991, at, i)],
          [`OA${at}`, age, value(given.OA2001, at, i)],
        ])
      ),
    });

    const told = found.findings.filter((one) => one.kind === "unpublished told")
      .map((one) => `${one.cell?.["area"]}/${one.cell?.["age"]}`);
    assert.deepEqual(told, ["sliver0/young", "sliver0/old", "sliver1/young"]);
    assert.deepEqual(
      given.difference_expected.flat().map((one: number) => one > 0),
      [true, true, true, false, false, false],
    );
  },
);

example(
  "audit tells the groups of which everybody is of one kind",
  async (examples, dir) => {
    const given = examples.handbook_group_disclosure;
    const told = async (coalition: number) => {
      const { found } = await audit(dir, {
        spec: {
          dimensions: [
            { dim: "marital", order: given.rows },
            { dim: "work", tree: { all: given.cols } },
          ],
          rules: { threshold: 1, groups: { dims: ["work"], coalition } },
        },
        rows: given.rows.flatMap((status: string, r: number) => [
          ...given.cols.map((work: string, c: number) => [
            status,
            work,
            given.table[r][c],
          ]),
          [status, "all", given.table[r][0] + given.table[r][1]],
        ]),
      });
      return found.findings.map((one) => one.cell?.["marital"]);
    };

    assert.deepEqual(await told(0), ["Married"]);
    assert.deepEqual(await told(1), ["Married", "Divorced"]);
  },
);
