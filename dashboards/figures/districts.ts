import { type Municipality, type Text, UNKNOWN } from "@hiraku/kernel";
import { codeName, MERGED } from "@hiraku/opendata";
import { figure, type Source, withheldCount } from "./source.ts";

/** One district on the tile map. Districts that share a row show the same figure. */
export interface DistrictFigure {
  readonly code: string;
  readonly name: Text;
  readonly position: readonly [number, number] | undefined;
  readonly registrants: number | undefined;
  readonly inhabitants: number | undefined;
  /** Names of all districts counted together; undefined when it stands alone. */
  readonly together: Text | undefined;
}

export interface DistrictMonth {
  readonly month: string;
  readonly districts: readonly DistrictFigure[];
  /** Card registrants without a verified district. */
  readonly unknown: number | undefined;
  readonly withheld: number;
  /** Months after this one whose breakdown is withheld whole. */
  readonly newerWithheld: number;
}

/** The newest month of which any district is shown. */
export function districtMonth(
  { rows }: Source,
  municipality: Municipality,
): DistrictMonth | undefined {
  const byMonth = Map.groupBy(rows, (row) => String(row["month"]));
  const months = [...byMonth.keys()].sort().reverse();
  const at = months.findIndex((month) =>
    byMonth.get(month)?.some((row) => row.status === "published")
  );
  const month = months[at];
  if (month === undefined) return undefined;
  const ofMonth = byMonth.get(month) ?? [];
  const rowOf = (code: string) =>
    ofMonth.find((row) =>
      String(row["districtCode"]).split(MERGED).includes(code)
    );
  const inhabitantsOf = (codes: readonly string[]) => {
    const known = municipality.districts.filter((one) =>
      codes.includes(one.code)
    ).map((one) => one.inhabitants);
    return known.includes(undefined)
      ? undefined
      : known.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  };
  return {
    month,
    newerWithheld: at,
    withheld: withheldCount(ofMonth),
    unknown: figure(rowOf(UNKNOWN), "registrants"),
    districts: municipality.districts.map(({ code, name, position }) => {
      const row = rowOf(code);
      const shared = String(row?.["districtCode"] ?? code);
      const members = shared.split(MERGED);
      return {
        code,
        name,
        position,
        registrants: figure(row, "registrants"),
        inhabitants: inhabitantsOf(members),
        together: members.length > 1
          ? codeName("district", shared, municipality)
          : undefined,
      };
    }),
  };
}

/** Registrants among inhabitants, 0 to 1. */
export function share(one: DistrictFigure): number | undefined {
  const { registrants, inhabitants } = one;
  if (registrants === undefined || !inhabitants) return undefined;
  return registrants / inhabitants;
}
