import {
  type Clock,
  environment,
  type Layout,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import { fileURLToPath } from "node:url";
import { DATASETS } from "../datasets/all.ts";
import { latestVersion, type PublishedVersion } from "../released_folder.ts";
import { type QueryFormat, type QueryOrder, QueryOutcome } from "./order.ts";

export interface QueryAnswer {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly truncated: boolean;
  readonly sources: readonly QuerySource[];
}

/** A version that was read, and which of its tables. */
export interface QuerySource {
  readonly version: PublishedVersion;
  readonly tables: readonly string[];
}

const CHILD = fileURLToPath(new URL("query_child.ts", import.meta.url));
const MOST_TIME_MS = 10_000;
const MOST_AT_ONCE = 2;
const NAMED = /"?([a-z][a-z0-9_]*)"?\s*\.\s*"?([a-z][a-z0-9_]*)"?/gi;

/** Where the runtime finds its cache; no secret of ours goes along. */
const PASSED_ON = ["HOME", "DENO_DIR", "PATH", "TMPDIR"];

let running = 0;

/**
 * Answers one SELECT over the newest released tables of a city, which go by
 * `dataset.table`. It runs in a process of its own that reaches these files
 * only and is ended after ten seconds. Throws `Problem` "BadRequestData" with
 * the engine's words, "TooManyRequests" while two others run.
 */
export async function runQuery(
  { layout, clock }: { layout: Layout; clock: Clock },
  { code }: Municipality,
  { sql, limit, format }: {
    sql: string;
    limit: number;
    format: QueryFormat;
  },
): Promise<QueryAnswer> {
  if (running >= MOST_AT_ONCE) {
    throw new Problem("TooManyRequests", "Two queries run already", {
      retryAfter: 5,
    });
  }
  running += 1;
  const dir = await Deno.makeTempDir({ prefix: "hiraku-query-" });
  try {
    const sources = await namedSources(layout.releasedRoot(code), clock, sql);
    const out = `${dir}/answer`;
    const outcome = await child({
      sql,
      limit,
      format,
      tables: sources.flatMap(filesOf),
      folders: [dir, ...sources.map(({ version }) => version.dir)],
      out,
    });
    if (!outcome.ok) {
      throw new Problem(
        "BadRequestData",
        `The query failed: ${outcome.message}`,
      );
    }
    return {
      bytes: await Deno.readFile(out),
      rows: outcome.rows,
      truncated: outcome.truncated,
      sources,
    };
  } finally {
    running -= 1;
    await Deno.remove(dir, { recursive: true });
  }
}

/** The released tables that a query may mean. */
async function namedSources(
  root: string,
  clock: Clock,
  text: string,
): Promise<QuerySource[]> {
  const named = new Set(
    [...text.matchAll(NAMED)].map(([, schema = "", name = ""]) =>
      `${schema.toLowerCase()}.${name.toLowerCase()}`
    ),
  );
  const sources: QuerySource[] = [];
  for (const { id, tables: own } of DATASETS) {
    const tables = Object.keys(own).filter((name) =>
      named.has(`${id}.${name}`)
    );
    if (tables.length === 0) continue;
    const version = await latestVersion(root, id, clock);
    if (version !== undefined) sources.push({ version, tables });
  }
  return sources;
}

function filesOf(
  { version: { dir, manifest }, tables }: QuerySource,
): QueryOrder["tables"] {
  return tables.flatMap((name) => {
    const file = manifest.files.find((one) =>
      one.table === name && one.format === "parquet"
    );
    return file === undefined
      ? []
      : [{ schema: manifest.dataset, name, file: `${dir}/${file.name}` }];
  });
}

async function child(order: QueryOrder): Promise<QueryOutcome> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-check",
      "--allow-read",
      `--allow-write=${order.folders[0] ?? ""}`,
      "--allow-ffi",
      "--allow-env",
      "--allow-sys",
      CHILD,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    clearEnv: true,
    env: Object.fromEntries(
      PASSED_ON.flatMap((name) => {
        const value = environment(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  }).spawn();
  const timer = setTimeout(() => process.kill("SIGKILL"), MOST_TIME_MS);
  try {
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(order)));
    await writer.close();
    const { stdout, signal } = await process.output();
    if (signal !== null) {
      return { ok: false, message: "it took longer than ten seconds" };
    }
    return QueryOutcome.parse(JSON.parse(new TextDecoder().decode(stdout)));
  } finally {
    clearTimeout(timer);
  }
}
