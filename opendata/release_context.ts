import type { Municipality } from "@hiraku/kernel";
import type { Dataset } from "./dataset.ts";
import type { ReleasedRow } from "./released_row.ts";

/** What the gate knows beside the exact figures. */
export interface ReleaseContext {
  readonly municipality: Municipality;
  /**
   * The tables of the newest published version, from `previousTables()`. Its
   * periods are frozen: they are carried over word for word.
   */
  readonly previous: PreviousTables | undefined;
  /** What is out of the city's other datasets; some may count the same happenings. */
  readonly elsewhere?: readonly OtherDataset[];
  /** The city's day. A period that has not ended is refused. */
  readonly today: string;
  /** Breaks ties between complements; drawn afresh by default. */
  readonly secret?: string;
}

export interface OtherDataset {
  readonly dataset: Dataset;
  readonly tables: PreviousTables;
}

export type PreviousTables = Readonly<Record<string, readonly ReleasedRow[]>>;
