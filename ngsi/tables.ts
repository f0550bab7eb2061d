import type { ContextTables } from "./context/context_tables.ts";
import type { IndexTables } from "./index/index_tables.ts";
import type { SubscriptionTables } from "./subscription/subscription_tables.ts";
import type { OutboxTables } from "./temporal/history_tables.ts";

/** Tables of one tenant's broker store. */
export interface Tables
  extends ContextTables, IndexTables, OutboxTables, SubscriptionTables {
  /**
   * `pk` counts up in the order of creation; `document` is the entity as kept,
   * in JSON; `expires_at` is the instant after which nothing of it may be shown
   * before a sweep (of the entity or of one of its attributes), in UTC.
   */
  entity: {
    pk: number;
    id: string;
    document: string;
    expires_at: string | null;
  };
}
