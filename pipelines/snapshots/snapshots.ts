import type { Clock } from "@hiraku/kernel";
import type { Keyring } from "@hiraku/pipelines/events";
import type { Residue } from "../people/residue.ts";
import type { Warehouse } from "../warehouse.ts";
import { eraseFromSnapshot, residueInSnapshot } from "./erase_from.ts";
import { type Restored, restoreSnapshot } from "./restore.ts";
import {
  removeUnfinished,
  type Snapshot,
  snapshotNamed,
  snapshotsIn,
} from "./snapshot.ts";
import { takeSnapshot } from "./take.ts";

/** The snapshots of one municipality; what is asked of them is done one after another. */
export interface Snapshots {
  take(): Promise<Snapshot>;
  restore(
    name: string,
    how: {
      readonly suppressed: readonly string[];
      readonly acceptLoss: boolean;
    },
  ): Promise<Restored>;
  remove(name: string): Promise<void>;
  /** Takes people out of every snapshot; answers how many rows left. */
  erase(subjects: readonly string[], request: string): Promise<number>;
  residue(subjects: readonly string[]): Promise<Residue>;
}

export interface SnapshotPlaces {
  readonly warehouse: Warehouse;
  /** Where they lie. */
  readonly folder: string;
  readonly landing: string;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly memoryLimit: string;
  readonly keep: number;
}

export function openSnapshots(places: SnapshotPlaces): Snapshots {
  const { warehouse, folder, keyring, memoryLimit, clock } = places;
  let queue: Promise<unknown> = Promise.resolve();
  // An erasure must not miss a snapshot that is still being written.
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => {});
    return turn;
  };
  return {
    take: () => alone(() => takeSnapshot(warehouse, places)),
    restore: (name, how) =>
      alone(async () =>
        restoreSnapshot(warehouse, await snapshotNamed(folder, name), {
          ...places,
          ...how,
          now: clock.now(),
        })
      ),
    remove: (name) =>
      alone(async () => {
        const found = await snapshotNamed(folder, name);
        await Deno.remove(`${folder}/${found.name}`, { recursive: true });
      }),
    erase: (subjects, request) =>
      alone(async () => {
        await removeUnfinished(folder);
        let rows = 0;
        for (const one of await snapshotsIn(folder)) {
          const how = { keyring, subjects, request, memoryLimit };
          rows += await eraseFromSnapshot(folder, one, how);
        }
        return rows;
      }),
    residue: (subjects) =>
      alone(async () => {
        const found: Record<string, number> = {};
        for (const one of await snapshotsIn(folder)) {
          Object.assign(
            found,
            await residueInSnapshot(folder, one, memoryLimit, subjects),
          );
        }
        return found;
      }),
  };
}
