import type { Clock } from "@hiraku/kernel";
import type { EntityStore } from "./entity_store.ts";
import type { EntityWriter } from "./entity_writer.ts";
import { alive } from "./expiry.ts";

const AT_ONCE = 2000;

/** Deletes what has expired through the writer, CIM 009 4.22. Resolves to the number of entities changed. */
export async function sweepExpired(
  store: EntityStore,
  writer: EntityWriter,
  now: string,
): Promise<number> {
  const due = await store.db.selectFrom("entity").select("id")
    .where("expires_at", "<=", now).orderBy("expires_at").limit(AT_ONCE)
    .execute();
  await Promise.all(due.map(({ id }) =>
    writer.write(id, (current) => {
      const left = current && alive(current, now);
      return left === undefined || left === current
        ? left
        : { ...left, modifiedAt: now };
    })
  ));
  return due.length;
}

/** Sweeps again and again until it is stopped; a sweep that fails is told and tried again. */
export function startSweeping(
  { store, writer, history, clock, everyMs, failed }: {
    store: EntityStore;
    writer: EntityWriter;
    history: { tidy(): Promise<void> };
    clock: Clock;
    everyMs: number;
    failed: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  let sweeping = Promise.resolve();
  let timer = setTimeout(tick, everyMs);
  let stopped = false;

  function tick() {
    sweeping = sweepExpired(store, writer, clock.now().toISOString())
      .then(async (found) => {
        await history.tidy();
        next(found === AT_ONCE ? 0 : everyMs);
      })
      .catch((error) => {
        failed(error);
        next(everyMs);
      });
  }

  function next(delay: number) {
    if (!stopped) timer = setTimeout(tick, delay);
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}
