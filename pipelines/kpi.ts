import { fiscalYear } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { kpi } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { filled, type Rows } from "./filled.ts";
import { PURPOSES } from "./purpose.ts";

/** Installs against the targets of the register. */
export const publishKpi = filled(kpi, PURPOSES.operation, {
  parts: [indicators],
});

interface Month {
  month: string;
  installs: number;
  uninstalls: number;
}

async function indicators(
  { warehouse, municipality }: CityData,
  through: string,
): Promise<{ kpi: Rows }> {
  const { rows } = await sql<Month>`
    with report as (
      select * from store_report
      qualify row_number() over (
        partition by os, day order by received_at desc, event_id desc) = 1
    )
    select strftime(day, '%Y-%m') as month,
      sum(sum(installs)) over (order by strftime(day, '%Y-%m'))::bigint
        as installs,
      sum(sum(uninstalls)) over (order by strftime(day, '%Y-%m'))::bigint
        as uninstalls
    from report where strftime(day, '%Y-%m') <= ${through}
    group by all order by month`.execute(warehouse);
  const people = municipality.population?.value;
  return {
    kpi: rows.flatMap(({ month, installs, uninstalls }) => {
      const year = fiscalYear(`${month}-01`);
      const target = municipality.installTargets.find((one) =>
        one.fiscalYear === year
      )?.installs ?? null;
      const row = (indicator: string, value: number, aim: number | null) => ({
        month,
        indicator,
        level: "output",
        fiscalYear: year,
        value,
        target: aim,
      });
      return [
        row("installs", installs, target),
        ...people === undefined ? [] : [
          row("penetration", Math.round(installs / people * 1e4) / 1e4, null),
        ],
        row("uninstalls", uninstalls, null),
      ];
    }),
  };
}
