/** Names of the JSON-LD context that every NGSI-LD request and answer shares, CIM 009 annex B. */
export const CORE_CONTEXT =
  "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld";

const CORE_CONTEXTS =
  /^https:\/\/uri\.etsi\.org\/ngsi-ld\/v1\/ngsi-ld-core-context(-v1\.\d)?\.jsonld$/;

/** Earlier versions name the same things, so they stand for the newest. */
export function isCoreContext(url: string): boolean {
  return CORE_CONTEXTS.test(url);
}

export const DEFAULT_VOCABULARY =
  "https://uri.etsi.org/ngsi-ld/default-context/";

const NGSI_LD = "https://uri.etsi.org/ngsi-ld/";
const GEOJSON = "https://purl.org/geojson/vocab#";

const SAME_NAME = `
Attribute AttributeList ContextSourceIdentity ContextSourceNotification
ContextSourceRegistration Date DateTime EntityMap EntityType EntityTypeInfo
EntityTypeList ExecutionResultDetails GeoProperty JsonProperty LanguageProperty
ListProperty ListRelationship Notification Property Relationship Snapshot
SnapshotNotification Subscription TemporalProperty Time VocabProperty accept
aggrParams aggrMethods aggrPeriodDuration attributeCount attributeDetails
attributeList attributeName attributeNames attributeTypes attributes attrs avg
cacheDuration collation contextSourceAlias contextSourceExtras contextSourceInfo
contextSourceTimeAt contextSourceUptime cooldown createdAt csf data datasetId
deletedAt detail distinctCount endAt endTimeAt endpoint entities entity
entityCount entityId entityList error errors expandValues expiresAt format geoQ
geoproperty georel idPattern information instanceId isActive join jsonKeys
jsonldContext jsons lang lastFailure lastN lastNotification lastSuccess
lastUsedAt linkedMaps localOnly location management managementInterval max min
mode modifiedAt ngsildproof ngsildConformance notification notificationTrigger
notifiedAt notifierInfo notUpdated observationInterval observationSpace
observedAt omit operations operationSpace orderBy ordering pick problemDetails
propertyNames q reason receiverInfo refreshRate registrationId registrationName
relationshipNames resultStatus scope scopeQ showChanges snapshotId
snapshotLifetime snapshotPriority snapshotQueries snapshotQueriesDetails
snapshotStatus snapshotTemporalQueries snapshotTemporalQueriesDetails startAt
status stddev subscriptionId subscriptionName success sum sumsq sysAttrs
temporalQ tenant throttling timeAt timeInterval timeout timeproperty timerel
timesFailed timesSent totalCount triggerReason typeList typeName typeNames
unchanged unitCode updated uri watchedAttributes`.trim().split(/\s+/);

const GEOJSON_NAMES = `
Feature FeatureCollection GeometryCollection LineString MultiLineString
MultiPoint MultiPolygon Point Polygon bbox coordinates features geometry
properties`.trim().split(/\s+/);

const OTHER_NAMES: Readonly<Record<string, string>> = {
  containedBy: `${NGSI_LD}isContainedBy`,
  dataset: `${NGSI_LD}hasDataset`,
  description: "http://purl.org/dc/terms/description",
  entityMap: `${NGSI_LD}hasEntityMap`,
  entityMapLifetime: `${NGSI_LD}hasEntityMapLifetime`,
  joinLevel: `${NGSI_LD}hasJoinLevel`,
  json: `${NGSI_LD}hasJSON`,
  key: `${NGSI_LD}hasKey`,
  languageMap: `${NGSI_LD}hasLanguageMap`,
  languageMaps: `${NGSI_LD}hasLanguageMaps`,
  langString: "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
  object: `${NGSI_LD}hasObject`,
  objectList: `${NGSI_LD}hasObjectList`,
  objectLists: `${NGSI_LD}hasObjectLists`,
  objects: `${NGSI_LD}hasObjects`,
  objectType: `${NGSI_LD}hasObjectType`,
  previousJson: `${NGSI_LD}hasPreviousJson`,
  previousLanguageMap: `${NGSI_LD}hasPreviousLanguageMap`,
  previousObject: `${NGSI_LD}hasPreviousObject`,
  previousObjectList: `${NGSI_LD}hasPreviousObjectList`,
  previousValue: `${NGSI_LD}hasPreviousValue`,
  previousValueList: `${NGSI_LD}hasPreviousValueList`,
  previousVocab: `${NGSI_LD}hasPreviousVocab`,
  splitEntities: `${NGSI_LD}hasSplitEntities`,
  title: "http://purl.org/dc/terms/title",
  value: `${NGSI_LD}hasValue`,
  valueList: `${NGSI_LD}hasValueList`,
  valueLists: `${NGSI_LD}hasValueLists`,
  values: `${NGSI_LD}hasValues`,
  valueType: `${NGSI_LD}hasValueType`,
  vocab: `${NGSI_LD}hasVocab`,
  vocabs: `${NGSI_LD}hasVocabs`,
};

export const CORE_PREFIXES: ReadonlyMap<string, string> = new Map([
  ["ngsi-ld", NGSI_LD],
  ["geojson", GEOJSON],
]);

export const CORE_TERMS: ReadonlyMap<string, string> = new Map([
  ...SAME_NAME.map((name) => [name, NGSI_LD + name] as const),
  ...GEOJSON_NAMES.map((name) => [name, GEOJSON + name] as const),
  ...Object.entries(OTHER_NAMES),
]);
