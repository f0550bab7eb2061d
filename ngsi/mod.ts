export { type Broker, openBroker } from "./broker.ts";
export { type Brokers, DEFAULT_TENANT, openBrokers } from "./brokers.ts";
export { CONTEXT_KINDS, type ContextKind } from "./context/context_tables.ts";
export type { ContextDetails, Contexts } from "./context/contexts.ts";
export { defaultNames } from "./context/default_names.ts";
export type { ContextSources } from "./context/context_source.ts";
export { preloadContexts } from "./context/preloaded_contexts.ts";
export { CORE_CONTEXT, isCoreContext } from "./context/core_context.ts";
export {
  CONTEXTS_PATH,
  HOSTED_CONTEXT_PATH,
  hostedContext,
  OPERATIONAL_TYPES,
  SHELTER_OCCUPANCY,
} from "./context/hosted_context.ts";
export type { ContextReference, Names } from "./context/names.ts";
export {
  attributeInfo,
  attributeList,
  attributes,
  entityTypeInfo,
  entityTypeList,
  entityTypes,
} from "./discovery/available.ts";
export type { ReadEntities } from "./entity/batch_reader.ts";
export type { Entity } from "./entity/entity.ts";
export { firstExpiry } from "./entity/expiry.ts";
export type {
  BatchOutcome,
  EntityOperations,
  MayWrite,
} from "./entity/entity_operations.ts";
export {
  readAttributePatch,
  readPatch,
  readReplacement,
} from "./entity/merge.ts";
export { asOfVersion, NEWEST_MINOR } from "./entity/earlier_version.ts";
export { readAttributeName } from "./entity/attribute_name.ts";
export type { PatchForm } from "./entity/patch_instance.ts";
export { checkDateTime as readDateTime } from "./entity/value.ts";
export type { Purge } from "./entity/purge.ts";
export {
  type EntityDraft,
  type EntityFragment,
  readEntity,
  readFragment,
  readId,
} from "./entity/read_entity.ts";
export { renderEntity, renderText } from "./entity/render_entity.ts";
export {
  LOCATION,
  renderFeature,
  renderFeatures,
} from "./entity/render_geojson.ts";
export {
  type Linked,
  type Representation,
  REPRESENTATIONS,
  shows,
  type View,
  viewBehind,
} from "./entity/view.ts";
export type {
  EntityFilter,
  EntityPage,
  EntityQuery,
  Explained,
  Selector,
} from "./query/entity_query.ts";
export type {
  EntityReads,
  OperationalRead,
  Roles,
} from "./query/entity_reads.ts";
export {
  type GeoQuery,
  type GeoQueryParts,
  readGeoQuery,
} from "./query/geo_query.ts";
export { type OrderingParts, readOrdering } from "./query/ordering.ts";
export { parseQ } from "./query/parse_q.ts";
export { parsePattern } from "./query/pattern.ts";
export {
  parseProjection,
  type Projection,
  projectionDepth,
} from "./query/projection.ts";
export { asksForAttribute, linkDepth, type Q } from "./query/q.ts";
export { parseScopeQuery, type ScopeQuery } from "./query/scope_query.ts";
export { linkedIds } from "./query/target.ts";
export {
  matchesTypes,
  parseTypeSelection,
  type TypeSelection,
} from "./query/type_selection.ts";
export { type Evolutions, type WhichInstances } from "./temporal/evolutions.ts";
export {
  type EvolutionAnswer,
  type EvolutionQuery,
  type EvolutionRequest,
  queryEvolutions,
  retrieveEvolution,
} from "./temporal/evolution_reads.ts";
export type { HistoryOptions } from "./temporal/history.ts";
export { SCOPE } from "./temporal/history_tables.ts";
export {
  readAttributeInstance,
  readEvolution,
  readEvolutionFragment,
} from "./temporal/read_evolution.ts";
export {
  readEvolutionQuery,
  readRetrieval,
  selectorOf,
  type TemporalAsked,
  type TemporalSent,
} from "./temporal/read_request.ts";
export {
  renderAggregated,
  renderEvolution,
  renderTemporalValues,
} from "./temporal/render_evolution.ts";
export { carryOver } from "./link/carry_over.ts";
export { followedBefore } from "./link/followed.ts";
export {
  checkLinkNames,
  inwardNames,
  outsideContext,
  outwardNames,
} from "./link/link_names.ts";
export {
  type Due,
  due,
  lastHeard,
  postpone,
  putAllOut,
  putOut,
  settle,
  waitingCount,
} from "./link/link_outbox.ts";
export { type LinkStores, linkStores } from "./link/link_stores.ts";
export {
  clearLink,
  type LinkStore,
  openLinkStore,
} from "./link/link_tables.ts";
export type { Refusal } from "./link/read_followed.ts";
export {
  type Following,
  takeIn,
  type TakenIn,
  takeOut,
} from "./link/take_in.ts";
export {
  checkedLookup,
  checkOutboundUrl,
  OutboundRefused,
  type OutboundRules,
  PUBLIC_ONLY,
} from "./outbound.ts";
export type { StreamEvent } from "./subscription/backlog.ts";
export type { DeadLetter } from "./subscription/dead_letters.ts";
export { isNotificationId } from "./subscription/notification_ids.ts";
export type { Subscription } from "./subscription/subscription.ts";
export { STREAM_ENDPOINT } from "./subscription/subscription_members.ts";
export type { NotificationStream } from "./subscription/notifier.ts";
export {
  type Subscriber,
  type SubscriptionPage,
  Subscriptions,
} from "./subscription/subscriptions.ts";
