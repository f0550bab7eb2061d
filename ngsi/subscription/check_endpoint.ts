import { bad } from "../entity/value.ts";
import { checkOutboundUrl, type OutboundRules } from "../outbound.ts";
import { readMqttTarget } from "./mqtt_target.ts";
import type { Endpoint } from "./subscription_document.ts";
import { STREAM_ENDPOINT } from "./subscription_members.ts";

// RFC 9110 5.6.2 and 5.5
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** What belongs to the connection or is said by the broker itself. */
const OWN_HEADERS: readonly string[] = [
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "link",
  "ngsild-tenant",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Throws `BadRequestData` unless notifications can and may go there. */
export function checkEndpoint(endpoint: Endpoint, rules: OutboundRules): void {
  if (endpoint.uri === STREAM_ENDPOINT) return;
  const url = new URL(endpoint.uri);
  try {
    checkOutboundUrl(url, rules);
  } catch {
    throw bad("notification.endpoint.uri", "not a public address");
  }
  if (url.protocol.startsWith("mqtt")) {
    readMqttTarget(endpoint);
    return;
  }
  if (url.username !== "" || url.password !== "") {
    throw bad("notification.endpoint.uri", "put credentials in receiverInfo");
  }
  for (const { key, value } of endpoint.receiverInfo ?? []) {
    const fits = HEADER_NAME.test(key) && HEADER_VALUE.test(value);
    if (!fits || OWN_HEADERS.includes(key.toLowerCase())) {
      throw bad("notification.endpoint.receiverInfo", "not a header to send");
    }
  }
}
