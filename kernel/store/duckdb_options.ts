export interface DuckdbOptions {
  /** Such as `320MB`; DuckDB's own default is 80 % of the machine. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Where large sorts and joins spill. */
  readonly tempDirectory?: string;
  /** When given, SQL reaches files in these folders only and can change no setting. */
  readonly allowedDirectories?: readonly string[];
}
