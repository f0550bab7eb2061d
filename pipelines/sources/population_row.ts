import type { AgeBand } from "@hiraku/kernel";
import { letter } from "@hiraku/opendata";
import { type Finding, finding, type FindingCode } from "./finding.ts";
import type { Field, PopulationTable, Sex } from "./population_header.ts";
import { readCode } from "./read_code.ts";
import { readDate } from "./read_date.ts";
import { type Read, readCount } from "./read_number.ts";
import type { Cell, Row } from "./table.ts";

/** The inhabitants of one area at one date. */
export interface AreaPopulation {
  readonly municipality: string;
  readonly asOf: string;
  /** The municipality's own code for the row of the whole city. */
  readonly areaCode: string | null;
  readonly area: string;
  readonly total: number;
  readonly male: number;
  readonly female: number;
  readonly households: number | null;
  /** Bands whose cell is empty are not in it. */
  readonly bands: readonly {
    readonly band: AgeBand;
    readonly sex: Sex;
    readonly people: number;
  }[];
}

export interface CheckedRow {
  /** Absent when an error keeps the row out. */
  readonly value?: AreaPopulation;
  readonly findings: readonly Finding[];
}

const CITY_TOTAL = /^(合計|総合計|総計|総数|市計|全市|市合計)$/;
// A plain 計 may be of any part of the city.
const SUBTOTAL = /^(計|小計)$/;

const WITHHELD = /^\s*([Xxχ]|\*{1,3}|…|\.{3}|秘)\s*$/;

/** Checks one row of a population table against its header. */
export function populationRow(
  table: PopulationTable,
  row: Row,
  municipality: string | undefined,
): CheckedRow {
  const findings: Finding[] = [];
  const at = (kind: string) => table.fields.findIndex((f) => f?.kind === kind);
  const column = (index: number) =>
    index < 0 ? "" : `${letter(index)} (${table.names[index] ?? ""})`;
  const report = (index: number, codes: readonly FindingCode[]) => {
    for (const code of codes) {
      findings.push(finding(row.number, column(index), code));
    }
  };
  const read = <T>(kind: string, how: (cell: Cell) => Read<T>) => {
    const index = at(kind);
    const result = how(row.cells[index] ?? null);
    report(index, result.codes);
    return result.value;
  };

  if (row.cells.slice(table.fields.length).some((cell) => cell !== null)) {
    findings.push(finding(row.number, "", "column_count"));
    return { findings };
  }
  const area = text(row.cells[at("area")]);
  if (area === null) report(at("area"), ["missing_value"]);
  else if (SUBTOTAL.test(area)) report(at("area"), ["total_row"]);
  const ofCity = area !== null && CITY_TOTAL.test(area);
  if (ofCity) report(at("area"), ["city_total"]);
  const code = at("code") < 0
    ? municipality
    : read("code", (cell) => readCode(cell, municipality));
  if (at("code") < 0 && code === undefined) report(-1, ["invalid_code"]);
  if (
    municipality !== undefined && code !== undefined && code !== municipality
  ) {
    report(at("code"), ["other_municipality"]);
  }
  const asOf = read("date", readDate);
  const total = read("total", readCount);
  const male = read("male", readCount);
  const female = read("female", readCount);
  const households = at("households") < 0 ||
      (row.cells[at("households")] ?? null) === null
    ? null
    : read("households", readCount);

  const cells = bandCells(table, row, report);
  if (total !== undefined && male !== undefined && female !== undefined) {
    if (male + female !== total) report(at("total"), ["total_mismatch"]);
    for (const [sex, people] of [["male", male], ["female", female]] as const) {
      if (!addsUp(cells, sex, people)) report(at(sex), ["total_mismatch"]);
    }
  }
  const refused = findings.some(({ severity }) => severity === "error");
  if (
    refused || area === null || code === undefined || asOf === undefined ||
    total === undefined || male === undefined || female === undefined ||
    households === undefined
  ) return { findings };
  const value = {
    municipality: code,
    asOf,
    areaCode: ofCity ? code : text(row.cells[at("areaCode")]),
    area,
    total,
    male,
    female,
    households,
    bands: folded(cells),
  };
  return { value, findings };
}

interface BandCell {
  readonly field: Field & { kind: "band" };
  /** `undefined` for an empty cell: not known, perhaps withheld. */
  readonly people: number | undefined;
}

function bandCells(
  { fields }: PopulationTable,
  { cells }: Row,
  report: (index: number, codes: readonly FindingCode[]) => void,
): BandCell[] {
  return fields.flatMap((field, index): BandCell[] => {
    if (field?.kind !== "band") return [];
    const cell = cells[index] ?? null;
    if (cell === null || WITHHELD.test(String(cell).normalize("NFKC"))) {
      report(index, ["withheld_value"]);
      return [{ field, people: undefined }];
    }
    const { value, codes } = readCount(cell);
    report(index, codes);
    return [{ field, people: value }];
  });
}

function addsUp(cells: readonly BandCell[], sex: Sex, people: number): boolean {
  const own = cells.filter(({ field }) => field.sex === sex);
  const known = own.reduce((sum, one) => sum + (one.people ?? 0), 0);
  if (own.some((one) => one.people === undefined)) return known <= people;
  return own.length === 0 || known === people;
}

/** Finer bands above 85 become one; people of unknown age stay in the total only. */
function folded(cells: readonly BandCell[]): AreaPopulation["bands"] {
  const bands = new Map<
    string,
    { band: AgeBand; sex: Sex; people: number | undefined }
  >();
  for (const { field: { band, sex }, people } of cells) {
    if (band === "unknown") continue;
    const key = `${band} ${sex}`;
    const before = bands.get(key);
    const sum = before === undefined
      ? people
      : before.people === undefined || people === undefined
      ? undefined
      : before.people + people;
    bands.set(key, { band, sex, people: sum });
  }
  return [...bands.values()].flatMap(({ band, sex, people }) =>
    people === undefined ? [] : [{ band, sex, people }]
  );
}

function text(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  return String(cell).trim().slice(0, 80);
}
