import { type Municipality, Problem } from "@hiraku/kernel";
import { LADDER } from "../disclosure/rules/ladder.ts";
import { withheldMark } from "../formats/mark.ts";
import type { Manifest, TableEntry } from "../manifest.ts";
import type { About } from "../manifest_of.ts";
import type { ReleasedRow } from "../released_row.ts";
import {
  type Publication,
  type PublishOptions,
  writeVersion,
} from "../write_version.ts";
import type { StandardDataset } from "./standard_dataset.ts";
import { keyOf, standardRows } from "./standard_rows.ts";

declare const approved: unique symbol;

/** A sheet that somebody who may publish has looked at and let go. Only `approve()` makes one. */
export interface Approved {
  readonly [approved]: true;
  readonly dataset: StandardDataset;
  readonly municipality: Municipality;
  readonly entry: TableEntry;
  readonly rows: readonly ReleasedRow[];
}

const REASON = {
  ja: "施設や制度など、人についての統計ではない標準データであるため",
  en: "Standard data about facilities and programmes, no statistic of persons",
};

/**
 * Lets a sheet's lines go, in the current edition's columns. Throws `Problem`
 * "BadRequestData" where there is none, or where columns that may speak of
 * persons are filled and `withPersons` does not say that this is meant.
 */
export function approve(
  dataset: StandardDataset,
  municipality: Municipality,
  lines: readonly (readonly string[])[],
  { withPersons = false }: { withPersons?: boolean } = {},
): Approved {
  if (lines.length === 0) {
    throw new Problem("BadRequestData", "There is no row to publish");
  }
  const persons = personalColumns(dataset, lines);
  if (persons.length > 0 && !withPersons) {
    throw new Problem(
      "BadRequestData",
      `Columns that may speak of persons are filled: ${persons.join(", ")}`,
    );
  }
  const { sheet } = dataset;
  const { columns, rows } = standardRows(sheet, lines);
  const entry: TableEntry = {
    id: dataset.id,
    title: sheet.title,
    description: dataset.description,
    columns,
    rows: rows.length,
    withheld: 0,
    rule: "none",
    reason: REASON,
    thresholds: [],
    key: keyOf(sheet),
  };
  return { dataset, municipality, entry, rows } as unknown as Approved;
}

/** The filled columns of a sheet that may speak of persons. */
export function personalColumns(
  { sheet }: StandardDataset,
  lines: readonly (readonly string[])[],
): string[] {
  return sheet.columns.flatMap(({ name, personal }, at) =>
    personal && lines.some((line) => (line[at] ?? "") !== "") ? [name] : []
  );
}

/** Writes an approved sheet as a new version, as `publish()` does a statistic. */
export async function publishStandard(
  { dataset, municipality, entry, rows }: Approved,
  options: PublishOptions,
): Promise<Publication> {
  const { sheet, description, keywords, licence, cadence, theme } = dataset;
  const { code, name, prefecture } = municipality;
  const about: About = {
    dataset: dataset.id,
    title: sheet.title,
    description,
    purpose: {
      ja: "市の基礎的なデータを、だれでも使える標準の形で公開するため",
      en: "To publish the city's basic data in a standard form for anyone",
    },
    keywords: [...keywords],
    municipality: { code, name, prefecture },
    licence,
    cadence,
    preliminary: false,
    theme,
    temporal: temporalOf(rows),
    tables: [entry],
    withheld: { mark: "", explained: withheldMark("sheet-04").explained },
    standard: {
      number: sheet.id,
      name: sheet.title.ja,
      edition: sheet.edition,
    },
  };
  return await writeVersion({
    municipality,
    about,
    rows: { [entry.id]: rows },
    stem: sheet.slug,
    certificate: {
      ladder: { ...LADDER },
      tables: {
        [entry.id]: {
          rule: "none",
          reason: REASON,
          thresholds: [],
          rows: rows.length,
          withheld: 0,
        },
      },
      mergedAreas: [],
      audit: { outcome: "passed", linesChecked: 0, narrowestInterval: null },
    },
  }, options);
}

const SPANS = [["調査年月日", "調査年月日"], ["開始日", "終了日"]] as const;

/** The days that the rows speak of, where the sheet has a column for them. */
function temporalOf(rows: readonly ReleasedRow[]): Manifest["temporal"] {
  for (const [first, last] of SPANS) {
    const days = (name: string) =>
      rows.flatMap((row) => {
        const value = row[name];
        return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)
          ? [value]
          : [];
      }).sort();
    const from = days(first)[0];
    const to = days(last).at(-1) ?? days(first).at(-1);
    if (from !== undefined && to !== undefined) {
      return { from, to: to < from ? from : to };
    }
  }
  return null;
}
