import { account } from "./catalogue/account.ts";
import { ai } from "./catalogue/ai.ts";
import { attributes } from "./catalogue/attributes.ts";
import { booking } from "./catalogue/booking.ts";
import { cityHall } from "./catalogue/city_hall.ts";
import { community } from "./catalogue/community.ts";
import { consent } from "./catalogue/consent.ts";
import { content } from "./catalogue/content.ts";
import { credential } from "./catalogue/credential.ts";
import { device } from "./catalogue/device.ts";
import { gathering } from "./catalogue/gathering.ts";
import { institution } from "./catalogue/institution.ts";
import { messaging } from "./catalogue/messaging.ts";
import { miniApp } from "./catalogue/mini_app.ts";
import { operation } from "./catalogue/operation.ts";
import { points } from "./catalogue/points.ts";
import { safety } from "./catalogue/safety.ts";
import { school } from "./catalogue/school.ts";
import { shelter } from "./catalogue/shelter.ts";
import { survey } from "./catalogue/survey.ts";
import type { EventType } from "./event_type.ts";

/** Every version of every type of event the platform takes. */
export const eventTypes = [
  ...[...account, ...attributes, ...consent, ...credential],
  ...[...content, ...messaging, ...gathering, ...survey, ...points],
  ...[...shelter, ...safety, ...cityHall, ...booking, ...community],
  ...[...school, ...device, ...ai, ...operation],
  ...[...miniApp, ...institution],
] as readonly EventType[];

/** The newest version of every type, by its name. */
export const catalogue: ReadonlyMap<string, EventType> = new Map(
  eventTypes.toSorted((a, b) => a.version - b.version)
    .map((one) => [one.type, one]),
);

const versions = Map.groupBy(eventTypes, ({ type }) => type);

/**
 * The contract that an event of a type and version is held to; the newest when
 * there is no such version.
 */
export function contractFor(
  type: string,
  version: unknown = 1,
): EventType | undefined {
  const known = versions.get(type);
  if (known === undefined || known.length === 1) return known?.[0];
  return known.find((one) => one.version === version) ?? catalogue.get(type);
}

/** Whether a pattern such as `shelter.*` or `*` covers an event type. */
export function covers(pattern: string, type: string): boolean {
  if (pattern === "*" || pattern === type) return true;
  return pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1));
}
