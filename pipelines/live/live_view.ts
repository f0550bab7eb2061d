import { type Clock, describeError, type Log } from "@hiraku/kernel";
import type { CityData } from "../aggregate.ts";
import type { SentEntity } from "../entities/broker_client.ts";

/** Entities that follow what the city's events, registers and releases say. */
export interface LiveView {
  readonly id: string;
  /** Types of the entities; no other view makes any of them. */
  readonly entityTypes: readonly string[];
  /** Types of events after which it is looked at again; a prefix ends in `.`. */
  readonly events: readonly string[];
  /** Ids of datasets after whose publication it is looked at again. */
  readonly datasets: readonly string[];
  /** All entities there are to be now. */
  entities(city: CityData): Promise<SentEntity[]>;
}

export interface LiveViews {
  /** Looks again at what these events may have changed. */
  landed(types: ReadonlySet<string>): void;
  published(dataset: string): void;
  /** Looks again at all of them. */
  all(): void;
  /** Tries again what failed, once it is time. */
  again(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const RETRY_MS = 2_000;

/**
 * Keeps views current one after another. One that fails is tried again and
 * holds up no other and no landing.
 */
export function liveViews(
  { views, city, put, clock, log }: {
    readonly views: readonly LiveView[];
    readonly city: () => Promise<CityData>;
    readonly put: (view: LiveView, entities: SentEntity[]) => Promise<void>;
    readonly clock: Clock;
    readonly log: Log;
  },
): LiveViews {
  const due = new Set<LiveView>();
  let notBefore = 0;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    for (const view of due) {
      if (clock.now().getTime() < notBefore) return;
      due.delete(view);
      try {
        await put(view, await view.entities(await city()));
      } catch (error) {
        due.add(view);
        notBefore = clock.now().getTime() + RETRY_MS;
        log.warn("A live view could not be computed", {
          view: view.id,
          error: describeError(error),
        });
        return;
      }
    }
  };
  const start = (chosen: readonly LiveView[]): void => {
    for (const one of chosen) due.add(one);
    if (due.size > 0) running ??= run().finally(() => running = undefined);
  };
  return {
    landed: (types) =>
      start(
        views.filter(({ events }) =>
          events.some((one) =>
            one.endsWith(".")
              ? [...types].some((type) => type.startsWith(one))
              : types.has(one)
          )
        ),
      ),
    published: (dataset) =>
      start(views.filter(({ datasets }) => datasets.includes(dataset))),
    all: () => start(views),
    again: () => start([]),
    settled: async () => {
      await running;
    },
  };
}
