import { describeError, type Log } from "@hiraku/kernel";
import {
  datasetEntity,
  SHEET_ENTITY_TYPES,
  sheetEntities,
  type SheetEntity,
  type Shelf,
} from "@hiraku/opendata";

/** Written from all others; its own new version changes nothing for them. */
const LIST = "open_data_list";

/**
 * Keeps the broker and the open-data list at what is public of a city: also
 * what an officer publishes or takes back, and what an embargo lets go. The
 * answer looks once; what failed is done at the next look.
 */
export function followShelf(
  { shelf, code, origin, put, list, log }: {
    readonly shelf: Shelf;
    readonly code: string;
    readonly origin: string;
    readonly put: (
      types: readonly string[],
      entities: readonly SheetEntity[],
    ) => Promise<void>;
    /** Writes the city's open-data list, soon. */
    readonly list: (code: string) => void;
    readonly log: Log;
  },
): () => Promise<void> {
  let known: string | undefined;
  let listed: string | undefined;
  let isLooking = false;
  return async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const cards = (await shelf.cards())
        .filter(({ municipality }) => municipality.code === code);
      const keyOf = (some: typeof cards) =>
        some.map(({ id, version }) => `${id} ${version}`).join("\n");
      const now = keyOf(cards);
      const others = keyOf(cards.filter(({ dataset }) => dataset !== LIST));
      if (others !== listed) list(code);
      listed = others;
      if (now === known) return;
      const entities: SheetEntity[] = [];
      for (const { dataset, issued, standard } of cards) {
        const latest = await shelf.latest(code, dataset);
        if (latest === undefined) continue;
        const { manifest } = latest;
        entities.push(datasetEntity(manifest, issued, origin));
        const [table] = manifest.tables;
        if (standard === undefined || table === undefined) continue;
        const rows = await shelf.rows(latest, table.id);
        entities.push(...sheetEntities(manifest, rows));
      }
      await put(SHEET_ENTITY_TYPES, entities);
      known = now;
    } catch (error) {
      log.error("What is published could not be shown at the broker", {
        municipality: code,
        error: describeError(error),
      });
    } finally {
      isLooking = false;
    }
  };
}
