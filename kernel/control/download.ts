import { sql } from "kysely";
import { cityMonth, type Clock } from "../clock.ts";
import type { Control } from "./open.ts";

/** Counts downloads of datasets; nothing is kept of who asked. */
export interface Downloads {
  count(municipality: string, dataset: string): void;
  /** All that were counted so far. */
  total(municipality: string, dataset: string): Promise<number>;
}

const KEEP_MS = 1_000;

/** Counts in memory and writes once a second at most: a crash forgets that second. */
export function openDownloads(control: Control, clock: Clock): Downloads {
  const waiting = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function write(): Promise<void> {
    timer = undefined;
    const counted = [...waiting];
    waiting.clear();
    const month = cityMonth(clock.now());
    await control.insertInto("download").values(
      counted.map(([key, count]) => {
        const [municipality = "", dataset = ""] = key.split("/");
        return { municipality, dataset, month, count };
      }),
    ).onConflict((conflict) =>
      conflict.columns(["municipality", "dataset", "month"]).doUpdateSet({
        count: sql<number>`download.count + excluded.count`,
      })
    ).execute();
  }

  return {
    count(municipality, dataset) {
      const key = `${municipality}/${dataset}`;
      waiting.set(key, (waiting.get(key) ?? 0) + 1);
      if (timer !== undefined) return;
      // A count that cannot be written is lost; the download is not.
      const next = setTimeout(() => write().catch(() => {}), KEEP_MS);
      Deno.unrefTimer(next);
      timer = next;
    },
    async total(municipality, dataset) {
      const { count } = await control.selectFrom("download")
        .select(({ fn }) => fn.sum<number>("count").as("count"))
        .where("municipality", "=", municipality)
        .where("dataset", "=", dataset)
        .executeTakeFirstOrThrow();
      return Number(count ?? 0) +
        (waiting.get(`${municipality}/${dataset}`) ?? 0);
    },
  };
}
