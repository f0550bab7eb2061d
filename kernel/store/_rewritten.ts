import type { DuckDBConnection } from "@duckdb/node-api";
import { boundary } from "@hiraku/kernel";
import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** Copies what a connection sees to a new file, which is durable then. */
export async function copyDatabase(
  connection: DuckDBConnection,
  copy: string,
): Promise<void> {
  await removeIfThere(copy);
  await removeIfThere(`${copy}.wal`);
  const { value: name = "" } = await nameOf(connection);
  await connection.run(`ATTACH ${literal(copy)} AS rewritten`);
  try {
    await connection.run(`COPY FROM DATABASE ${identifier(name)} TO rewritten`);
  } finally {
    await connection.run("DETACH rewritten");
  }
  await sync(copy);
}

/** Puts a copy in the place of a file; nobody has either open. */
export async function putInPlace(copy: string, path: string): Promise<void> {
  boundary("rewrite.closed");
  // A log that is left would be replayed into the wrong file.
  if (await isThere(`${path}.wal`) || await isThere(`${copy}.wal`)) {
    throw new Error("A write-ahead log is left, so the file stays as it is");
  }
  await Deno.rename(copy, path);
  boundary("rewrite.renamed");
  // What was once cut off a torn log may hold what has been deleted since.
  await removeIfThere(`${path}.wal.torn`);
  await sync(dirname(path));
}

async function nameOf(
  connection: DuckDBConnection,
): Promise<{ value?: string }> {
  const result = await connection.runAndReadAll("SELECT current_database()");
  const value = result.getRows()[0]?.[0];
  return typeof value === "string" ? { value } : {};
}

// ATTACH and COPY take no parameters.
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  fsyncSync(file.fd);
  await file.close();
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
