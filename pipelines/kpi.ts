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
    ), monthly as (
      select strftime(day, '%Y-%m') as month, sum(installs) as installs,
        sum(uninstalls) as uninstalls
      from report group by all
    )
    select month, sum(installs) over (order by month)::bigint as installs,
      sum(uninstalls) over (order by month)::bigint as uninstalls
    from monthly where month <= ${through} order by month`.execute(warehouse);
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
