import { createHash } from "node:crypto";
import { z } from "zod";
import { type Row, type Table, type Tables, wholeOf } from "./version_lines.ts";

// Additions and comparisons only, and nothing of the code that protects.

const Line = z.int().min(1);
const Witnesses = z.object({
  format: z.literal("hiraku-witnesses/1"),
  blocks: z.array(z.object({
    table: z.string(),
    measure: z.string(),
    unit: z.number().positive(),
    rows: z.array(Line),
  })),
  sums: z.array(z.object({
    whole: z.tuple([z.string(), Line, z.string()]),
    since: z.int().nonnegative().optional(),
    table: z.string(),
    measure: z.string(),
    rows: z.array(Line),
  })),
  growing: z.array(z.string()),
  open: z.array(z.tuple([z.string(), Line])),
  first: z.array(z.int().nonnegative()),
  witnesses: z.array(z.object({
    sha256: z.string(),
    changes: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
  })),
  intervals: z.array(
    z.tuple([z.int(), z.int().nullable(), z.int(), z.int()]),
  ),
});
type Witnesses = z.infer<typeof Witnesses>;

/** `low <= sum of factor × figure <= high` over the figures of a witness. */
interface Fact {
  readonly says: string;
  readonly terms: readonly (readonly [at: number, factor: number])[];
  readonly low: number;
  readonly high: number;
}

// Amounts are published to a thousandth.
const ROUNDED = 0.0005;

/**
 * Checks that every witness is a table of whole numbers that agrees with the
 * published rows in every sum, and that the two witnesses of each withheld
 * figure lie as far apart as its interval says and the rule asks. Answers how
 * many witnesses there are and the narrowest interval.
 */
export function verifyWitnesses(
  text: string,
  tables: Tables,
  fault: (message: string) => void,
): { witnesses: number; narrowest: number } {
  const parsed = Witnesses.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") ?? "";
    fault(`witnesses.json is not of this format: ${where}`);
    return { witnesses: 0, narrowest: Infinity };
  }
  const { blocks, intervals, witnesses, first } = parsed.data;
  const figures = blocks.flatMap(({ table, measure, unit, rows }) =>
    rows.map((row) => ({ table, measure, unit, row }))
  );
  const names = figures.map(({ table, row, measure }) =>
    `${table},${row},${measure}`
  );
  const indices = new Map(names.map((name, at) => [name, at]));
  const figureAt = (table: string, row: number, measure: string) =>
    indices.get(`${table},${row},${measure}`);
  if (indices.size !== figures.length) fault("A figure is told twice");
  if (first.length !== figures.length || intervals.length !== figures.length) {
    fault("witnesses.json lacks values");
  }
  for (const { table, row } of figures) {
    if (tables.get(table)?.rows[row - 1]?.["status"] === "withheld") continue;
    fault(`Row ${row} of '${table}' has witnesses and is not withheld`);
  }
  for (const table of tables.values()) {
    table.rows.forEach((row, at) => {
      if (!isJudged(table) || row["status"] !== "withheld") return;
      if (figureAt(table.id, at + 1, table.people ?? "") !== undefined) return;
      fault(`Row ${at + 1} of '${table.id}' has no witnesses`);
    });
  }
  const { facts, whole } = factsOf(parsed.data, tables, figureAt, fault);
  const told = witnesses.map(({ sha256, changes }) => {
    const values = [...first];
    for (const [at, value] of changes) values[at] = value;
    const text = names.map((name, at) => `${name}=${values[at]}\n`).join("");
    if (createHash("sha256").update(text).digest("hex") !== sha256) {
      fault("A witness does not have its hash");
    }
    for (const { says, terms, low, high } of facts) {
      let sum = 0;
      for (const [at, factor] of terms) sum += factor * (values[at] ?? NaN);
      if (!(sum >= low && sum <= high)) fault(says);
    }
    return values;
  });
  let narrowest = Infinity;
  intervals.forEach(([low, high, lowAt, highAt], at) => {
    const { table = "", row = 0, unit = 1 } = figures[at] ?? {};
    const least = told[lowAt]?.[at];
    const most = told[highAt]?.[at];
    if (least === undefined || most === undefined) {
      return fault(`Row ${row} of '${table}' lacks a witness`);
    }
    if (least !== low || (high !== null && most !== high)) {
      fault(`Row ${row} of '${table}': no witness reaches its interval's end`);
    }
    const values = Math.floor((most - least) * unit) + 1;
    const isWhole = whole.has(`${table} ${row}`);
    // Between two equal points of a running total nothing is left to withhold.
    if (isWhole && tables.get(table)?.rule === "stock" && values === 1) return;
    narrowest = Math.min(narrowest, values);
    const k = Math.min(...tables.get(table)?.thresholds ?? []);
    if (values >= (isWhole ? 2 : k)) return;
    fault(`Row ${row} of '${table}' may take ${values} values only`);
  });
  return { witnesses: told.length, narrowest };
}

