import { z } from "zod";
import type { Dataset, Tables } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import {
  type Cell,
  isOneHousehold,
  isSensitive,
  isSmall,
  people,
} from "./cell.ts";
import { type Grid, keyOf } from "./grid.ts";
import { threshold } from "./rules/ladder.ts";

/** What a coarser table of the same people would withhold for its own sake. */
const Proposal = z.object({
  /** The column that would be left out or, for areas, merged by pairs. */
  column: z.string(),
  way: z.enum(["leave-out", "merge-pairs"]),
  /** Figures it would have. */
  figures: z.int(),
  /** Figures of too few people among them. */
  small: z.int(),
});

/**
 * What the officer is told of a release, counted in its new periods from exact
 * figures; not for publication, since it parts what is small, or mostly
 * one person's, from what is withheld to protect it.
 */
export const ReleaseReport = z.object({
  tables: z.record(
    z.string(),
    z.object({
      /** Figures of anybody at all. */
      figures: z.int(),
      small: z.int(),
      /** Figures of which one or two people hold most. */
      concentrated: z.int().default(0),
      complements: z.int(),
      /** Share of all people counted that the withheld figures hold, 0 to 1. */
      shareOfPeople: z.number(),
      proposals: z.array(Proposal),
    }),
  ),
});
export type ReleaseReport = z.infer<typeof ReleaseReport>;
type Proposal = z.infer<typeof Proposal>;

/** Share of withheld figures from which coarser tables are proposed. */
const MANY = 0.15;

/** Counts what a release withheld of its new periods. `frozen` gives the old ones. */
export function reportOf(
  dataset: Dataset<Tables>,
  grids: ReadonlyMap<string, Grid>,
  released: Readonly<Record<string, readonly ReleasedRow[]>>,
  frozen: (table: string) => ReadonlySet<string>,
): ReleaseReport {
  const tables: ReleaseReport["tables"] = {};
  for (const [id, grid] of grids) {
    const old = frozen(id);
    const periods = grid.periods.filter((one) => !old.has(one));
    if (periods.length === 0) continue;
    const { period, dimensions } = grid.table;
    const shown = new Set(
      (released[id] ?? []).filter((row) => row.status === "published")
        .map((row) =>
          keyOf([
            String(row[period]),
            ...dimensions.map((name) => String(row[name])),
          ])
        ),
    );
    const cells = periods.flatMap((one) =>
      grid.cells(one).filter((cell) => people(cell) > 0)
        .map((cell) => ({ period: one, cell }))
    );
    const hidden = cells.filter(({ period, cell }) =>
      !shown.has(keyOf([period, ...cell.key]))
    );
    const small = hidden.filter(({ cell }) =>
      isSmall(cell) || isOneHousehold([cell])
    ).length;
    const sensitive = hidden.filter(({ cell }) => isSensitive(cell)).length;
    const sum = (some: typeof cells) =>
      some.reduce((all, { cell }) => all + people(cell), 0);
    tables[id] = {
      figures: cells.length,
      small,
      concentrated: sensitive - small,
      complements: hidden.length - sensitive,
      shareOfPeople: cells.length === 0 ? 0 : sum(hidden) / sum(cells),
      proposals: hidden.length > MANY * cells.length
        ? proposals(dataset, grid, cells).filter((one) => one.small < small)
        : [],
    };
  }
  return { tables };
}

function proposals(
  dataset: Dataset<Tables>,
  { table }: Grid,
  cells: readonly { period: string; cell: Cell }[],
): Proposal[] {
  const rule = table.disclosure;
  if (rule.kind !== "flow" && rule.kind !== "stock") return [];
  const above = dataset.tables[rule.total?.table ?? ""];
  if (above === undefined) return [];
  const parting = table.dimensions.filter((name) =>
    !above.dimensions.includes(name)
  );
  const merged = (column: string, way: Proposal["way"]): Proposal => {
    const at = table.dimensions.indexOf(column);
    const codes = [...new Set(cells.map(({ cell }) => cell.key[at] ?? ""))]
      .sort();
    const place = new Map(
      codes.map((code, nth) => [code, Math.floor(nth / 2)]),
    );
    const groups = Map.groupBy(cells, ({ period, cell }) =>
      keyOf([
        period,
        ...cell.key.with(
          at,
          way === "leave-out" ? "" : String(place.get(cell.key[at] ?? "")),
        ),
      ]));
    const sums = [...groups.values()].map((group) => {
      const cap = group.reduce<number | undefined>(
        (all, { cell }) =>
          all === undefined || cell.cap === undefined
            ? undefined
            : all + cell.cap,
        0,
      );
      const isArea = way === "merge-pairs";
      return {
        people: group.reduce((all, { cell }) => all + people(cell), 0),
        k: isArea
          ? threshold(cap)
          : Math.min(...group.map(({ cell }) => cell.threshold)),
      };
    });
    return {
      column,
      way,
      figures: sums.length,
      small: sums.filter((one) => one.people < one.k).length,
    };
  };
  return parting.flatMap((column) =>
    rule.area === column
      ? [merged(column, "merge-pairs")]
      : parting.length > 1
      ? [merged(column, "leave-out")]
      : []
  );
}
