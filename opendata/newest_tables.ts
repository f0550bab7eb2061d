import type { Layout } from "@hiraku/kernel";
import type { PreviousTables } from "./release_context.ts";
import { previousTables, versionNames } from "./released_folder.ts";

/** Milliseconds for which nobody asks before the tables are forgotten. */
const KEPT = 60_000;

/**
 * What is out of a city's datasets. Whoever publishes them one after the other
 * holds each against all: what was read of the city is kept meanwhile, since
 * a version never changes.
 */
export class NewestTables {
  readonly #layout: Layout;
  readonly #kept = new Map<
    string,
    { readonly version: string; readonly tables: PreviousTables }
  >();
  #code = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  async of(code: string, dataset: string): Promise<PreviousTables | undefined> {
    if (code !== this.#code) this.#forget();
    this.#code = code;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#forget(), KEPT);
    // It keeps no process alive.
    this.#timer.unref();
    const names = await versionNames(this.#layout.releasedRoot(code), dataset);
    const version = names.at(-1);
    if (version === undefined) return undefined;
    const kept = this.#kept.get(dataset);
    if (kept?.version === version && code === this.#code) return kept.tables;
    const tables = await previousTables(this.#layout, code, dataset);
    if (tables !== undefined && code === this.#code) {
      this.#kept.set(dataset, { version, tables });
    }
    return tables;
  }

  #forget(): void {
    this.#kept.clear();
  }
}
