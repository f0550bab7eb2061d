export interface SqliteOptions {
  /** How long a statement waits for another process's write; 5,000 unless given. */
  readonly busyTimeoutMs?: number;
  /** Pages of 4 KiB in the write-ahead log before they are moved into the file; 1,000 unless given. */
  readonly checkpointPages?: number;
  /** KiB of the file that are kept in memory; 2,000 unless given. */
  readonly cacheKib?: number;
}
