import { CORE_CONTEXT } from "../context/core_context.ts";
import type { Names } from "../context/names.ts";
import { STREAM_ENDPOINT } from "./subscription_members.ts";
import type { Subscription } from "./subscription.ts";

const CONTEXT_RELATION = "http://www.w3.org/ns/json-ld#context";

export type Accepted =
  | "application/json"
  | "application/ld+json"
  | "application/geo+json";

/** The media type of a subscription's notifications, CIM 009 5.2.15. */
export function acceptedBy({ kept }: Pick<Subscription, "kept">): Accepted {
  return kept.document.notification.endpoint.accept ?? "application/json";
}

/** Whether the context goes into the body, CIM 009 6.3.8. */
export function carriesContext(subscription: Subscription): boolean {
  switch (acceptedBy(subscription)) {
    case "application/json":
      return false;
    case "application/ld+json":
      return true;
    case "application/geo+json":
      return !prefersPlainJson(subscription);
  }
}

function prefersPlainJson({ kept }: Subscription): boolean {
  const { receiverInfo = [] } = kept.document.notification.endpoint;
  return receiverInfo.some(({ key, value }) =>
    key.toLowerCase() === "prefer" && value.trim() === "body=json"
  );
}

/** The text of a Notification, CIM 009 5.3.1, from the texts of its entities. */
export function notificationText(
  id: string,
  subscription: Subscription,
  at: string,
  entities: Iterable<string>,
): string {
  const context = carriesContext(subscription)
    ? `"@context":${contextText(subscription.names)}`
    : undefined;
  const geojson = acceptedBy(subscription) === "application/geo+json";
  const inEach = context !== undefined && !geojson;
  const listed = [...entities]
    .map((text) => inEach ? withMember(text, context) : text).join();
  const data = geojson
    ? `{"type":"FeatureCollection","features":[${listed}]${
      context === undefined ? "" : `,${context}`
    }}`
    : `[${listed}]`;
  return `{"id":"urn:ngsi-ld:Notification:${id}","type":"Notification",` +
    `"subscriptionId":${JSON.stringify(subscription.kept.id)},` +
    `"notifiedAt":"${at}","data":${data}${inEach ? `,${context}` : ""}}`;
}

/** The headers that tell a receiver what the body is, CIM 009 6.3.8 and 6.3.14. */
export function notificationHeaders(
  subscription: Subscription,
): Record<string, string> {
  const { tenant } = subscription.kept;
  return {
    "Content-Type": acceptedBy(subscription),
    ...(carriesContext(subscription) ? {} : {
      Link:
        `<${subscription.contextUrl}>; rel="${CONTEXT_RELATION}"; type="application/ld+json"`,
    }),
    ...(tenant === undefined ? {} : { "NGSILD-Tenant": tenant }),
  };
}

// CIM 009 5.2.3: the core context is always there.
function contextText({ reference, withCore }: Names): string {
  return JSON.stringify(
    withCore ? reference : [...[reference].flat(), CORE_CONTEXT],
  );
}

/** Whether notifications are only read as a stream. */
export function isStreamOnly({ kept }: Pick<Subscription, "kept">): boolean {
  return kept.document.notification.endpoint.uri === STREAM_ENDPOINT;
}

function withMember(text: string, member: string): string {
  return text === "{}" ? `{${member}}` : `${text.slice(0, -1)},${member}}`;
}
