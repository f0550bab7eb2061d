import { auditFiles, protectFiles } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** Published tables with known answers; they are not part of the project. */
const FOLDER = fileURLToPath(
  new URL("../../shared/data/disclosure", import.meta.url),
);
const EXAMPLES = await read("worked_examples.json");
const stopwatch = () => performance.now() / 1_000;

async function read(name: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`${FOLDER}/${name}`);
  } catch {
    return undefined;
  }
}

function example(
  name: string,
  // deno-lint-ignore no-explicit-any
  run: (examples: any, dir: string) => Promise<void>,
): void {
  if (EXAMPLES === undefined) {
    Deno.test.ignore(
      `${name} (the reference tables are not at hand)`,
      () => {},
    );
    return;
  }
  Deno.test(name, async () => {
    const dir = await Deno.makeTempDir();
    try {
      await run(JSON.parse(EXAMPLES), dir);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

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

example(
  "protect keeps a single contributor from telling another cell",
  async (examples, dir) => {
    const given = examples.tauargus_singleton;
    const cols = given.cols.slice(1);
    const rows = given.rows.slice(1);
    const inner: [string, string, number, number][] = rows.flatMap(
      (row: string, r: number) =>
        cols.map((col: string, c: number) => [
          row,
          col,
          given.table[r + 1][c + 1],
          row === "A" && col === "X2" ? 1 : row === "A" && col === "X4" ? 2 : 9,
        ]),
    );
    await Deno.writeTextFile(
      `${dir}/cells.csv`,
      "row,col,value,people\n" + inner.map((one) => one.join(",")).join("\n"),
    );
    const withheld = async (coalition: number) => {
      await Deno.writeTextFile(
        `${dir}/spec.json`,
        JSON.stringify({
          data: "cells.csv",
          dimensions: [
            { dim: "row", tree: { Total: rows } },
            { dim: "col", tree: { Total: cols } },
          ],
          measure: { magnitude: "value", contributors: "people" },
          rules: { threshold: 3, coalition },
          frozen: [
            { row: "A" },
            { row: "B" },
            ...cols.map((col: string) => ({ col })),
          ],
        }),
      );
      const out = `${dir}/out${coalition}`;
      await protectFiles(`${dir}/spec.json`, out, stopwatch);
      const text = await Deno.readTextFile(`${out}/released.csv`);
      return text.split("\n").filter((line) =>
        line.startsWith("A,") && line.endsWith("withheld")
      ).length;
    };

    assert.equal(await withheld(0), 2);
    assert.ok(await withheld(1) >= 3);
  },
);

example(
  "protect answers the linked tables of Statistics Norway safely",
  async (_examples, dir) => {
    for (const name of ["z1", "z2"]) {
      const csv = await read(`ssb_${name}.csv`) ?? "";
      const lines = csv.trim().split(/\r?\n/).map((line) => line.split(","));
      const header = (lines[0] ?? []).map((one) => one.replaceAll('"', ""));
      const rows = lines.slice(1).map((line) =>
        Object.fromEntries(
          header.map((key, at) => [key, (line[at] ?? "").replaceAll('"', "")]),
        )
      );
      const codes = (column: string) => [
        ...new Set(rows.map((row) => row[column] ?? "")),
      ];
      const grouping = (column: string) => ({
        dim: "region",
        tree: {
          Total: codes(column).map((one) => `${column}${one}`),
          ...Object.fromEntries(
            codes(column).map((one) => [
              `${column}${one}`,
              [
                ...new Set(
                  rows.filter((row) => row[column] === one)
                    .map((row) => row["region"] ?? ""),
                ),
              ],
            ]),
          ),
        },
      });
      await Deno.writeTextFile(`${dir}/${name}.csv`, csv);
      await Deno.writeTextFile(
        `${dir}/spec.json`,
        JSON.stringify({
          data: `${name}.csv`,
          dimensions: [
            ...name === "z1"
              ? [{ dim: "region", tree: { Total: codes("region") } }]
              : [grouping("fylke"), grouping("kostragr")],
            { dim: "hovedint", tree: { Total: codes("hovedint") } },
          ],
          measure: { count: "ant" },
          rules: { threshold: 4, zeros: "withheld" },
          weights: "cells",
        }),
      );
      const out = `${dir}/${name}`;
      const report = await protectFiles(`${dir}/spec.json`, out, stopwatch);
      const found = await auditFiles(`${dir}/spec.json`, [out], { stopwatch });

      assert.ok(found.passed && found.exact, name);
      // z1: six cells keep one value from being told exactly; four values take no fewer.
      assert.ok(name !== "z1" || report.withheld >= 6);
      assert.ok(
        report.withheld < report.cells / 2,
        `${name} ${report.withheld}`,
      );
    }
  },
);

example(
  "protect withholds the cells of tau-ARGUS' table that it calls unsafe",
  async (_examples, dir) => {
    const rows = (await read("tauargus_pp_tab.csv") ?? "").trim().split(/\r?\n/)
      .map((line) =>
        line.split(";").map((one) => one.replaceAll('"', "").trim())
      );
    const sizes = [...new Set(rows.map((row) => row[0] ?? ""))]
      .filter((one) => one !== "Total");
    const leaves = rows.filter((row) =>
      row[0] !== "Total" && /^\d+$/.test(row[1] ?? "")
    );
    const columns = [0, 1, 2, 3, 6, 7];
    await Deno.writeTextFile(
      `${dir}/cells.csv`,
      [
        "size,region,turnover,firms,first,second",
        ...leaves.map((row) => columns.map((at) => row[at]).join(",")),
      ].join("\n"),
    );
    await Deno.writeTextFile(
      `${dir}/spec.json`,
      JSON.stringify({
        data: "cells.csv",
        dimensions: [
          { dim: "size", tree: { Total: sizes } },
          {
            dim: "region",
            tree: {
              Total: ["Nr", "Os", "Ws", "Zd", "99"],
              Nr: ["1", "2", "3"],
              Os: ["4", "5", "6", "7"],
              Ws: ["8", "9", "10"],
              Zd: ["11", "12"],
            },
          },
        ],
        measure: {
          magnitude: "turnover",
          decimals: 2,
          largest: ["first", "second"],
          contributors: "firms",
        },
        rules: { threshold: 3, p: 15 },
      }),
    );
    const unsafe = rows.filter((row) => row[8] === "U")
      .map((row) => `${row[0]},${row[1]}`);

    const report = await protectFiles(
      `${dir}/spec.json`,
      `${dir}/out`,
      stopwatch,
    );
    const text = await Deno.readTextFile(`${dir}/out/released.csv`);
    const found = await auditFiles(`${dir}/spec.json`, [`${dir}/out`], {
      stopwatch,
    });

    assert.equal(report.cells, rows.length);
    assert.equal(report.primary, unsafe.length);
    for (const cell of unsafe) {
      assert.match(text, new RegExp(`^${cell},,withheld$`, "m"));
    }
    const dominated = found.intervals.find((one) =>
      one.cell["size"] === "9" && one.cell["region"] === "4"
    );
    // p/100 · first − (total − first − second), as the table states it.
    assert.ok((dominated?.low ?? 0) <= 1_196_800 - 128_815);
    assert.ok((dominated?.high ?? 0) >= 1_196_800 + 128_815);
    assert.ok(found.passed);
  },
);
