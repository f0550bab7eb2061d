import type { Clock, Layout, Municipalities } from "@hiraku/kernel";
import {
  datasetNames,
  isPublic,
  type PublishedVersion,
  readTable,
  readVersion,
  versionListing,
} from "../released_folder.ts";
import type { ReleasedRow } from "../released_row.ts";
import { type Card, cardOf } from "./card.ts";
import { changeMark } from "./change_mark.ts";

/**
 * What is public at this moment, held in memory and looked up again where a
 * city's folder says that something changed. Versions under embargo are not
 * there, and withdrawn ones only by their name.
 */
export interface Shelf {
  /** Every dataset with a valid version, the earliest published first. */
  cards(): Promise<readonly Card[]>;
  card(code: string, dataset: string): Promise<Card | undefined>;
  /** The newest valid version. */
  latest(code: string, dataset: string): Promise<PublishedVersion | undefined>;
  version(
    code: string,
    dataset: string,
    version: string,
  ): Promise<PublishedVersion | undefined>;
  /** The rows of a version's table; those asked for lately are remembered. */
  rows(
    version: PublishedVersion,
    table: string,
  ): Promise<readonly ReleasedRow[]>;
  /** The newest versions, newest first, withdrawn ones included. */
  versions(
    code: string,
    dataset: string,
    most?: number,
  ): Promise<PublishedVersion[]>;
}

interface Held {
  /** Names and withdrawals; equal listings are not read again. */
  readonly listing: string;
  readonly names: readonly string[];
  readonly card: Card | undefined;
  /** When a version under embargo becomes public, in milliseconds. */
  readonly opensAt: number;
}

interface City {
  readonly mark: string;
  readonly datasets: ReadonlyMap<string, Held>;
  /** The earliest end of an embargo. */
  readonly opensAt: number;
}

const MOST_REMEMBERED = 500;
const MOST_ROWS = 300_000;

/** Opens the shelf of an installation; nothing is read before it is asked for. */
export function openShelf(
  { layout, municipalities, clock }: {
    layout: Layout;
    municipalities: Municipalities;
    clock: Clock;
  },
): Shelf {
  const cities = new Map<string, Promise<City>>();
  const remembered = new Map<string, Promise<PublishedVersion>>();
  const tables = new Map<string, Promise<readonly ReleasedRow[]>>();
  const sizes = new Map<string, number>();
  let sorted: { from: readonly City[]; cards: readonly Card[] } | undefined;

  const read = (code: string, dataset: string, name: string) => {
    const key = `${code}/${dataset}/${name}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const found = readVersion(layout.releasedRoot(code), dataset, name);
    if (remembered.size >= MOST_REMEMBERED) {
      for (const [oldest] of remembered) {
        remembered.delete(oldest);
        break;
      }
    }
    remembered.set(key, found);
    found.catch(() => remembered.delete(key));
    return found;
  };
  const forget = (key: string) => {
    tables.delete(key);
    sizes.delete(key);
  };

  async function held(
    code: string,
    dataset: string,
    before: Held | undefined,
  ): Promise<Held> {
    const { names, withdrawn } = await versionListing(
      layout.releasedRoot(code),
      dataset,
    );
    const listing = [...names, "!", ...withdrawn].join(" ");
    const open = before === undefined ||
      before.opensAt > clock.now().getTime();
    if (before !== undefined && before.listing === listing && open) {
      return before;
    }
    for (const name of withdrawn) {
      remembered.delete(`${code}/${dataset}/${name}`);
    }
    let opensAt = Infinity;
    for (const name of names.toReversed()) {
      if (withdrawn.includes(name)) continue;
      // Not through the memory, which a large catalogue would flood.
      const version = await readVersion(
        layout.releasedRoot(code),
        dataset,
        name,
      );
      if (isPublic(version, clock.now())) {
        const card = cardOf(version, names[0] ?? name);
        return { listing, names, card, opensAt };
      }
      opensAt = Math.min(
        opensAt,
        Date.parse(version.manifest.notBefore ?? ""),
      );
    }
    return { listing, names, card: undefined, opensAt };
  }

  async function load(code: string, before: City | undefined): Promise<City> {
    const mark = changeMark(layout, code);
    const now = clock.now().getTime();
    if (before?.mark === mark && before.opensAt > now) return before;
    const datasets = new Map<string, Held>();
    let opensAt = Infinity;
    for (const dataset of await datasetNames(layout.releasedRoot(code))) {
      const found = await held(code, dataset, before?.datasets.get(dataset));
      datasets.set(dataset, found);
      opensAt = Math.min(opensAt, found.opensAt);
    }
    return { mark, datasets, opensAt };
  }

  /** One look at a time, so that a burst of requests reads a changed city once. */
  const city = (code: string): Promise<City> => {
    const before = cities.get(code);
    const next = before === undefined
      ? load(code, undefined)
      : before.then((known) => load(code, known), () => load(code, undefined));
    cities.set(code, next);
    return next;
  };

  const shelf: Shelf = {
    async cards() {
      const all = await Promise.all([...municipalities.keys()].map(city));
      const same = sorted?.from.length === all.length &&
        sorted.from.every((one, at) => one === all[at]);
      if (sorted === undefined || !same) {
        const cards = all.flatMap(({ datasets }) =>
          [...datasets.values()].flatMap(({ card }) => card ?? [])
        ).sort((a, b) =>
          a.issued < b.issued || (a.issued === b.issued && a.id < b.id) ? -1 : 1
        );
        sorted = { from: all, cards };
      }
      return sorted.cards;
    },
    async card(code, dataset) {
      if (!municipalities.has(code)) return undefined;
      return (await city(code)).datasets.get(dataset)?.card;
    },
    async latest(code, dataset) {
      const card = await shelf.card(code, dataset);
      return card && await read(code, dataset, card.version);
    },
    async version(code, dataset, version) {
      if (!municipalities.has(code)) return undefined;
      const names = (await city(code)).datasets.get(dataset)?.names;
      if (!names?.includes(version)) return undefined;
      const found = await read(code, dataset, version);
      return isPublic(found, clock.now()) ? found : undefined;
    },
    rows(version, table) {
      const { manifest, dir } = version;
      const key = `${dir} ${table}`;
      const known = tables.get(key);
      if (known !== undefined) return known;
      const size = manifest.tables.find(({ id }) => id === table)?.rows ?? 0;
      const read = readTable(version, table);
      tables.set(key, read);
      sizes.set(key, size);
      read.catch(() => forget(key));
      let held = [...sizes.values()].reduce((sum, one) => sum + one, 0);
      for (const [oldest, rows] of sizes) {
        if (held <= MOST_ROWS) break;
        held -= rows;
        forget(oldest);
      }
      return read;
    },
    async versions(code, dataset, most = Infinity) {
      if (!municipalities.has(code)) return [];
      const names = (await city(code)).datasets.get(dataset)?.names ?? [];
      const found: PublishedVersion[] = [];
      for (const name of names.toReversed()) {
        if (found.length >= most) break;
        const version = await read(code, dataset, name);
        if (isPublic(version, clock.now())) found.push(version);
      }
      return found;
    },
  };
  return shelf;
}
