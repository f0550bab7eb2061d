import { Problem } from "@hiraku/kernel";
import type { Board } from "../boards/board.ts";
import { readAsked } from "../boards/board_address.ts";
import { boardNamed } from "../boards/board_named.ts";
import { BOARDS } from "../boards/definitions/all.ts";
import { monthsOf } from "../boards/evaluate_board.ts";
import type { Asked } from "../boards/asked.ts";
import type { Evidence } from "../boards/evaluated.ts";
import {
  historiesOf,
  openBoard,
  type OpenedBoard,
} from "../boards/open_board.ts";
import type { CityTables } from "../metrics/measure.ts";

/** A board of a pack, and what is asked of it. */
export interface Packed {
  readonly board: Board;
  readonly asked: Asked;
}

/** Boards that are gathered, each evidence once with its footnote. */
export interface Pack {
  readonly boards: readonly (Packed & OpenedBoard)[];
  /** Footnotes in their order. */
  readonly notes: readonly Evidence[];
  readonly histories: OpenedBoard["histories"];
  /** Months a reader may go back to, newest first. */
  readonly months: readonly string[];
  /** Numbers of the footnotes of evidence, counted from 1. */
  cite(evidence: readonly Evidence[]): readonly number[];
}

const MOST_BOARDS = 12;

/**
 * Reads which boards an address gathers and what it asks of them: `boards` once
 * or several times, and filters, each for those of them that have it. Refuses
 * what no board of ours knows, naming the parameter.
 */
export function readPack(search: URLSearchParams): Packed[] {
  const ids = [
    ...new Set(search.getAll("boards").flatMap((one) => one.split(","))),
  ].filter((one) => one !== "");
  const boards = ids.map((id) => {
    const board = boardNamed(id);
    if (board !== undefined) return board;
    throw new Problem("BadRequestData", "Parameter 'boards' does not fit");
  });
  if (boards.length > MOST_BOARDS) {
    throw new Problem(
      "BadRequestData",
      `Parameter 'boards' names more than ${MOST_BOARDS}`,
    );
  }
  const given = [...search].filter(([name]) => name !== "boards");
  const foreign = given.find(([name, value]) =>
    value !== "" && name !== "month" && name !== "from" &&
    ![...BOARDS, ...boards].some(({ filters }) => filters.includes(name))
  );
  if (foreign !== undefined) {
    throw new Problem(
      "BadRequestData",
      `Parameter '${foreign[0]}' is not known here, or does not fit`,
    );
  }
  return boards.map((board) => ({
    board,
    asked: readAsked(
      board,
      Object.fromEntries(
        given.filter(([name]) =>
          name === "month" || name === "from" || board.filters.includes(name)
        ),
      ),
    ),
  }));
}

/** Opens the boards of a pack; ids of their charts are made unique among them. */
export async function openPack(
  city: CityTables,
  packed: readonly Packed[],
): Promise<Pack> {
  const boards = await Promise.all(packed.map(async (one) => {
    const opened = await openBoard(city, one.board, one.asked);
    const { evaluated } = opened;
    return {
      ...one,
      ...opened,
      evaluated: {
        ...evaluated,
        charts: evaluated.charts.map((chart) => ({
          ...chart,
          chart: { ...chart.chart, id: `${one.board.id}-${chart.chart.id}` },
        })),
      },
    };
  }));
  const months = boards.length > 0
    ? boards.map(({ evaluated }) => evaluated.months)
    : await Promise.all(
      BOARDS.slice(0, 1).map((first) => monthsOf(city, first)),
    );
  const numbers = new Map<string, number>();
  const notes: Evidence[] = [];
  for (const { evaluated: { headlines, charts } } of boards) {
    for (
      const one of [
        ...headlines.flatMap(({ evidence }) => evidence ?? []),
        ...charts.flatMap(({ evidence }) => evidence),
      ]
    ) {
      if (numbers.has(keyOf(one))) continue;
      notes.push(one);
      numbers.set(keyOf(one), notes.length);
    }
  }
  return {
    boards,
    notes,
    histories: await historiesOf(city, notes),
    months: [...new Set(months.flat())].sort().reverse(),
    cite: (evidence) => [
      ...new Set(evidence.flatMap((one) => numbers.get(keyOf(one)) ?? [])),
    ],
  };
}

function keyOf({ metric, source, period, by, at }: Evidence): string {
  const { version: { dir }, table } = source;
  return JSON.stringify([metric?.id, dir, table, period, by, at]);
}
