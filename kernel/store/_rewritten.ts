import type { DuckDBConnection } from "@duckdb/node-api";
import { boundary } from "@hiraku/kernel";
import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** Copies what a connection sees to a file beside its own, which is durable then. */
export async function copyDatabase(
  connection: DuckDBConnection,
  path: string,
): Promise<void> {
  const copy = copyOf(path);
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
  boundary("rewrite.copied");
}

/** Puts the copy in the place of a file that nobody has open. */
export async function putInPlace(path: string): Promise<void> {
  boundary("rewrite.closed");
  // A log that is left would be replayed into the wrong file.
  if (await isThere(`${path}.wal`) || await isThere(`${copyOf(path)}.wal`)) {
    throw new Error("A write-ahead log is left, so the file stays as it is");
  }
  await Deno.rename(copyOf(path), path);
  boundary("rewrite.renamed");
  // What was once cut off a torn log may hold what has been deleted since.
  await removeIfThere(`${path}.wal.torn`);
  await sync(dirname(path));
}

function copyOf(path: string): string {
  return `${path}.rewritten`;
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
