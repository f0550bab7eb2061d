import {
  boundary,
  cityDay,
  type Clock,
  type Layout,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import { openDuckdb } from "@hiraku/kernel/store";
import { createHash } from "node:crypto";
import { markChange } from "./catalogue/change_mark.ts";
import { countsOfChanges, type TableChanges, tableChanges } from "./changes.ts";
import { descriptorsOf } from "./descriptors/descriptor_of.ts";
import type { Certificate } from "./disclosure/certificate.ts";
import { sha256 } from "./disclosure/files/witness_text.ts";
import {
  type VersionWitnesses,
  WITNESSES,
} from "./disclosure/published/version_witnesses.ts";
import type { Content } from "./formats/content.ts";
import { writeArchive, writeTable } from "./formats/files.ts";
import { rowText } from "./formats/json.ts";
import { type FileEntry, Manifest } from "./manifest.ts";
import type { About } from "./manifest_of.ts";
import {
  isPublic,
  openVersion,
  type PublishedVersion,
  readTable,
  readVersion,
  versionNames,
} from "./released_folder.ts";
import type { ReleasedRow } from "./released_row.ts";

export interface PublishOptions {
  readonly layout: Layout;
  readonly clock: Clock;
  /** Why an earlier figure was wrong, where this version corrects one. */
  readonly correction?: Text;
  /** Instant before which the version does not exist for the public. */
  readonly notBefore?: string;
}

export interface Publication {
  readonly version: PublishedVersion;
  /** False when the newest version already says the same. */
  readonly isNew: boolean;
}

/** What is to become a version. */
export interface Draft {
  readonly municipality: Municipality;
  readonly about: About;
  readonly rows: Readonly<Record<string, readonly ReleasedRow[]>>;
  readonly certificate: Certificate;
  /** Ways to fill in what is withheld; absent when nothing is. */
  readonly witnesses?: VersionWitnesses;
  /** What the names of the files begin with, after the municipality's code. */
  readonly stem: string;
}

/**
 * Writes a draft as a new immutable version. A crash at any moment leaves the
 * whole version or none. Throws `Problem` "Conflict" when two publish at once.
 */
export async function writeVersion(
  draft: Draft,
  { layout, clock, correction, notBefore }: PublishOptions,
): Promise<Publication> {
  const { about, municipality, certificate } = draft;
  const root = layout.releasedRoot(municipality.code);
  const folder = layout.released(municipality.code, about.dataset);
  await Deno.mkdir(folder, { recursive: true });
  await sweep(folder);

  const contents = contentsOf(draft);
  const hash = contentHash(about, contents);
  const names = await versionNames(root, about.dataset);
  const newest = await openVersion(root, about.dataset, names.at(-1) ?? "");
  const now = clock.now();
  const opens = new Date(
    Math.max(now.getTime(), Date.parse(notBefore ?? now.toISOString())),
  );
  if (
    newest?.manifest.contentHash === hash &&
    (newest.withdrawn !== undefined || isPublic(newest, opens))
  ) {
    await markChange(layout, municipality.code);
    return { version: newest, isNew: false };
  }

  const version = nextVersion(names, cityDay(now));
  const before = await known(root, about.dataset, names, opens);
  const changes = before && await changesSince(before, contents);
  const staging = await Deno.makeTempDir({ dir: folder, prefix: STAGING });
  boundary("publish.started");
  const files = await write(contents, draft.stem, staging);
  // What cannot be read back must not become public.
  const described = Manifest.parse({
    ...about,
    version,
    publishedAt: opens.toISOString(),
    files,
    contentHash: hash,
    ...(before && changes && {
      changes: countsOfChanges(before.version, changes),
    }),
    ...(correction && { correction }),
    ...(notBefore !== undefined && { notBefore }),
  });
  const archive = await writeArchive(
    files,
    descriptorsOf(described).map(({ name, content }) => ({
      name,
      text: `${JSON.stringify(content(), null, 2)}\n`,
    })),
    `${municipality.code}_${draft.stem}.zip`,
    staging,
  );
  const witnesses = draft.witnesses && JSON.stringify(draft.witnesses);
  const manifest: Manifest = {
    ...described,
    files: [...files, archive],
    ...(witnesses !== undefined && {
      witnesses: {
        sha256: sha256(witnesses),
        bytes: witnesses.length,
        figures: draft.witnesses?.intervals.length ?? 0,
      },
    }),
  };
  await writeJson(`${staging}/manifest.json`, manifest);
  await writeJson(`${staging}/certificate.json`, certificate);
  if (witnesses !== undefined) {
    await Deno.writeTextFile(`${staging}/${WITNESSES}`, witnesses);
  }
  await writeJson(`${staging}/changes.json`, {
    since: before?.version ?? null,
    ...(correction && { correction }),
    tables: changes ?? [],
  });
  boundary("publish.written");
  await Promise.all(
    [...manifest.files.map(({ name }) => name), ...namesBeside(manifest)]
      .map((name) => sync(`${staging}/${name}`)),
  );
  await Deno.chmod(staging, 0o755);
  await sync(staging);
  boundary("publish.synced");
  await rename(staging, `${folder}/${version}`);
  boundary("publish.renamed");
  await sync(folder);
  await markChange(layout, municipality.code);
  boundary("publish.done");

  const done = await openVersion(root, about.dataset, version);
  if (done === undefined) throw new Error("A published version vanished");
  return { version: done, isNew: true };
}

/** Files of a version beside those that its manifest lists as data. */
export function namesBeside({ witnesses }: Manifest): string[] {
  return [
    "manifest.json",
    "certificate.json",
    "changes.json",
    ...(witnesses === undefined ? [] : [WITNESSES]),
  ];
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

function contentsOf({ about, municipality, rows }: Draft): Content[] {
  return about.tables.map((table) => ({
    dataset: about.dataset,
    municipality,
    layout: about.standard === undefined ? "statistics" : "standard",
    table,
    rows: rows[table.id] ?? [],
  }));
}

/**
 * What the public knows when a version opens. Changes since anything else would
 * tell the keys of a version that is still, or for ever, under embargo.
 */
async function known(
  root: string,
  dataset: string,
  names: readonly string[],
  opens: Date,
): Promise<PublishedVersion | undefined> {
  for (const name of names.toReversed()) {
    const version = await readVersion(root, dataset, name);
    const neverSeen = version.withdrawn !== undefined &&
      version.manifest.notBefore !== undefined;
    if (!neverSeen && isPublic(version, opens)) return version;
  }
  return undefined;
}

async function changesSince(
  earlier: PublishedVersion,
  contents: readonly Content[],
): Promise<TableChanges[]> {
  const changes: TableChanges[] = [];
  for (const { table, rows } of contents) {
    const before = await readTable(earlier, table.id);
    changes.push(tableChanges(table, before, rows));
  }
  return changes;
}

async function write(
  contents: readonly Content[],
  name: string,
  staging: string,
): Promise<FileEntry[]> {
  const store = await openDuckdb<unknown>(":memory:", {
    allowedDirectories: [staging],
    memoryLimit: "256MB",
    threads: 1,
  });
  try {
    const files: FileEntry[] = [];
    for (const content of contents) {
      const { table, dataset, municipality } = content;
      const family = `${municipality.code}_${name}`;
      const stem = table.id === dataset ? family : `${family}_${table.id}`;
      files.push(...await writeTable(store, content, stem, staging));
    }
    return files;
  } finally {
    await store.destroy();
  }
}

function contentHash(about: About, contents: readonly Content[]): string {
  const { dataset, title, description, licence, municipality } = about;
  const hash = createHash("sha256").update(JSON.stringify({
    dataset,
    title,
    description,
    licence,
    code: municipality.code,
  }));
  for (const content of contents) {
    const text = rowText(content);
    hash.update(`\n${content.table.id}\n`);
    for (const row of content.rows) hash.update(`${text(row)}\n`);
  }
  return hash.digest("hex");
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
