import { type Municipality, type Text, UNKNOWN } from "@hiraku/kernel";
import { codeName, MERGED, type ReleasedRow } from "@hiraku/opendata";
import { figure, type Source, withheldCount } from "../released/source.ts";

/**
 * One district with its newest released figure. Districts that share a row
 * show the same one.
 */
export interface DistrictFigure {
  readonly code: string;
  readonly name: Text;
  readonly position: readonly [number, number] | undefined;
  readonly registrants: number | undefined;
  /** The month the figure is of; older than the newest when that is withheld. */
  readonly asOf: string | undefined;
  readonly inhabitants: number | undefined;
  /** Names of all districts counted together; undefined when it stands alone. */
  readonly together: Text | undefined;
}

export interface DistrictFigures {
  /** The newest month of the table. */
  readonly month: string;
  readonly districts: readonly DistrictFigure[];
  /** Card registrants without a verified district in the newest month. */
  readonly unknown: number | undefined;
  /** Rows of the newest month that are withheld. */
  readonly withheld: number;
}

/** The newest released figure of every district; `undefined` without any month. */
export function districtFigures(
  { rows }: Source,
  municipality: Municipality,
): DistrictFigures | undefined {
  const newestFirst = rows.toSorted((a, b) =>
    String(a["month"]) < String(b["month"]) ? 1 : -1
  );
  const newest = newestFirst[0];
  if (newest === undefined) return undefined;
  const ofNewest = newestFirst.filter((row) =>
    row["month"] === newest["month"]
  );
  const unknown = ofNewest.find((row) => row["districtCode"] === UNKNOWN);
  return {
    month: String(newest["month"]),
    withheld: withheldCount(ofNewest),
    unknown: figure(unknown, "registrants"),
    districts: municipality.districts.map(({ code, name, position }) => {
      const own = newestFirst.filter((row) => membersOf(row).includes(code));
      const shown = own.find((row) => row.status === "published");
      const row = shown ?? own[0];
      const members = row === undefined ? [code] : membersOf(row);
      return {
        code,
        name,
        position,
        registrants: figure(shown, "registrants"),
        asOf: shown && String(shown["month"]),
        inhabitants: inhabitantsOf(municipality, members),
        together: members.length > 1
          ? codeName("district", members.join(MERGED), municipality)
          : undefined,
      };
    }),
  };
}

function membersOf(row: ReleasedRow): string[] {
  return String(row["districtCode"]).split(MERGED);
}

function inhabitantsOf(
  { districts }: Municipality,
  codes: readonly string[],
): number | undefined {
  let sum = 0;
  for (const { code, inhabitants } of districts) {
    if (!codes.includes(code)) continue;
    if (inhabitants === undefined) return undefined;
    sum += inhabitants;
  }
  return sum;
}

/** Registrants among inhabitants, 0 to 1. */
export function share(one: DistrictFigure): number | undefined {
  const { registrants, inhabitants } = one;
  if (registrants === undefined || !inhabitants) return undefined;
  return registrants / inhabitants;
}
