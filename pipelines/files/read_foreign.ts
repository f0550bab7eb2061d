import { fileURLToPath } from "node:url";
import { Problem } from "@hiraku/kernel";
import { LARGEST_FILE } from "@hiraku/pipelines/events";

export type ForeignFormat = "ndjson" | "csv" | "xlsx" | "parquet";

/** What one foreign file may take. */
export interface ForeignLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly ms: number;
}

export const FOREIGN_LIMITS: ForeignLimits = {
  bytes: LARGEST_FILE,
  rows: 1_000_000,
  ms: 120_000,
};

const CHILD = fileURLToPath(new URL("./foreign_child.ts", import.meta.url));
const MOST_HEAP_MB = 768;

/**
 * The rows of a file somebody else made, read in a process of its own that
 * cannot write, run or reach a network and is killed when it takes too long.
 * Throws `BadRequestData`, which never repeats what the file holds.
 */
export async function readForeign(
  path: string,
  format: ForeignFormat,
  limits: ForeignLimits = FOREIGN_LIMITS,
): Promise<Record<string, unknown>[]> {
  const { size } = await Deno.stat(path);
  if (size > limits.bytes) throw bad(`is larger than ${limits.bytes} bytes`);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--no-prompt",
      "--allow-read",
      "--allow-ffi",
      "--allow-env",
      "--allow-sys",
      `--v8-flags=--max-old-space-size=${MOST_HEAP_MB}`,
      CHILD,
      path,
      format,
      String(limits.rows),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, limits.ms);
  try {
    const { code, stdout } = await child.output();
    if (late) throw bad(`took longer than ${limits.ms} ms`);
    if (code === 3) throw bad(`has more than ${limits.rows} rows`);
    if (code === 4) throw bad("is neither UTF-8 nor Shift_JIS");
    if (code !== 0) throw bad(`is not readable as ${format}`);
    return rowsOf(new TextDecoder().decode(stdout));
  } finally {
    clearTimeout(timer);
  }
}

function rowsOf(text: string): Record<string, unknown>[] {
  return text.split("\n").filter((line) => line !== "").map((line) => {
    const row: unknown = JSON.parse(line);
    if (typeof row === "object" && row !== null && !Array.isArray(row)) {
      return row as Record<string, unknown>;
    }
    throw bad("has a row that is no object");
  });
}

function bad(what: string): Problem {
  return new Problem("BadRequestData", `The file ${what}`);
}
