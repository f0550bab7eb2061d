import type { Clock } from "../clock.ts";
import type { Control } from "./open.ts";

/** A piece of work that one process at a time may do. */
export interface Lease {
  /** Grows with every holder; a late holder's number is smaller than the next one's. */
  readonly fence: number;
  /** Holds it for the same time again; answers false when somebody else has it. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Takes a lease, or answers `undefined` while another holder's has not run
 * out. A holder that dies lets go when `ttlMs` have passed.
 */
export async function takeLease(
  control: Control,
  clock: Clock,
  name: string,
  ttlMs: number,
): Promise<Lease | undefined> {
  const until = () => new Date(clock.now().getTime() + ttlMs).toISOString();
  const fence = await control.transaction().execute(async (tx) => {
    const held = await tx.selectFrom("lease").selectAll()
      .where("name", "=", name).executeTakeFirst();
    if (held === undefined) {
      await tx.insertInto("lease").values({ name, fence: 1, until: until() })
        .execute();
      return 1;
    }
    if (held.until > clock.now().toISOString()) return undefined;
    await tx.updateTable("lease").set({ fence: held.fence + 1, until: until() })
      .where("name", "=", name).execute();
    return held.fence + 1;
  });
  if (fence === undefined) return undefined;
  const set = async (value: string): Promise<boolean> => {
    const { numUpdatedRows } = await control.updateTable("lease")
      .set({ until: value }).where("name", "=", name).where("fence", "=", fence)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  };
  return {
    fence,
    renew: () => set(until()),
    release: async () => {
      await set("");
    },
  };
}

/** Ends the leases of a municipality, whose one process has just begun. */
export async function breakLeases(
  control: Control,
  municipality: string,
): Promise<void> {
  await control.updateTable("lease").set({ until: "" })
    .where("name", "like", `${municipality} %`).execute();
}
