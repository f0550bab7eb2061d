import type { RawBuilder, Transaction } from "@hiraku/kernel/store";
import type { Purpose } from "../purpose.ts";
import type { WarehouseTables } from "../tables.ts";

export type Tx = Transaction<WarehouseTables>;

/** A city day such as `2026-10-05` or a city month such as `2026-10`. */
export type Partition = string;

/**
 * Figures of the warehouse that are computed from events, one partition at a
 * time. A partition is computed again when events of its types arrive in it,
 * a person of it withdraws, or `version` changes; the others are left alone.
 */
export interface Asset {
  /** Such as `usage_month`. */
  readonly id: string;
  readonly grain: "day" | "month";
  /** Types of events it reads. */
  readonly types: readonly string[];
  readonly purpose: Purpose;
  /** Raised when what it computes changes. */
  readonly version: number;
  /** Removes what stands in a partition. */
  clear(tx: Tx, partition: Partition): Promise<void>;
  /**
   * Computes a partition from `events`: those of its types and time that its
   * purpose covers, with the columns of `event`. Answers the rows made.
   */
  fill(
    tx: Tx,
    events: RawBuilder<unknown>,
    partition: Partition,
  ): Promise<number>;
  readonly checks?: readonly Check[];
}

/** What must hold of a partition once it is computed. */
export interface Check {
  readonly name: string;
  /** `block` keeps the partition as it was before; `warn` only says so. */
  readonly severity: "block" | "warn";
  /** Number of rows that break it. */
  breaches(tx: Tx, partition: Partition): Promise<number>;
}
