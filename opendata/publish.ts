import {
  boundary,
  cityDay,
  type Clock,
  type Layout,
  Problem,
  type Text,
} from "@hiraku/kernel";
import { openDuckdb } from "@hiraku/kernel/store";
import { createHash } from "node:crypto";
import { columnOf } from "./column.ts";
import type { Total } from "./dataset.ts";
import { lastDay } from "./last_day.ts";
import { writeFiles, type WrittenFile } from "./formats/files.ts";
import { withheldMark } from "./formats/mark.ts";
import type { Manifest, TableEntry } from "./manifest.ts";
import type { Released } from "./release.ts";
import {
  openVersion,
  type PublishedVersion,
  versionNames,
  withdrawalPath,
} from "./released_folder.ts";

export interface PublishOptions {
  readonly layout: Layout;
  readonly clock: Clock;
}

export interface Publication {
  readonly version: PublishedVersion;
  /** False when the newest version already says the same. */
  readonly isNew: boolean;
}

/**
 * Writes a released family as a new immutable version under
 * `data/<code6>/released/<dataset>/`. A crash at any moment leaves the whole
 * version or none. Throws `Problem` "Conflict" when two publish at once.
 */
export async function publish(
  released: Released,
  { layout, clock }: PublishOptions,
): Promise<Publication> {
  const { dataset, municipality } = released;
  const root = layout.releasedRoot(municipality.code);
  const folder = layout.released(municipality.code, dataset.id);
  await Deno.mkdir(folder, { recursive: true });
  await sweep(folder);

  const hash = contentHash(released);
  const names = await versionNames(root, dataset.id);
  const newest = await openVersion(root, dataset.id, names.at(-1) ?? "");
  if (newest?.manifest.contentHash === hash) {
    return { version: newest, isNew: false };
  }

  const now = clock.now();
  const version = nextVersion(names, cityDay(now));
  const staging = await Deno.makeTempDir({ dir: folder, prefix: STAGING });
  boundary("publish.started");
  const files = await write(released, staging);
  const manifest = manifestOf(released, files, hash, version, now);
  await writeJson(`${staging}/manifest.json`, manifest);
  await writeJson(`${staging}/certificate.json`, released.certificate);
  boundary("publish.written");
  await Promise.all(
    [...files.map((file) => file.name), "manifest.json", "certificate.json"]
      .map((name) => sync(`${staging}/${name}`)),
  );
  await Deno.chmod(staging, 0o755);
  await sync(staging);
  boundary("publish.synced");
  await rename(staging, `${folder}/${version}`);
  boundary("publish.renamed");
  await sync(folder);
  boundary("publish.done");

  const done = await openVersion(root, dataset.id, version);
  if (done === undefined) throw new Error("A published version vanished");
  return { version: done, isNew: true };
}

/**
 * Takes a version back: its files answer 410 with this reason from now on. The
 * version itself stays on disk, since what was public once stays known.
 */
export async function withdraw(
  { dir }: PublishedVersion,
  reason: Text,
): Promise<void> {
  await writeJson(`${withdrawalPath(dir)}.part`, reason);
  await sync(`${withdrawalPath(dir)}.part`);
  await Deno.rename(`${withdrawalPath(dir)}.part`, withdrawalPath(dir));
}

const STAGING = ".staging-";

/** Removes what a crash left half written. */
async function sweep(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.name.startsWith(STAGING)) continue;
    await Deno.remove(`${folder}/${entry.name}`, { recursive: true });
  }
}

function nextVersion(names: readonly string[], today: string): string {
  const newest = names.at(-1) ?? "";
  // A clock set back must not order a new version before an old one.
  const day = newest.slice(0, 10) > today ? newest.slice(0, 10) : today;
  const last = newest.startsWith(day) ? Number(newest.slice(11)) : 0;
  return `${day}.${last + 1}`;
}

async function write(
  released: Released,
  staging: string,
): Promise<WrittenFile[]> {
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [staging],
    memoryLimit: "256MB",
    threads: 1,
  });
  try {
    return await writeFiles(store, released, staging);
  } finally {
    await store.destroy();
  }
}

function contentHash({ dataset, municipality, tables }: Released): string {
  const { id, title, description, licence } = dataset;
  return createHash("sha256").update(JSON.stringify([
    { id, title, description, licence, code: municipality.code },
    Object.entries(tables),
  ])).digest("hex");
}

function manifestOf(
  released: Released,
  files: readonly WrittenFile[],
  hash: string,
  version: string,
  now: Date,
): Manifest {
  const { dataset, municipality, certificate } = released;
  const { id, title, description, purpose, licence, cadence } = dataset;
  const { code, name, prefecture, note } = municipality;
  const mark = withheldMark("statistical-table");
  return {
    dataset: id,
    title,
    description,
    purpose,
    keywords: [...dataset.keywords],
    municipality: { code, name, prefecture },
    version,
    publishedAt: now.toISOString(),
    licence,
    cadence,
    preliminary: dataset.preliminary,
    temporal: temporalOf(released),
    tables: Object.keys(dataset.tables).map((table) =>
      tableEntry(dataset, table, certificate)
    ),
    files: [...files],
    contentHash: hash,
    ...(note && { note }),
    narrowestInterval: certificate.audit.narrowestInterval,
    withheld: { mark: mark.shown ?? "", explained: mark.explained },
  };
}

/** First and last period; in days as soon as one table counts by day. */
function temporalOf({ dataset, tables }: Released): Manifest["temporal"] {
  const periods = Object.entries(dataset.tables).flatMap(([id, { period }]) =>
    (tables[id] ?? []).map((row) => String(row[period]))
  );
  if (periods.length === 0) return null;
  const monthly = periods.every((one) => one.length === 7);
  const firsts = periods.map((one) =>
    monthly || one.length > 7 ? one : `${one}-01`
  );
  const lasts = periods.map((one) => monthly ? one : lastDay(one));
  return {
    from: firsts.reduce((a, b) => a < b ? a : b),
    to: lasts.reduce((a, b) => a > b ? a : b),
  };
}

function tableEntry(
  dataset: Released["dataset"],
  id: string,
  certificate: Released["certificate"],
): TableEntry {
  const table = dataset.tables[id];
  const certified = certificate.tables[id];
  if (table === undefined || certified === undefined) {
    throw new Error(`Table '${id}' was not released`);
  }
  const rule = table.disclosure;
  const columns = (
    role: "period" | "dimension" | "measure",
    names: readonly string[],
  ) => names.map((name) => ({ name, role, ...columnOf(table.row, name) }));
  return {
    id,
    title: table.title,
    description: table.description,
    columns: [
      ...columns("period", [table.period]),
      ...columns("dimension", table.dimensions),
      ...columns("measure", table.measures),
    ],
    ...certified,
    ...(rule.kind !== "none" && { people: rule.people }),
    ...((rule.kind === "flow" || rule.kind === "stock") &&
      rule.total !== undefined && { total: totalEntry(rule.total) }),
  };
}

function totalEntry({ table, at }: Total): TableEntry["total"] {
  return { table, ...(at !== undefined && { at: { ...at } }) };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value, null, 2) + "\n");
}

async function sync(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true });
  await file.sync();
}

async function rename(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    await Deno.remove(from, { recursive: true });
    const taken = await Deno.stat(to).then(() => true, () => false);
    if (!taken) throw error;
    throw new Problem("Conflict", "This version is being published already", {
      cause: error,
    });
  }
}