const isJudged = ({ rule }: Table) => rule === "flow" || rule === "stock";

function factsOf(
  { sums, open, growing, blocks }: Witnesses,
  tables: Tables,
  figureAt: (table: string, row: number, measure: string) => number | undefined,
  fault: (message: string) => void,
): { facts: Fact[]; whole: Set<string> } {
  const facts: Fact[] = [];
  const whole = new Set<string>();
  const units = new Map(blocks.map(({ measure, unit }) => [measure, unit]));
  const skipped = new Set(open.map(([table, row]) => `${table} ${row}`));
  const withheld = (row: Row | undefined) => row?.["status"] === "withheld";
  const add = (
    says: string,
    of: readonly [table: string, row: number, measure: string],
    table: string,
    measure: string,
    rows: readonly number[],
    since = 0,
  ) => {
    const terms: [number, number][] = [];
    let rest = 0;
    let fractions = 0;
    const term = (id: string, row: number, name: string, factor: number) => {
      const one = tables.get(id)?.rows[row - 1];
      if (!withheld(one)) {
        const figure = Number(one?.[name]);
        if (!Number.isInteger(figure)) fractions += 1;
        rest -= factor * figure;
        return;
      }
      const at = figureAt(id, row, name);
      if (at === undefined) fault(`A sum of '${id}' has no witnesses`);
      else terms.push([at, factor * (units.get(name) ?? 1)]);
    };
    term(...of, -1);
    if (since > 0) term(of[0], since, of[2], 1);
    for (const row of rows) term(table, row, measure, 1);
    if (terms.length === 0) return;
    const slack = fractions === 0 ? 1e-6 : ROUNDED * 2 * (fractions + 1);
    facts.push({ says, terms, low: rest - slack, high: rest + slack });
  };
  for (const table of tables.values()) {
    if (!isJudged(table)) continue;
    for (const { above, lines, isTotal } of wholeOf(table, tables)) {
      const shared = above.measures.filter((name) =>
        table.measures.includes(name)
      );
      for (const { row, rows } of lines) {
        const all = rows.every((one) => withheld(table.rows[one - 1]));
        if (isTotal && all) {
          rows.forEach((one) => whole.add(`${table.id} ${one}`));
        }
        if (all && skipped.has(`${table.id} ${row}`)) continue;
        if (
          isTotal && !all && withheld(above.rows[row - 1])
        ) fault(`A line of '${table.id}' binds a withheld total`);
        for (const name of shared) {
          add(
            `A witness of '${table.id}' does not add up`,
            [above.id, row, name],
            table.id,
            name,
            rows,
          );
        }
      }
    }
    if (growing.includes(table.id)) {
      facts.push(...growth(table, figureAt));
    }
  }
  for (const { whole: of, table, measure, rows, since } of sums) {
    const all = rows.every((row) => withheld(tables.get(table)?.rows[row - 1]));
    if (all && since === undefined) {
      rows.forEach((row) => whole.add(`${table} ${row}`));
    }
    const says = `A witness of '${table}' does not add up`;
    add(says, of, table, measure, rows, since);
  }
  return { facts, whole };
}

/** From one point of a running total to the next, nothing goes down. */
function growth(
  table: Table,
  figureAt: (table: string, row: number, measure: string) => number | undefined,
): Fact[] {
  const series = Map.groupBy(
    table.rows.keys(),
    (at) => table.dimensions.map((name) => table.rows[at]?.[name]).join("|"),
  );
  return [...series.values()].flatMap((points) =>
    table.measures.flatMap((measure) =>
      points.slice(1).flatMap((now, index): Fact[] => {
        const before = points[index] ?? now;
        const terms: [number, number][] = [];
        let rest = 0;
        for (const [point, factor] of [[now, 1], [before, -1]] as const) {
          const at = figureAt(table.id, point + 1, measure);
          if (at === undefined) {
            rest += factor * Number(table.rows[point]?.[measure]);
          } else terms.push([at, factor]);
        }
        if (terms.length === 0) return [];
        const says = `A witness lets a total of '${table.id}' fall`;
        return [{ says, terms, low: -rest, high: Infinity }];
      })
    )
  );
}
