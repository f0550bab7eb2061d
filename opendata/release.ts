import type { Municipality } from "@hiraku/kernel";
import type { Dataset, ExactTables } from "./dataset.ts";
import type { Certificate } from "./disclosure/certificate.ts";
import type { VersionWitnesses } from "./disclosure/published/version_witnesses.ts";
import type { ReleaseReport } from "./disclosure/release_report.ts";
import { protect } from "./disclosure/protect.ts";
import type { ReleaseContext } from "./release_context.ts";
import type { ReleasedRow } from "./released_row.ts";

declare const released: unique symbol;

/** A family of tables that passed disclosure control. Only `release()` can make one. */
export interface Released<D extends Dataset = Dataset> {
  readonly [released]: true;
  readonly dataset: D;
  readonly municipality: Municipality;
  readonly tables: Readonly<Record<string, readonly ReleasedRow[]>>;
  readonly certificate: Certificate;
  /** Absent when nothing is withheld. */
  readonly witnesses?: VersionWitnesses;
  /** For the officer; it never leaves the installation. */
  readonly report: ReleaseReport;
}

/**
 * The one gate between exact figures and the public. `tables` holds exact
 * rows of all periods known (zero rows may be left out: the grid of every
 * district, age group and live mini-app is completed here); a breakdown must
 * add up to its total. Throws an `Error` when rows do not fit their schema, a
 * period has not ended, or a breakdown of a new period does not add up.
 */
export function release<D extends Dataset>(
  dataset: D,
  tables: ExactTables<D>,
  context: ReleaseContext,
): Released<D> {
  const protectedFamily = protect(dataset, tables, context);
  return {
    dataset,
    municipality: context.municipality,
    ...protectedFamily,
  } as Released<D>;
}
