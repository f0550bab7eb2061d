import type { Published, Row } from "./published.ts";
import type { Fact, System, Unknown } from "./system.ts";

const LINES = [
  { table: "by_district", dimensions: ["districtCode"] },
  { table: "by_age_sex", dimensions: ["ageGroup", "sex"] },
];

/** Public knowledge: inhabitants by area code. */
export type Inhabitants = ReadonlyMap<string, number>;

export interface Suspicion {
  readonly system: System;
  /** Unknowns by the line they stand in, to judge what was told of them. */
  readonly lines: readonly UsageLine[];
}

export interface UsageLine {
  readonly users: readonly string[];
  readonly codes: readonly string[];
  readonly whole: boolean;
  readonly total: number | null;
}

/** Everything the published usage tables say about what they withhold. */
export function suspectUsage(
  published: Published,
  inhabitants: Inhabitants,
): Suspicion {
  const unknowns: Unknown[] = [];
  const facts: Fact[] = [];
  const lines: UsageLine[] = [];
  for (const total of published.get("miniapp_usage") ?? []) {
    const key = `${total["month"]}/${total["miniAppId"]}`;
    const hiddenTotal = total["status"] === "withheld";
    if (hiddenTotal) {
      unknowns.push(
        { name: `${key}/users`, low: 1, high: Infinity },
        { name: `${key}/clicks`, low: 1, high: Infinity },
      );
    }
    for (const { table, dimensions } of LINES) {
      const line = (published.get(table) ?? []).filter((row) =>
        row["month"] === total["month"] &&
        row["miniAppId"] === total["miniAppId"]
      );
      const hidden = line.filter((row) => row["status"] === "withheld");
      if (hidden.length === 0) continue;
      const whole = hidden.length === line.length;
      const name = (row: Row, measure: string) =>
        `${key}/${table}/${
          dimensions.map((one) => row[one]).join("/")
        }/${measure}`;
      for (const row of hidden) {
        const low = whole ? 0 : 1;
        const cap = inhabitants.get(String(row["districtCode"])) ?? Infinity;
        unknowns.push(
          { name: name(row, "users"), low, high: cap },
          { name: name(row, "clicks"), low, high: Infinity },
        );
        facts.push({
          terms: [[1, name(row, "clicks")], [-1, name(row, "users")]],
          low: 0,
          high: Infinity,
        });
      }
      for (const measure of ["users", "clicks"]) {
        const shown = line.reduce((sum, row) => sum + Number(row[measure]), 0);
        const rest = hiddenTotal ? -shown : Number(total[measure]) - shown;
        facts.push({
          terms: [
            ...hidden.map((row) => [1, name(row, measure)] as const),
            ...(hiddenTotal ? [[-1, `${key}/${measure}`] as const] : []),
          ],
          low: rest,
          high: rest,
        });
      }
      lines.push({
        users: hidden.map((row) => name(row, "users")),
        codes: hidden.map((row) => String(row["districtCode"] ?? "")),
        whole,
        total: hiddenTotal ? null : Number(total["users"]),
      });
    }
  }
  return { system: { unknowns, facts }, lines };
}
