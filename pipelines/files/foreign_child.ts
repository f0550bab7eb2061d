import { dirname } from "node:path";
import { openDuckdb, sql } from "@hiraku/kernel/store";
import { parse } from "csv-parse/sync";
import readXlsx from "read-excel-file/universal";

/**
 * Reads one foreign file and writes its rows as NDJSON to standard output. It
 * runs in a process of its own that may read and compute but not write, run or
 * reach a network, so that a hostile file can end nothing but this.
 */
const [path = "", format = "", mostRows = "0"] = Deno.args;
const limit = Number(mostRows);
const encoder = new TextEncoder();

let written = 0;
async function write(rows: Iterable<unknown>): Promise<void> {
  let text = "";
  for (const row of rows) {
    written += 1;
    if (written > limit) Deno.exit(3);
    text += JSON.stringify(row) + "\n";
    if (text.length < 1 << 16) continue;
    await out(text);
    text = "";
  }
  await out(text);
}

async function out(text: string): Promise<void> {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) {
    done += await Deno.stdout.write(bytes.subarray(done));
  }
}

function decoded(bytes: Uint8Array): string {
  for (const encoding of ["utf-8", "shift_jis"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return Deno.exit(4);
}

function* records(
  [header = [], ...lines]: readonly (readonly unknown[])[],
): Iterable<Record<string, unknown>> {
  for (const line of lines) {
    yield Object.fromEntries(
      header.map((name, at) => [String(name), line[at] ?? null]),
    );
  }
}

switch (format) {
  case "ndjson":
    for (const line of decoded(await Deno.readFile(path)).split("\n")) {
      if (line.trim() !== "") await write([JSON.parse(line)]);
    }
    break;
  case "csv":
    await write(records(parse(decoded(await Deno.readFile(path)), {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })));
    break;
  case "xlsx": {
    const sheets = await readXlsx((await Deno.readFile(path)).buffer);
    const [first] = sheets as unknown as { data: unknown[][] }[];
    await write(records(first?.data ?? []));
    break;
  }
  case "parquet": {
    const real = await Deno.realPath(path);
    const store = await openDuckdb<unknown>(":memory:", {
      memoryLimit: "256MB",
      threads: 1,
      allowedDirectories: [dirname(real)],
    });
    const { rows } = await sql<{ row: string }>`
      select to_json(t)::varchar as row from read_parquet(${sql.lit(real)}) t
      limit ${sql.lit(limit + 1)}`.execute(store);
    await write(rows.map(({ row }) => JSON.parse(row)));
    break;
  }
  default:
    Deno.exit(2);
}
Deno.exit(0);
