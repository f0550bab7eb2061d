import { AGE_BANDS, type AgeBand } from "@hiraku/kernel";
import type { Cell, Row } from "./table.ts";

export type Sex = "male" | "female";

/** What a column of a population table holds. */
export type Field =
  | {
    readonly kind:
      | "code"
      | "areaCode"
      | "prefecture"
      | "name"
      | "date"
      | "area"
      | "total"
      | "male"
      | "female"
      | "households"
      | "note"
      | "ignored";
  }
  | {
    readonly kind: "band";
    /** `unknown` stands for people whose age is not known. */
    readonly band: AgeBand | "unknown";
    readonly sex: Sex;
  };

/** The columns of a table and the rows below its header. */
export interface PopulationTable {
  readonly headerRow: number;
  readonly names: readonly string[];
  /** `undefined` for a column that is not known. */
  readonly fields: readonly (Field | undefined)[];
  readonly rows: readonly Row[];
}

// Editions (a) 2017, (b) current, (c) without 地域コード, and LinkData's keys.
const NAMES: Readonly<Record<string, Field["kind"] & string>> = {
  全国地方公共団体コード: "code",
  都道府県コード又は市区町村コード: "code",
  市区町村コード: "code",
  prefcode: "code",
  地域コード: "areaCode",
  regioncode: "areaCode",
  都道府県名: "prefecture",
  prefname: "prefecture",
  地方公共団体名: "name",
  市区町村名: "name",
  cityname: "name",
  調査年月日: "date",
  surveydate: "date",
  地域名: "area",
  regionname: "area",
  総人口: "total",
  totalpopulation: "total",
  男性: "male",
  male: "male",
  女性: "female",
  woman: "female",
  世帯数: "households",
  numberofhouseholds: "households",
  備考: "note",
  note: "note",
  location: "ignored",
  "#property": "ignored",
};

const REQUIRED = ["date", "area", "total", "male", "female"] as const;
const LOOK_AHEAD = 20;

/** Finds the header of a population table, above which titles or `#` lines may stand. */
export function populationTable(
  rows: readonly Row[],
): PopulationTable | undefined {
  const at = rows.slice(0, LOOK_AHEAD).findIndex(({ cells }) => {
    const kinds = new Set(cells.map((one) => fieldOf(one)?.kind));
    return kinds.has("total") && kinds.has("area");
  });
  const header = rows[at];
  if (header === undefined) return undefined;
  const below = rows.slice(at + 1).filter(({ cells }) =>
    !String(cells[0] ?? "").startsWith("#")
  );
  return {
    headerRow: header.number,
    names: header.cells.map((one) => one === null ? "" : String(one).trim()),
    fields: header.cells.map(fieldOf),
    rows: below,
  };
}

/** Kinds of required columns that the header lacks. */
export function missingColumns(
  { fields }: PopulationTable,
): readonly string[] {
  const kinds = new Set(fields.map((field) => field?.kind));
  return REQUIRED.filter((kind) => !kinds.has(kind));
}

function fieldOf(cell: Cell): Field | undefined {
  if (cell === null) return { kind: "ignored" };
  const name = String(cell).normalize("NFKC").replaceAll(/\s/g, "");
  const kind = NAMES[name.toLowerCase()];
  if (kind !== undefined && kind !== "band") return { kind };
  return bandField(name);
}

function bandField(name: string): Field | undefined {
  const linkData = /^(man|woman)([1-9]|1[0-8])$/i.exec(name);
  if (linkData !== null) {
    const band = AGE_BANDS[Number(linkData[2]) - 1];
    const sex = linkData[1]?.toLowerCase() === "man" ? "male" : "female";
    return band && { kind: "band", band, sex };
  }
  const match =
    /^(?:(\d{1,3})(?:歳)?(?:[-~〜ー―‐–]\d{1,3}歳|歳以上)|(?:年齢)?不詳者?)の?(男性|女性|男|女)$/
      .exec(name);
  if (match === null) return undefined;
  const sex = match[2]?.startsWith("男") ? "male" : "female";
  const from = match[1];
  if (from === undefined) return { kind: "band", band: "unknown", sex };
  const age = Number(from);
  // (d) goes on in bands of five to 100 and over; the standard set ends at 85.
  const band = age >= 85
    ? "85+"
    : AGE_BANDS.find((one) => parseInt(one, 10) === age);
  return band && { kind: "band", band, sex };
}
