/** Words for the operator. Fields are counts, codes and ids, never a person's values. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export type Fields = Record<string, string | number | boolean | null>;

/** One JSON object a line on standard error. */
export function jsonLog(
  process: string,
  now: () => Date,
  write: (line: string) => void = writeError,
): Log {
  const at = (level: string) => (message: string, fields: Fields = {}) =>
    write(
      JSON.stringify({
        at: now().toISOString(),
        level,
        process,
        message,
        ...fields,
      }),
    );
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };

const encoder = new TextEncoder();
function writeError(line: string): void {
  Deno.stderr.writeSync(encoder.encode(line + "\n"));
}

/** What may be said of an unexpected error in a log: its class and place, never its values. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = error.stack?.split("\n").find((line) => line.includes("at "));
  return `${error.name} ${frame?.trim() ?? ""}`.trim();
}
