import type { PublishedVersion } from "@hiraku/opendata";
import type { CityTables } from "../metrics/measure.ts";
import type { Board } from "./board.ts";
import { evaluateBoard } from "./evaluate_board.ts";
import type { Asked } from "./asked.ts";
import type { EvaluatedBoard, Evidence } from "./evaluated.ts";

/** A board with its figures and the versions of all it rests on. */
export interface OpenedBoard {
  readonly evaluated: EvaluatedBoard;
  readonly histories: ReadonlyMap<string, readonly PublishedVersion[]>;
}

/** Reads a board and the newest versions of its datasets. */
export async function openBoard(
  city: CityTables,
  board: Board,
  asked: Asked,
): Promise<OpenedBoard> {
  const evaluated = await evaluateBoard(city, board, asked);
  const histories = await historiesOf(city, [
    ...evaluated.headlines.flatMap(({ evidence }) => evidence ?? []),
    ...evaluated.charts.flatMap(({ evidence }) => evidence),
  ]);
  return { evaluated, histories };
}

/** The newest versions of every dataset that figures rest on. */
export async function historiesOf(
  { municipality, shelf }: CityTables,
  evidence: readonly Evidence[],
): Promise<ReadonlyMap<string, readonly PublishedVersion[]>> {
  const datasets = new Set(
    evidence.flatMap(({ source, over }) => [source, ...over ? [over] : []])
      .map(({ version }) => version.manifest.dataset),
  );
  return new Map(
    await Promise.all(
      [...datasets].map(async (dataset) =>
        [dataset, await shelf.history(municipality.code, dataset)] as const
      ),
    ),
  );
}
