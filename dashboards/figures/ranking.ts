import type { Municipality, Text } from "@hiraku/kernel";
import { codeName, type ReleasedRow } from "@hiraku/opendata";
import { figure, type Source } from "../released/source.ts";

export interface Ranked {
  readonly id: string;
  readonly name: Text;
  readonly users: number | undefined;
  readonly clicks: number | undefined;
  readonly steppedAt: string | undefined;
}

export interface Ranking {
  readonly month: string;
  /** Most clicks first; withheld ones last, by code. */
  readonly apps: readonly Ranked[];
}

/** The newest month of a usage or ranking table. */
export function ranking(
  { rows }: Source,
  municipality: Municipality,
): Ranking | undefined {
  const month = rows.map((row) => String(row["month"])).sort().at(-1);
  if (month === undefined) return undefined;
  const apps = rows.filter((row) => row["month"] === month)
    .map((row) => ranked(row, municipality))
    .sort((a, b) =>
      (b.clicks ?? -1) - (a.clicks ?? -1) || (a.id < b.id ? -1 : 1)
    );
  return { month, apps };
}

function ranked(row: ReleasedRow, municipality: Municipality): Ranked {
  const id = String(row["miniAppId"]);
  const steppedAt = row["steppedAt"];
  return {
    id,
    name: codeName("miniApp", id, municipality),
    users: figure(row, "users"),
    clicks: figure(row, "clicks"),
    steppedAt: typeof steppedAt === "string" ? steppedAt : undefined,
  };
}
