import { decoded, isSpreadsheet, letter } from "@hiraku/opendata";
import { type Finding, finding, hasError } from "./finding.ts";
import {
  missingColumns,
  type PopulationTable,
  populationTable,
} from "./population_header.ts";
import { type AreaPopulation, populationRow } from "./population_row.ts";
import {
  areShelters,
  type DesignatedShelter,
  featuresIn,
  shelterFeature,
} from "./shelter_features.ts";
import { tablesIn } from "./table.ts";

/** The good rows of a file and everything that was found in it. */
export interface FileContent {
  readonly kind: "population" | "designated_shelters" | "unknown";
  readonly population: readonly AreaPopulation[];
  readonly shelters: readonly DesignatedShelter[];
  readonly rowsIn: number;
  readonly findings: readonly Finding[];
}

export interface ReadOptions {
  /** When given, rows of other municipalities are refused. */
  readonly municipality?: string | undefined;
  /** From 0 to 1. */
  readonly onProgress?: ((progress: number) => void) | undefined;
}

const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** Reads and checks a municipal file: a population table (CSV, XLSX) or GSI's designated shelters. */
export async function readFile(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<FileContent> {
  if (bytes.length > MAXIMUM_BYTES) return unusable("file_too_large");
  try {
    if (!isSpreadsheet(bytes)) {
      const features = featuresIn(decoded(bytes).text);
      if (features !== undefined) return sheltersOf(features, options);
    }
    for (const rows of await tablesIn(bytes)) {
      const table = populationTable(rows);
      if (table !== undefined) return populationOf(table, options);
    }
    return unusable("unknown_file");
  } catch {
    // Whatever a reader of foreign bytes throws says that they are damaged.
    return unusable("unreadable_file");
  }
}

function populationOf(
  table: PopulationTable,
  { municipality, onProgress }: ReadOptions,
): FileContent {
  const findings: Finding[] = [];
  for (const kind of missingColumns(table)) {
    findings.push(
      finding(table.headerRow, NAME_OF[kind] ?? kind, "missing_column"),
    );
  }
  table.fields.forEach((field, i) => {
    if (field !== undefined) return;
    findings.push(finding(table.headerRow, letter(i), "unknown_column"));
  });
  const content = {
    kind: "population" as const,
    shelters: [],
    rowsIn: table.rows.length,
  };
  if (hasError(findings)) return { ...content, population: [], findings };
  const population: AreaPopulation[] = [];
  const seen = new Set<string>();
  table.rows.forEach((row, i) => {
    const checked = populationRow(table, row, municipality);
    findings.push(...checked.findings);
    onProgress?.((i + 1) / table.rows.length);
    if (checked.value === undefined) return;
    const { municipality: code, asOf, areaCode, area } = checked.value;
    const key = JSON.stringify([code, asOf, areaCode, area]);
    if (seen.has(key)) {
      findings.push(finding(row.number, "", "duplicate_row"));
      return;
    }
    seen.add(key);
    population.push(checked.value);
  });
  return { ...content, population, findings };
}

const NAME_OF: Readonly<Record<string, string>> = {
  date: "調査年月日",
  area: "地域名",
  total: "総人口",
  male: "男性",
  female: "女性",
};

function sheltersOf(
  features: readonly unknown[],
  { municipality, onProgress }: ReadOptions,
): FileContent {
  if (!areShelters(features)) return unusable("unknown_file");
  const findings: Finding[] = [];
  const shelters: DesignatedShelter[] = [];
  const seen = new Set<string>();
  features.forEach((feature, i) => {
    const checked = shelterFeature(feature, i + 1, municipality);
    findings.push(...checked.findings);
    onProgress?.((i + 1) / features.length);
    if (checked.value === undefined) return;
    if (seen.has(checked.value.shelter)) {
      findings.push(finding(i + 1, "共通ID", "duplicate_row"));
      return;
    }
    seen.add(checked.value.shelter);
    shelters.push(checked.value);
  });
  return {
    kind: "designated_shelters",
    population: [],
    shelters,
    rowsIn: features.length,
    findings,
  };
}

function unusable(
  code: "unknown_file" | "unreadable_file" | "file_too_large",
): FileContent {
  return {
    kind: "unknown",
    population: [],
    shelters: [],
    rowsIn: 0,
    findings: [finding(0, "", code)],
  };
}
