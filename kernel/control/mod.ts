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
export { audit, type AuditEntry } from "./audit.ts";
export { suppressedSubjects } from "./suppression.ts";
