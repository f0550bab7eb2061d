export { describe, evaluate } from "./evaluate.ts";
export type { Description } from "./description.ts";
export type { Assumption, Evaluation, EvidenceLevel } from "./evaluation.ts";
export { readTable, type Table } from "./table.ts";
export { minimumDetectable, neededFor, type Plan } from "./power.ts";
