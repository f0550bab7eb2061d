import type { Municipality } from "@hiraku/kernel";
import type { ReleasedRow } from "./released_row.ts";

/** What the gate knows beside the exact figures. */
export interface ReleaseContext {
  readonly municipality: Municipality;
  /**
   * The tables of the newest published version, from `previousTables()`. Its
   * periods are frozen: they are carried over word for word.
   */
  readonly previous: PreviousTables | undefined;
  /** The city's day. A period that has not ended is refused. */
  readonly today: string;
  /** Breaks ties between complements; drawn afresh by default. */
  readonly secret?: string;
}

export type PreviousTables = Readonly<Record<string, readonly ReleasedRow[]>>;
