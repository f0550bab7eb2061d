import type { Municipality } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import {
  costs as costRegister,
  costsShared,
  functions,
  miniappUsage,
  registrants,
} from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { filled, type Rows } from "./filled.ts";
import { member } from "./keys.ts";
import { PURPOSES } from "./purpose.ts";

/** Costs as reported, and how a joint use divides them. */
export const publishCosts = filled(costsShared, PURPOSES.operation, {
  parts: [reported, shares, unitCosts, shared],
});

async function reported(
  { warehouse }: CityData,
  through: string,
): Promise<{ costs: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${member("month")} as month, ${member("kind")} as kind,
      ${member("costId")} as "costId",
      sum((data->>'amountYen')::bigint)::bigint as "amountYen"
    from event where type = 'cost.reported' and ${member("month")} <= ${through}
    group by all order by all`.execute(warehouse);
  return { costs: rows };
}

/** Yen left over by rounding stay with the city that keeps the register. */
async function shares(
  city: CityData,
  through: string,
): Promise<{ shares: Rows }> {
  const rows: Record<string, unknown>[] = [];
  for (const cost of await city.entries(costRegister)) {
    const month = `${cost.fiscalYear + 1}-03`;
    if (month > through) continue;
    const weights = await Promise.all(
      city.members.map((one) => weightOf(one, cost.sharedBy, city)),
    );
    const own = await weightOf(city.municipality, cost.sharedBy, city);
    const sum = weights.reduce((a, b) => a + b, 0);
    const part = cost.sharedBy === "none" || sum === 0 ? 1 : own / sum;
    rows.push({
      month,
      costId: cost.id,
      sharedBy: cost.sharedBy,
      members: cost.sharedBy === "none" ? 1 : city.members.length,
      totalYen: cost.amountYen,
      shareYen: Math.round(cost.amountYen * part),
    });
  }
  return { shares: rows };
}

async function weightOf(
  municipality: Municipality,
  sharedBy: "none" | "equal" | "population" | "users",
  { released }: CityData,
): Promise<number> {
  if (sharedBy === "population") return municipality.population?.value ?? 0;
  if (sharedBy !== "users") return 1;
  const tables = await released(municipality, registrants);
  const rows = tables?.["registrants"] ?? [];
  const last = rows.reduce(
    (latest, { date }) => String(date) > latest ? String(date) : latest,
    "",
  );
  return rows.filter(({ date }) => date === last)
    .reduce((sum, row) => sum + Number(row["registrants"] ?? 0), 0);
}

async function unitCosts(
  city: CityData,
  through: string,
): Promise<{ unit_costs: Rows }> {
  const { costs } = await reported(city, through);
  const usage = await city.released(city.municipality, miniappUsage);
  const byMonth = Map.groupBy(costs, ({ month }) => String(month));
  return {
    unit_costs: [...byMonth].flatMap(([month, of]) => {
      const users = Math.max(
        0,
        ...(usage?.["miniapp_usage"] ?? [])
          .filter((row) => row["month"] === month)
          .map((row) => Number(row["users"] ?? 0)),
      );
      if (users === 0) return [];
      const amountYen = of.reduce(
        (sum, one) => sum + Number(one["amountYen"]),
        0,
      );
      const yenPerUser = Math.round(amountYen / users * 100) / 100;
      return [{ month, amountYen, users, yenPerUser }];
    }),
  };
}

async function shared(
  { entries }: CityData,
  through: string,
): Promise<{ functions: Rows }> {
  const known = await entries(functions);
  return {
    functions: known.filter(({ since }) => since.slice(0, 7) <= through)
      .map(({ id, developedBy, adopted }) => ({
        month: through,
        functionId: id,
        developedBy,
        adopted: adopted ? 1 : 0,
      })),
  };
}
