export {
  type AnyTable,
  type Dataset,
  dataset,
  type ExactTables,
  type Rule,
  table,
  type Tables,
} from "./dataset.ts";
export { about, type Column, columnOf } from "./column.ts";
export {
  type Breakdown,
  BREAKDOWN_NAMES,
  breakdownOf,
  type Family,
  isOfNobody,
} from "./family.ts";
export { aiGuide } from "./datasets/ai_guide.ts";
export { appUse } from "./datasets/app_use.ts";
export { cityServices } from "./datasets/city_services.ts";
export { communityActivity } from "./datasets/community_activity.ts";
export { consentStatus } from "./datasets/consent_status.ts";
export { costsShared } from "./datasets/costs_shared.ts";
export { counterQueues } from "./datasets/counter_queues.ts";
export { environment } from "./datasets/environment.ts";
export { eventAttendance } from "./datasets/event_attendance.ts";
export { issueReports } from "./datasets/issue_reports.ts";
export { kpi } from "./datasets/kpi.ts";
export { pointsDataset } from "./datasets/points.ts";
export { MONTHS_FOLLOWED, retention } from "./datasets/retention.ts";
export { schoolAbsence } from "./datasets/school_absence.ts";
export { serviceCatalogue } from "./datasets/service_catalogue.ts";
export { shelterRecord } from "./datasets/shelter_record.ts";
export { support } from "./datasets/support.ts";
export { surveyResults } from "./datasets/survey_results.ts";
export { contentUse } from "./datasets/content_use.ts";
export { credentials } from "./datasets/credentials.ts";
export { logicModel } from "./datasets/logic_model.ts";
export { messages } from "./datasets/messages.ts";
export { registration } from "./datasets/registration.ts";
export { miniappUsage } from "./datasets/miniapp_usage.ts";
export { miniappRanking } from "./datasets/miniapp_ranking.ts";
export { population } from "./datasets/population.ts";
export { registrantsDataset as registrants } from "./datasets/registrants.ts";
export { ReleasedRow, Status } from "./released_row.ts";
export { release, type Released } from "./release.ts";
export type {
  OtherDataset,
  PreviousTables,
  ReleaseContext,
} from "./release_context.ts";
export type { Certificate } from "./disclosure/certificate.ts";
export { MERGED } from "./disclosure/areas.ts";
export { type FileEntry, Manifest, type TableEntry } from "./manifest.ts";
export { publish, withdraw } from "./publish.ts";
export type { Publication, PublishOptions } from "./write_version.ts";
export { NewestTables } from "./newest_tables.ts";
export {
  isPublic,
  latestVersion,
  listVersions,
  openVersion,
  previousTables,
  type PublishedVersion,
  readTable,
} from "./released_folder.ts";
export { csvText } from "./formats/csv.ts";
export { codeName, isCoded, nameOf } from "./code_name.ts";
export { MODE_NAMES } from "./column.ts";
export { type Mark, type Medium, withheldMark } from "./formats/mark.ts";
export { DATASETS } from "./datasets/all.ts";
export { addresses, licenceAddress } from "./catalogue/addresses.ts";
export {
  datasetNode,
  dcatCatalogue,
  odsTags,
  type Page,
} from "./catalogue/dcat.ts";
export { RDF_TYPES, type RdfFormat, rdfText } from "./catalogue/rdf.ts";
export { openShelf, type Shelf } from "./catalogue/shelf.ts";
export { type Card, type Facet, FACETS } from "./catalogue/card.ts";
export { search, type Sought } from "./catalogue/search.ts";
export { atomFeed, newsOfCard, newsOfVersion } from "./catalogue/feed.ts";
export { markChange } from "./catalogue/change_mark.ts";
export { harvest, harvestAll, type Harvested } from "./harvest/harvest.ts";
export { checkHarvestUrl, type HarvestRules } from "./harvest/read_json.ts";
export { type SearchElsewhere, searchElsewhere } from "./harvest/elsewhere.ts";
export {
  findSource,
  keepSource,
  listSources,
  removeSource,
  Source as HarvestSource,
} from "./harvest/source.ts";
export { robots, sitemap } from "./catalogue/sitemap.ts";
export { CkanRefusal, type Parameters } from "./ckan/action.ts";
export { ACTION_NAMES, ckanAction } from "./ckan/actions.ts";
export { recordsOf, resourceOf } from "./ckan/datastore.ts";
export { descriptorsOf } from "./descriptors/descriptor_of.ts";
export { namesBeside } from "./write_version.ts";
export {
  datasetEntity,
  SHEET_ENTITY_TYPES,
  sheetEntities,
  type SheetEntity,
} from "./standard/sheet_entities.ts";
export { hasGeography } from "./formats/places.ts";
export { resourceId } from "./ckan/identity.ts";
export {
  FontSheet,
  inLanguage,
  Layout,
  type LayoutProps,
} from "./pages/layout.tsx";
export { Withheld } from "./pages/withheld.tsx";
export {
  CARDS_A_PAGE,
  CataloguePage,
  facetNames,
} from "./pages/catalogue_page.tsx";
export { CodebookPage } from "./pages/codebook_page.tsx";
export { RequestPage } from "./pages/request_page.tsx";
export { DatasetPage } from "./pages/dataset_page.tsx";
export { ProtectionPage } from "./pages/protection_page.tsx";
export { ruleText } from "./pages/protection.tsx";
export { asOperational, type Operational } from "./operational.ts";
export {
  entriesOf,
  type EntryFault,
  putEntries,
  putEntry,
  readEntry,
  type Register,
} from "./registers/register.ts";
export { cellKind, fromCell, toCell } from "./registers/cell.ts";
export {
  importRegister,
  registerFile,
  type RegisterImport,
} from "./registers/register_file.ts";
export {
  keepOutlines,
  LARGEST_OUTLINES,
  OUTLINES,
  type OutlineSheet,
  outlineSheet,
  pointsOf,
  readOutlines,
  withOutlines,
} from "./registers/outlines.ts";
export { registered } from "./registers/registered.ts";
export { registerNamed, REGISTERS } from "./registers/all.ts";
export { evaluations } from "./registers/evaluations.ts";
export { queries } from "./registers/queries.ts";
export {
  type QueryVersion,
  queryVersions,
  type SavedQuery,
} from "./registers/query_versions.ts";
export { wellbeing, WELLBEING_FACTORS } from "./registers/wellbeing.ts";
export { logicLinks, logicNodes, targets } from "./registers/logic.ts";
export { aims, contracts, purposes } from "./registers/law.ts";
export { articles, cameras, collections, gauges } from "./registers/places.ts";
export {
  costs,
  events,
  functions,
  lotteries,
  milestones,
  pointRules,
  surveys,
} from "./registers/programmes.ts";
export {
  channels,
  counters,
  miniApps,
  procedures,
  providers,
  staffTimes,
} from "./registers/services.ts";
export { LADDER, threshold } from "./disclosure/rules/ladder.ts";
export {
  auditFiles,
  type AuditOptions,
  protectFiles,
  verifyFiles,
} from "./disclosure/files/on_disk.ts";
export type { Audit, AuditedCell } from "./disclosure/files/audit_release.ts";
export type { Report } from "./disclosure/files/report.ts";
export {
  type Verdict,
  verifyCertificate,
} from "./disclosure/files/verify_certificate.ts";
export {
  describe,
  type Described,
  factsOf,
} from "./disclosure/files/read_family.ts";
export { Budget, type Reservation } from "./disclosure/noise/budget.ts";
export { boundContributions } from "./disclosure/noise/bound_contributions.ts";
export { chooseMethod } from "./disclosure/noise/choose_method.ts";
export {
  answer as answerFromCube,
  type CubeOrder,
  measureCube,
  measurementText,
  type NoisyCube,
} from "./disclosure/noise/noisy_cube.ts";
export { systemBytes } from "./disclosure/noise/random_bytes.ts";
export {
  discreteGaussian,
  discreteLaplace,
  fraction,
} from "./disclosure/noise/sample.ts";
export { epsilonOf } from "./disclosure/noise/zcdp.ts";
export {
  checkFile,
  type CheckOptions,
  type FileReport,
  sheetNumbered,
} from "./check/check_file.ts";
export type { Correction } from "./check/correct.ts";
export {
  decoded,
  isSpreadsheet,
  letter,
  sheetsIn,
} from "./check/file_bytes.ts";
export { type Finding, looksPersonal, type Severity } from "./check/finding.ts";
export {
  addDraft,
  addLinesAsDraft,
  dropDraft,
  findDraft,
  listDrafts,
  type Preview,
  previewOf,
  type SheetDraft,
} from "./standard/sheet_draft.ts";
export {
  type StandardDataset,
  standardDataset,
} from "./standard/standard_dataset.ts";
export { approve, publishStandard } from "./standard/publish_standard.ts";
export { refreshOpenDataList } from "./standard/open_data_list.ts";
export { eventLines } from "./standard/event_lines.ts";
export { SHEETS } from "./check/sheets/all.ts";
export { freezeCube } from "./cubes/freeze_cube.ts";
export type { PersonUsed } from "./cubes/bounded_use.ts";
export {
  cubeBudgets,
  frozenMonths,
  monthsToMeasure,
  readCube,
  type YearsBudget,
} from "./cubes/read_cube.ts";
export { lastSettledMonth } from "./cubes/settled_month.ts";
export type { Counted, FrozenCube, FrozenTable } from "./cubes/use_cube.ts";
export {
  type QueryAnswer,
  type QuerySource,
  runQuery,
} from "./query/run_query.ts";
export { QueryFormat } from "./query/order.ts";
export { type ReleaseReport } from "./disclosure/release_report.ts";
export { keepReport, reportOfVersion } from "./release_reports.ts";
export {
  CutPreview,
  dimensionsOfCut,
  familiesOf,
  previewCut,
  withCut,
} from "./cut.ts";
