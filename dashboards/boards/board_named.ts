import type { Board } from "./board.ts";
import { BOARDS } from "./definitions/all.ts";
import { metricBoard } from "./metric_board.ts";

/** A board by its id: one of a theme, or that of a metric. */
export function boardNamed(id: string): Board | undefined {
  return BOARDS.find((one) => one.id === id) ?? metricBoard(id);
}

/** Boards to choose from: those of every theme, and of metrics the ones chosen already. */
export function boardsToChoose(chosen: readonly string[]): Board[] {
  const others = chosen.filter((id) => !BOARDS.some((one) => one.id === id));
  return [...BOARDS, ...others.flatMap((id) => metricBoard(id) ?? [])];
}
