import type { ContextReference } from "../context/names.ts";
import type { Terms } from "./kept_terms.ts";
import type { SentMembers } from "./subscription_members.ts";

/** What a subscriber asked for, CIM 009 5.2.12, with type and attribute names as IRIs. */
export type SubscriptionDocument =
  & Omit<SentMembers, "type" | "csf" | "notification">
  & { readonly notification: NonNullable<SentMembers["notification"]> };
export type Endpoint = SubscriptionDocument["notification"]["endpoint"];

/** A subscription as kept. */
export interface KeptSubscription {
  readonly id: string;
  readonly document: SubscriptionDocument;
  /** What the names in `q` stood for, which is kept as it was sent. */
  readonly terms: Terms;
  /** The context in which its notifications are written. */
  readonly context: ContextReference;
  /** Who made it, by caller id. */
  readonly owner: string;
  /** Whether its owner could see running services when making it. */
  readonly operator: boolean;
  /** The tenant as named by the request that made it. */
  readonly tenant?: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** What the broker counts, CIM 009 5.2.14.2. */
export interface Counters {
  timesSent: number;
  timesFailed: number;
  /** What became of the newest attempt. */
  status?: "ok" | "failed";
  /** When the newest notification was made, for throttling and intervals. */
  lastMade?: string;
  lastNotification?: string;
  lastSuccess?: string;
  lastFailure?: string;
  /** Whether somebody reads it as a stream, so that a backlog is kept. */
  streamed?: boolean;
}
