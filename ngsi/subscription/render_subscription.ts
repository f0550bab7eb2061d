import type { ContextReference, Names } from "../context/names.ts";
import { renamed } from "./kept_terms.ts";
import {
  DEFAULT_TRIGGERS,
  statusOf,
  type Subscription,
} from "./subscription.ts";
import type {
  Counters,
  SubscriptionDocument,
} from "./subscription_document.ts";

/** A subscription as CIM 009 5.2.12 shows it, without `@context`, its names compacted. */
export function renderSubscription(
  { kept, counters, contextUrl }: Subscription,
  names: Names,
  now: string,
  sysAttrs = false,
): Record<string, unknown> {
  const { document, id } = kept;
  const { entities, watchedAttributes, geoQ, expandValues, jsonKeys } =
    document;
  const short = (name: string) => names.compact(name);
  return {
    id,
    type: "Subscription",
    ...document,
    ...(entities && {
      entities: entities.map((one) => ({
        ...one,
        type: renamed(one.type, short),
      })),
    }),
    ...(watchedAttributes &&
      { watchedAttributes: watchedAttributes.map(short) }),
    ...(geoQ?.geoproperty && {
      geoQ: { ...geoQ, geoproperty: short(geoQ.geoproperty) },
    }),
    ...(expandValues && { expandValues: renamed(expandValues, short) }),
    ...(jsonKeys && { jsonKeys: renamed(jsonKeys, short) }),
    notificationTrigger: document.notificationTrigger ?? DEFAULT_TRIGGERS,
    ...implicitContext(kept.context, contextUrl),
    notification: notification(document.notification, counters, short),
    status: statusOf(kept, now),
    ...(sysAttrs
      ? { createdAt: kept.createdAt, modifiedAt: kept.modifiedAt }
      : {}),
  };
}

/** Where a context that came without an address of its own can be read. */
function implicitContext(
  sent: ContextReference,
  jsonldContext: string,
): { jsonldContext?: string } {
  return [sent].flat().includes(jsonldContext) ? {} : { jsonldContext };
}

// CIM 009 5.2.14.2: what has not happened is left out.
function notification(
  params: SubscriptionDocument["notification"],
  counters: Counters,
  short: (name: string) => string,
): Record<string, unknown> {
  const { attributes, pick, omit } = params;
  const { timesSent, timesFailed, status } = counters;
  const { lastNotification, lastSuccess, lastFailure } = counters;
  return {
    ...params,
    ...(attributes && { attributes: attributes.map(short) }),
    ...(pick && { pick: pick.map((text) => renamed(text, short)) }),
    ...(omit && { omit: omit.map((text) => renamed(text, short)) }),
    ...(status && { status }),
    ...(timesSent > 0 ? { timesSent } : {}),
    ...(timesFailed > 0 ? { timesFailed } : {}),
    ...(lastNotification && { lastNotification }),
    ...(lastSuccess && { lastSuccess }),
    ...(lastFailure && { lastFailure }),
  };
}
