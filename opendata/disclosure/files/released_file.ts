import { stringify } from "csv-stringify/sync";
import { type Family, keyOf } from "../model/family.ts";
import { codesOf } from "../model/cell_facts.ts";
import { readCsv, wholeOf } from "../model/read_csv.ts";
import { refuse, type Spec } from "../model/spec.ts";

export const RELEASED = "released.csv";

/** What a release says of one cell. */
export type Told =
  | { readonly status: "published"; readonly value: number }
  | { readonly status: "withheld" }
  /** A multiple of the base, less than one base away from the truth. */
  | { readonly status: "rounded"; readonly value: number };

/** Cells a release speaks of; a cell that is not in it was not published. */
export type Publication = ReadonlyMap<number, Told>;

const NO_BASE = "the release holds rounded figures, so the spec needs a base";

/** The text of `released.csv`: every published cell in the family's order. */
export function releasedText(
  family: Family,
  spec: Spec,
  told: Publication,
): string {
  const { dimensions, cells } = family;
  const rows = cells.flatMap(({ codes, latent }, cell) => {
    const one = told.get(cell);
    if (latent || one === undefined) return [];
    return [[
      ...dimensions.map((dimension, d) => dimension.codes[codes[d] ?? 0] ?? ""),
      one.status === "withheld" ? "" : shown(one.value, spec),
      one.status,
    ]];
  });
  return stringify([
    [...dimensions.map((one) => one.name), "value", "status"],
    ...rows,
  ]);
}

/** A figure in its own unit, without a trace of binary fractions. */
export function shown(value: number, { measure }: Spec): string {
  const decimals = "magnitude" in measure ? measure.decimals : 0;
  if (decimals === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(decimals + 1, "0");
  const sign = value < 0 ? "-" : "";
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Reads a `released.csv`. A dimension without a column stands at its total. */
export function readReleased(
  family: Family,
  spec: Spec,
  text: string,
  field: string,
): Publication {
  const { dimensions, at } = family;
  const header = readCsv(text, { delimiter: ",", columns: [], field });
  const present = dimensions.filter((one) => one.name in (header[0] ?? {}));
  const absent = dimensions.filter((one) => !present.includes(one));
  for (const one of absent) {
    if (one.root === undefined) refuse(field, `no column '${one.name}'`);
  }
  const rows = readCsv(text, {
    delimiter: ",",
    columns: ["value", "status"],
    field,
  });
  const decimals = "magnitude" in spec.measure ? spec.measure.decimals : 0;
  const told = new Map<number, Told>();
  rows.forEach((row, index) => {
    const full = {
      ...row,
      ...Object.fromEntries(
        absent.map((one) => [one.name, one.codes[one.root ?? 0] ?? ""]),
      ),
    };
    const cell = at.get(keyOf(codesOf(dimensions, full, index + 1, "name")));
    if (cell === undefined) {
      refuse(field, `row ${index + 1} is a cell of no table of the spec`);
    }
    if (told.has(cell)) {
      refuse(field, `row ${index + 1}: the cell stands twice`);
    }
    const { status } = row;
    if (status === "withheld") {
      if (row["value"] !== "") {
        refuse(field, `row ${index + 1}: a withheld cell has a value`);
      }
      told.set(cell, { status });
      return;
    }
    if (status !== "published" && status !== "rounded") {
      refuse(field, `row ${index + 1}: the status is none of the three`);
    }
    if (status === "rounded" && spec.base === undefined) {
      refuse("base", NO_BASE);
    }
    told.set(cell, {
      status,
      value: wholeOf(row, "value", decimals, index + 1),
    });
  });
  return told;
}
