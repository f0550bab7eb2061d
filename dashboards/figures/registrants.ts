import { figure, type Source } from "../released/source.ts";

/** Registrants on one day; a withheld figure is undefined. */
export interface RegistrantPoint {
  readonly date: string;
  readonly card: number | undefined;
  readonly email: number | undefined;
  /** Only where both ways are shown. */
  readonly total: number | undefined;
}

export function registrantTrend({ rows }: Source): RegistrantPoint[] {
  const byDate = Map.groupBy(rows, (row) => String(row["date"]));
  return [...byDate].toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([date, ofDay]) => {
      const of = (tier: string) =>
        figure(ofDay.find((row) => row["tier"] === tier), "registrants");
      const card = of("jpki");
      const email = of("email");
      const total = card === undefined || email === undefined
        ? undefined
        : card + email;
      return { date, card, email, total };
    });
}

export interface InstallPoint {
  readonly date: string;
  readonly installs: number;
}

/** Installs of all stores together, on the days on which every store reported. */
export function installTrend({ rows }: Source): InstallPoint[] {
  const stores = new Set(rows.map((row) => row["os"])).size;
  const byDate = Map.groupBy(rows, (row) => String(row["date"]));
  return [...byDate].toSorted(([a], [b]) => a < b ? -1 : 1)
    .filter(([, ofDay]) => ofDay.length === stores)
    .map(([date, ofDay]) => ({
      date,
      installs: ofDay.reduce(
        (sum, row) => sum + (figure(row, "installs") ?? 0),
        0,
      ),
    }));
}
