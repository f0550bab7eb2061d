export { type Control, openControl } from "./open.ts";
export type { ControlTables, RunOutcome } from "./tables.ts";
export {
  closeOrphanedRuns,
  finishRun,
  lastRuns,
  NO_ROWS,
  type RowCounts,
  type Run,
  startRun,
} from "./run.ts";
export {
  type Command,
  type CommandState,
  commandState,
  finishCommand,
  reportProgress,
  requestCommand,
  takeCommand,
} from "./command.ts";
export {
  addCounts,
  type Count,
  type CounterKind,
  countsOf,
} from "./counter.ts";
export {
  audit,
  type AuditEntry,
  type AuditLine,
  auditLines,
  rolesHeld,
} from "./audit.ts";
export {
  type AssetStatus,
  assetStatuses,
  type QuarantineCount,
  quarantineCounts,
  recordQuarantine,
  recordStatuses,
} from "./asset_status.ts";
export { breakLeases, type Lease, takeLease } from "./lease.ts";
export {
  changeRegister,
  type RegisterChange,
  registerEntries,
  type RegisterEntry,
  registerHistory,
  type RegisterPlace,
  registerRevision,
} from "./register.ts";
export { suppressedSubjects } from "./suppression.ts";
export {
  addLink,
  askForReplay,
  enableLink,
  findLink,
  forgetLink,
  isLinkToken,
  issueLinkToken,
  type Link,
  LINK_FAILURES,
  type LinkDirection,
  type LinkFailureKind,
  type LinkStatus,
  listLinks,
  type NewLink,
  recordLinkStatus,
  removeLink,
  revokeLinkToken,
} from "./link.ts";
export {
  isLinkKey,
  type LinkKey,
  readLinkKey,
  removeLinkKey,
  writeLinkKey,
} from "./link_key.ts";
export {
  type Certificate,
  type Erasure,
  findErasure,
  finishErasure,
  listErasures,
  requestErasure,
} from "./erasure.ts";
export {
  addAudience,
  type Audience,
  type AudienceChange,
  audienceChanges,
  countMembers,
  findAudience,
  forgetChanges,
  listAudiences,
  membersOf,
  type NewAudience,
  OVERRIDE_REASONS,
  type OverrideReason,
  removeAudience,
  setMembers,
} from "./audience.ts";
export { type Downloads, openDownloads } from "./download.ts";
export { addFeedback, type Feedback, feedbackOf } from "./feedback.ts";
export {
  addCutRequest,
  answerCutRequest,
  type CutRequest,
  cutRequest,
  cutRequests,
  recordCutPreview,
  type WantedCut,
} from "./cut_request.ts";
export {
  addReportSchedule,
  claimDelivery,
  deliveriesOf,
  type Delivery,
  finishDelivery,
  type NewSchedule,
  pauseReportSchedule,
  removeReportSchedule,
  type ReportSchedule,
  reportSchedule,
  reportSchedules,
} from "./report_schedule.ts";
