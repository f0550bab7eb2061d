export interface SqliteOptions {
  /** How long a statement waits for another process's write; 5,000 unless given. */
  readonly busyTimeoutMs?: number;
  /** Pages of 4 KiB in the write-ahead log before they are moved into the file; 1,000 unless given. */
  readonly checkpointPages?: number;
  /** KiB of the file that are kept in memory; 2,000 unless given. */
  readonly cacheKib?: number;
  /**
   * Whether what writes runs in a thread that all such stores of the process
   * share. Statements of a transaction that answer no rows are then sent with
   * the next that does, or with the commit: they fail no sooner and do not say
   * how many rows they changed. Reads go on beside a transaction, and see what
   * was committed before. Not for `:memory:`.
   */
  readonly writesInThread?: boolean;
}
