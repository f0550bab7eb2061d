export { evaluate } from "./evaluate.ts";
export type { Assumption, Evaluation, EvidenceLevel } from "./evaluation.ts";
export { readTable, type Table } from "./table.ts";
