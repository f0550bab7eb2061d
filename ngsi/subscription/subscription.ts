import type { Names } from "../context/names.ts";
import type { View } from "../entity/view.ts";
import { parseProjection, projectionDepth } from "../query/projection.ts";
import { type CompiledQuery, compileQuery } from "./compile_query.ts";
import { IRIS } from "./kept_terms.ts";
import type {
  Counters,
  KeptSubscription,
  SubscriptionDocument,
} from "./subscription_document.ts";
import type { Trigger } from "./subscription_members.ts";

/** How relationships are followed in notifications, CIM 009 4.5.23. */
export interface Join {
  readonly kind: "flat" | "inline";
  readonly level: number;
}

/** A subscription in use. */
export interface Subscription {
  readonly kept: KeptSubscription;
  readonly query: CompiledQuery;
  readonly watched: ReadonlySet<string> | undefined;
  /** CIM 009 5.2.12, "entityUpdated" resolved. */
  readonly triggers: ReadonlySet<Trigger>;
  readonly view: View;
  readonly join: Join | undefined;
  /** What notifications are written with. */
  readonly names: Names;
  /** Where their context can be read. */
  readonly contextUrl: string;
  /** Changed in place as notifications are made and sent. */
  readonly counters: Counters;
}

export const DEFAULT_TRIGGERS: readonly Trigger[] = [
  "attributeCreated",
  "attributeUpdated",
];
const UPDATES: readonly Trigger[] = [
  "attributeCreated",
  "attributeUpdated",
  "attributeDeleted",
];

export function useSubscription(
  kept: KeptSubscription,
  { names, contextUrl }: Pick<Subscription, "names" | "contextUrl">,
  counters: Counters,
): Subscription {
  const { document, terms } = kept;
  const { notificationTrigger = DEFAULT_TRIGGERS, watchedAttributes } =
    document;
  return {
    kept,
    query: compileQuery(document, terms),
    watched: watchedAttributes && new Set(watchedAttributes),
    triggers: new Set(
      notificationTrigger.flatMap((one) =>
        one === "entityUpdated" ? UPDATES : one
      ),
    ),
    view: viewOf(document),
    join: joinOf(document),
    names,
    contextUrl,
    counters,
  };
}

/** Whether a DateTime is over; both may have a fraction or not. */
export function isPast(dateTime: string | undefined, now: string): boolean {
  return dateTime !== undefined && Date.parse(dateTime) <= Date.parse(now);
}

export type Status = "active" | "paused" | "expired";

/** CIM 009 5.8.1.4 and 5.8.2.4 */
export function statusOf({ document }: KeptSubscription, now: string): Status {
  if (isPast(document.expiresAt, now)) return "expired";
  return document.isActive === false ? "paused" : "active";
}

/** How its notifications show entities. Throws `BadRequestData`. */
export function viewOf(
  { notification, datasetId, lang }: SubscriptionDocument,
): View {
  const { format = "normalized", sysAttrs = false } = notification;
  const { attributes, pick, omit } = notification;
  // CIM 009 5.2.14: like pick, but id, type and scope are always there.
  const picked = attributes === undefined
    ? pick
    : ["id", "type", "scope", ...attributes];
  return {
    representation: format === "keyValues" ? "simplified" : format,
    sysAttrs,
    ...(picked && { pick: parseProjection(picked.join(), IRIS, "pick") }),
    ...(omit && { omit: parseProjection(omit.join(), IRIS, "omit") }),
    ...(lang === undefined ? {} : { lang }),
    ...(datasetId && { datasets: new Set(datasetId) }),
  };
}

function joinOf({ notification }: SubscriptionDocument): Join | undefined {
  const { join = "@none", joinLevel = 1, pick } = notification;
  if (join === "@none") return undefined;
  const deepest = pick
    ? projectionDepth(parseProjection(pick.join(), IRIS, "pick"))
    : 0;
  return { kind: join, level: Math.max(joinLevel, deepest) };
}
