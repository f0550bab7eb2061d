import type { ShelterState } from "../shelter_states.ts";
import type { SentEntity } from "./broker_client.ts";

/** How full a shelter is, as the public sees it: 空き, やや混雑, 満員. */
export type VacancyBand = "vacant" | "crowded" | "full";

/** The band that stands at the broker and when it was set there. */
export interface ShownBand {
  readonly band: VacancyBand;
  readonly since: Date;
}

/** So that nobody can follow single arrivals from outside. */
export const BAND_STANDS_MS = 60_000;
const CROWDED_FROM = 0.7;

/** The band of a shelter in service; none without a known capacity. */
export function vacancyBand(state: ShelterState): VacancyBand | undefined {
  const { status, occupancy, capacity } = state;
  if (occupancy === undefined || capacity === undefined) return undefined;
  const { people } = occupancy;
  if (status === "full" || people >= capacity) return "full";
  return people >= capacity * CROWDED_FROM ? "crowded" : "vacant";
}

/**
 * The band to show now: a new one waits until the one before has stood for a
 * minute. Opening and closing do not wait.
 */
export function bandToShow(
  state: ShelterState,
  shown: ShownBand | undefined,
  now: Date,
): ShownBand | undefined {
  const band = vacancyBand(state);
  if (band === undefined) return undefined;
  if (shown === undefined) return { band, since: now };
  const stood = now.getTime() - shown.since.getTime();
  return band === shown.band || stood < BAND_STANDS_MS
    ? shown
    : { band, since: now };
}

export function shelterEntityId({ shelterId }: ShelterState): string {
  return `urn:ngsi-ld:EvacuationShelter:${encodeURIComponent(shelterId)}`;
}

export function occupancyEntityId({ shelterId }: ShelterState): string {
  return `urn:ngsi-ld:ShelterOccupancy:${encodeURIComponent(shelterId)}`;
}

/** What everyone may know; nothing in it changes with a single arrival. */
export function shelterEntity(
  state: ShelterState,
  shown: ShownBand | undefined,
): SentEntity {
  return {
    id: shelterEntityId(state),
    type: "EvacuationShelter",
    name: { languageMap: state.name },
    nationalShelterId: state.shelterId,
    ...(state.position === undefined
      ? {}
      : { location: { type: "Point", coordinates: state.position } }),
    ...(state.capacity === undefined ? {} : { maxCapacity: state.capacity }),
    operatingMode: state.mode,
    openingStatus: state.status,
    ...(shown === undefined ? {} : {
      vacancyBand: { value: shown.band, observedAt: shown.since.toISOString() },
    }),
  };
}

/** Exact figures, for the roles that run the service; none once it has closed. */
export function occupancyEntity(state: ShelterState): SentEntity | undefined {
  if (state.occupancy === undefined) return undefined;
  const { people, parties, observedAt, openedAt } = state.occupancy;
  const { male, female, unspecified, infants } = state.occupancy;
  return {
    id: occupancyEntityId(state),
    type: "ShelterOccupancy",
    shelter: { object: shelterEntityId(state) },
    operatingMode: state.mode,
    evacueeTotal: { value: people, observedAt },
    evacueeHouseholds: { value: parties, observedAt },
    evacueeMale: { value: male, observedAt },
    evacueeFemale: { value: female, observedAt },
    evacueeUnspecified: { value: unspecified, observedAt },
    evacueeInfants: { value: infants, observedAt },
    ...(openedAt !== undefined && {
      openedAt: { value: { "@type": "DateTime", "@value": openedAt } },
    }),
  };
}
