import { bad } from "../entity/value.ts";
import type { SubscriptionDocument } from "./subscription_document.ts";

/** Throws `BadRequestData` unless the members fit together, CIM 009 5.2.12 and 5.2.14. */
export function checkTogether(document: SubscriptionDocument): void {
  const { entities, watchedAttributes, localOnly } = document;
  if (localOnly !== true && (entities ?? watchedAttributes) === undefined) {
    throw bad("entities", "missing, as are watchedAttributes");
  }
  if (
    localOnly === false && entities?.some(({ type }) => type === "*")
  ) {
    throw bad("localOnly", "every type is of local scope");
  }
  checkInterval(document);
  checkNotification(document.notification);
}

function checkInterval(
  { timeInterval, watchedAttributes, throttling, entities, localOnly }:
    SubscriptionDocument,
): void {
  if (timeInterval === undefined) return;
  if (watchedAttributes !== undefined) {
    throw bad("timeInterval", "not together with watchedAttributes");
  }
  if (throttling !== undefined) {
    throw bad("timeInterval", "not together with throttling");
  }
  if (localOnly !== true && entities === undefined) {
    throw bad("timeInterval", "needs entities");
  }
}

function checkNotification(
  { attributes, pick, omit, format, showChanges, endpoint }:
    SubscriptionDocument["notification"],
): void {
  if (attributes !== undefined && (pick ?? omit) !== undefined) {
    throw bad("notification.attributes", "not together with pick or omit");
  }
  if (pick?.some((member) => omit?.includes(member))) {
    throw bad("notification.omit", "names what is picked");
  }
  const simple = format === "simplified" || format === "keyValues";
  if (showChanges && simple) {
    throw bad("notification.showChanges", "not in a simplified format");
  }
  const geojson = endpoint.accept === "application/geo+json";
  if (geojson && /^mqtts?:/i.test(endpoint.uri)) {
    throw bad("notification.endpoint.accept", "MQTT carries JSON and JSON-LD");
  }
}
