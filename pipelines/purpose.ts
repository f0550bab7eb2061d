import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Purpose } from "@hiraku/pipelines/events";

export {
  type LegalBasis,
  type Purpose,
  PURPOSES,
} from "@hiraku/pipelines/events";

/** The events an aggregate of this purpose may read. */
export function eventsFor({ basis }: Purpose): RawBuilder<unknown> {
  return basis === "consent" ? sql`consented_event` : sql`event`;
}
