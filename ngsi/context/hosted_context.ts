/** Namespace of the platform's own terms. */
export const NAMESPACE = "urn:hiraku:ns:";

/** Where the broker serves contexts, under the configured origin. */
export const CONTEXTS_PATH = "/ngsi-ld/v1/jsonldContexts/";
/** Where it serves its own one. */
export const HOSTED_CONTEXT_PATH = `${CONTEXTS_PATH}hiraku`;

const TERMS = `
EvacuationShelter ShelterOccupancy UsageStatistics MiniApp SchoolDistrict
SchoolAbsenceSignal ShelterNeed SurveyStatistics
nationalShelterId maxCapacity operatingMode openingStatus vacancyBand
shelter evacueeTotal evacueeHouseholds evacueeMale evacueeFemale
evacueeUnspecified evacueeInfants openedAt
refMiniApp refDistrict period activeUsers opens disclosureControl`
  .trim().split(/\s+/);

export const HOSTED_TERMS: ReadonlyMap<string, string> = new Map(
  TERMS.map((term) => [term, NAMESPACE + term]),
);

/** The document served at `HOSTED_CONTEXT_PATH`. */
export function hostedContext(): { "@context": Record<string, string> } {
  return { "@context": Object.fromEntries(HOSTED_TERMS) };
}

/** People in an open shelter, exactly. */
export const SHELTER_OCCUPANCY = `${NAMESPACE}ShelterOccupancy`;

/**
 * Types whose exact figures belong to the roles that run a service; everyone
 * else must not learn that such entities exist.
 */
export const OPERATIONAL_TYPES: readonly string[] = [
  SHELTER_OCCUPANCY,
  `${NAMESPACE}SchoolAbsenceSignal`,
];

/**
 * Types whose past is not the broker's to tell: exact figures would become
 * statistics about persons, and released ones are in versions, any of which can
 * be withdrawn.
 */
export const TYPES_WITHOUT_HISTORY: readonly string[] = [
  ...OPERATIONAL_TYPES,
  `${NAMESPACE}UsageStatistics`,
];
