import { Text } from "@hiraku/kernel";
import { z } from "zod";
import { type Theme, THEMES } from "./dataset.ts";
import { Column, ColumnType } from "./column.ts";

/** A version is a city day and a sequence within it, such as `2026-11-01.1`. */
export const Version = z.string().regex(/^\d{4}-\d{2}-\d{2}\.[1-9]\d{0,3}$/);

/** What a version is written in, in the order in which it is offered. */
export const FORMATS = [
  "csv",
  "xlsx",
  "json",
  "jsonld",
  "geojson",
  "parquet",
  "arrow",
  "zip",
] as const;

export const FileEntry = z.object({
  name: z.string().regex(/^[a-z0-9_.]+$/),
  /** Absent where the file holds every table. */
  table: z.string().optional(),
  format: z.enum(FORMATS),
  mediaType: z.string(),
  language: z.enum(["ja", "en"]).optional(),
  bytes: z.int(),
  rows: z.int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileEntry = z.infer<typeof FileEntry>;

export const ColumnEntry = Column.extend({
  name: z.string(),
  role: z.enum(["period", "dimension", "measure"]),
  /** Versions from before it was written have none. */
  type: ColumnType.optional(),
});
export type ColumnEntry = z.infer<typeof ColumnEntry>;

const TableEntry = z.object({
  id: z.string(),
  title: Text,
  description: Text,
  columns: z.array(ColumnEntry),
  rows: z.int(),
  withheld: z.int(),
  rule: z.enum(["none", "flow", "stock", "step"]),
  /** Why no rule applies, when none does. */
  reason: Text.optional(),
  thresholds: z.array(z.int()),
  /** Columns by which a row is known again in the next version; period and dimensions where absent. */
  key: z.array(z.string()).optional(),
  /** The measure that counts people. */
  people: z.string().optional(),
  /** The table this one breaks down and, where its rows are fewer, at which values. */
  total: z.object({
    table: z.string(),
    at: z.record(z.string(), z.string()).optional(),
  }).optional(),
});
export type TableEntry = z.infer<typeof TableEntry>;

/** The sheet of the municipal standard open data set (自治体標準オープンデータセット) that a dataset follows. */
export const Standard = z.object({
  /** Such as `03`. */
  number: z.string(),
  /** Its official name, which is also the tag catalogues look for. */
  name: z.string(),
  edition: z.string(),
});
export type Standard = z.infer<typeof Standard>;

/** How a version differs from the one before it, in rows. */
export const Changes = z.object({
  since: Version,
  tables: z.array(z.object({
    table: z.string(),
    added: z.int(),
    removed: z.int(),
    changed: z.int(),
  })),
});
export type Changes = z.infer<typeof Changes>;

/** What `manifest.json` of a version says; no path and no value of this machine. */
export const Manifest = z.object({
  dataset: z.string(),
  title: Text,
  description: Text,
  purpose: Text,
  keywords: z.array(Text),
  municipality: z.object({ code: z.string(), name: Text, prefecture: Text }),
  version: Version,
  /** When it became public: the end of its embargo, where it had one. */
  publishedAt: z.iso.datetime(),
  licence: z.string(),
  cadence: z.enum(["hourly", "daily", "monthly", "irregular"]),
  preliminary: z.boolean(),
  /** First and last period of the data; null while there is none. */
  temporal: z.object({ from: z.string(), to: z.string() }).nullable(),
  tables: z.array(TableEntry),
  files: z.array(FileEntry),
  /** Over the tables' content; two versions with equal hashes do not exist in a row. */
  contentHash: z.string(),
  note: Text.optional(),
  /** Fewest values that a withheld figure may take; null when none is withheld. */
  narrowestInterval: z.int().nullable().optional(),
  /** `witnesses.json`; absent when nothing is withheld. */
  witnesses: z.object({
    sha256: z.string(),
    bytes: z.int(),
    figures: z.int(),
  }).optional(),
  withheld: z.object({ mark: z.string(), explained: Text }),
  standard: Standard.optional(),
  /** Versions from before it was written have none. */
  theme: z.enum(Object.keys(THEMES) as [Theme, ...Theme[]]).optional(),
  /** Absent in the first version. */
  changes: Changes.optional(),
  /** Why an earlier figure was wrong, where this version corrects one. */
  correction: Text.optional(),
  /** The version does not exist for the public before this instant. */
  notBefore: z.iso.datetime().optional(),
});
export type Manifest = z.infer<typeof Manifest>;
