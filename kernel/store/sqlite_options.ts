export interface SqliteOptions {
  /** How long a statement waits for another process's write; 5,000 unless given. */
  readonly busyTimeoutMs?: number;
}
