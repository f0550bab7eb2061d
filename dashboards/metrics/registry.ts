import type { Text } from "@hiraku/kernel";
import { type Metric, OWNERS } from "./metric.ts";
import { METRICS } from "./definitions/all.ts";

const BY_ID = new Map(METRICS.map((one) => [one.id, one]));

/** A metric by its id; an unknown one is a bug of a board. */
export function metricNamed(id: string): Metric {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`There is no metric '${id}'`);
  return found;
}

/** A metric that somebody typed; `undefined` when there is none of that id. */
export function metricOrNone(id: string): Metric | undefined {
  return BY_ID.get(id);
}

/** Who answers for datasets whose rows boards show and no metric reads. */
const ROWS_ONLY: Readonly<Record<string, Text>> = {
  logic_model: OWNERS.policy,
};

/** The section that answers for the rows of a table: whose metrics read it, or else its dataset. */
export function ownerOfRows(dataset: string, table: string): Text | undefined {
  const own = METRICS.filter(({ of }) => of.dataset === dataset);
  const reading = own.find(({ of }) => of.table === table) ?? own[0];
  return reading?.owner ?? ROWS_ONLY[dataset];
}
