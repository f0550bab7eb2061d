import type { SentEntity } from "./broker_client.ts";

/** Released figures of one mini-app in one month; null is a withheld figure. */
export interface UsageRow {
  readonly municipality: string;
  /** Such as `412015-ma-08`. */
  readonly miniAppId: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly users: number | null;
  readonly clicks: number | null;
  /** Smallest count of persons that a figure may show. */
  readonly minimumCell: number;
}

/** The newest month of the rows as `UsageStatistics`; withheld figures are absent and named. */
export function usageEntities(rows: readonly UsageRow[]): SentEntity[] {
  const newest = rows.map((row) => row.month).toSorted().at(-1);
  return rows.filter((row) => row.month === newest).map(usageEntity);
}

function usageEntity(row: UsageRow): SentEntity {
  const { municipality, miniAppId, month } = row;
  const app = miniAppId.slice(municipality.length + 1);
  const figures = { activeUsers: row.users, opens: row.clicks };
  const shown = Object.entries(figures).filter(([, value]) => value !== null);
  const withheld = Object.entries(figures)
    .filter(([, value]) => value === null).map(([name]) => name);
  return {
    id: `urn:ngsi-ld:UsageStatistics:${municipality}:${app}:${month}`,
    type: "UsageStatistics",
    refMiniApp: { object: `urn:ngsi-ld:MiniApp:${miniAppId}` },
    period: { value: { from: `${month}-01`, to: lastDay(month) } },
    ...Object.fromEntries(shown),
    disclosureControl: {
      value: {
        minimumCell: row.minimumCell,
        suppressedAttributes: withheld,
        method: "suppression",
      },
    },
  };
}

function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
