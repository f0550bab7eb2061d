import type { RowCounts } from "@hiraku/kernel/control";

/** What a run read and wrote, for its lineage. */
export interface RunLineage {
  readonly runId: string;
  /** Such as `miniapp_usage`. */
  readonly job: string;
  readonly municipality: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export type RunState = "START" | "COMPLETE" | "FAIL" | "ABORT";

const SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
const PRODUCER = "urn:hiraku:work";

/** An OpenLineage RunEvent (2-0-2). Row counts and nothing of any row. */
export function runEvent(
  { runId, job, municipality, inputs, outputs }: RunLineage,
  state: RunState,
  at: Date,
  rows?: RowCounts,
): Record<string, unknown> {
  const namespace = `hiraku:${municipality}`;
  return {
    eventType: state,
    eventTime: at.toISOString(),
    run: { runId: uuidOf(runId) },
    job: { namespace, name: job },
    inputs: inputs.map((name) => ({ namespace, name })),
    outputs: outputs.map((name) => ({
      namespace,
      name,
      ...(rows !== undefined && rows.rowsIn > 0 && {
        outputFacets: {
          outputStatistics: {
            _producer: PRODUCER,
            _schemaURL:
              "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json",
            rowCount: rows.landed,
          },
        },
      }),
    })),
    producer: PRODUCER,
    schemaURL: `${SCHEMA}#/definitions/RunEvent`,
  };
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The 128 bits of a ULID written as a UUID, which the specification asks for. */
export function uuidOf(ulid: string): string {
  let value = 0n;
  for (const letter of ulid) {
    value = value * 32n + BigInt(CROCKFORD.indexOf(letter));
  }
  const hex = value.toString(16).padStart(32, "0").slice(-32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
