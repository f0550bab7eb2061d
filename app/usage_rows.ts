import {
  miniappUsage,
  type PublishedVersion,
  readTable,
} from "@hiraku/opendata";
import type { UsageRow } from "@hiraku/pipelines";

/** Released figures of a version, city by mini-app, as the broker shows them. */
export async function usageRows(
  version: PublishedVersion,
): Promise<UsageRow[]> {
  const { manifest } = version;
  const table = manifest.tables.find((one) => one.id === miniappUsage.id);
  const rows = await readTable(version, miniappUsage.id);
  return rows.map((row) => ({
    municipality: manifest.municipality.code,
    miniAppId: String(row["miniAppId"]),
    month: String(row["month"]),
    users: figure(row["users"]),
    clicks: figure(row["clicks"]),
    minimumCell: Math.min(...table?.thresholds ?? [10]),
  }));
}

function figure(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
