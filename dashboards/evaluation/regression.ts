import { Problem } from "@hiraku/kernel";
import { covariance, type Errors } from "./covariance.ts";
import { at, type Fit } from "./least_squares.ts";
import { infer, type Inference } from "./quantiles.ts";
import type { ErrorsSpec } from "./spec.ts";
import type { Frame } from "./table.ts";

/** Errors for the rows of a frame, with the number of clusters. */
export function errorsOf(
  frame: Frame,
  spec: ErrorsSpec,
): { errors: Errors; clusters: number | null } {
  if (spec.kind === "newey-west") {
    if (spec.lags >= frame.n) {
      throw new Problem("BadRequestData", "errors.lags: not below the rows");
    }
    const order = frame.numbers("errors.order", spec.order);
    if (order.some((value, i) => i > 0 && value <= at(order, i - 1))) {
      throw new Problem(
        "BadRequestData",
        `errors.order: the rows do not rise by '${spec.order}'`,
      );
    }
    return { errors: spec, clusters: null };
  }
  if (spec.kind !== "cluster") return { errors: spec, clusters: null };
  const clusters = frame.texts("errors.by", spec.by);
  const count = new Set(clusters).size;
  if (count < 2) {
    throw new Problem("BadRequestData", "errors.by: fewer than two clusters");
  }
  return { errors: { kind: "cluster", clusters }, clusters: count };
}

/** The columns that errors read, to be complete in every row. */
export function columnsOfErrors(spec: ErrorsSpec): [string, string][] {
  if (spec.kind === "cluster") return [["errors.by", spec.by]];
  if (spec.kind === "newey-west") return [["errors.order", spec.order]];
  return [];
}

/** Inference for every coefficient; t with G − 1 for clusters, else n − k. */
export function inferAll(
  fit: Fit,
  errors: Errors,
  level: number,
): Inference[] {
  const matrix = covariance(fit, errors);
  const degrees = errors.kind === "cluster"
    ? new Set(errors.clusters).size - 1
    : fit.n - fit.k;
  return fit.coefficients.map((value, j) =>
    // Rounding must not make a variance of nought negative.
    infer(value, Math.sqrt(Math.max(0, at(at(matrix, j), j))), level, degrees)
  );
}

/** Of a clustered error against the classical one: nothing but rounding. */
const EMPTY = 1e-9;

/**
 * Refuses clusters whose residuals add up to nought each, as where treatment is
 * one cluster of two: their error is none, however much the rows are off.
 */
export function refuseEmptyClusters(
  fit: Fit,
  errors: Errors,
  place: number,
  field = "errors.by",
): void {
  if (errors.kind !== "cluster") return;
  const error = (of: Errors) =>
    Math.sqrt(at(at(covariance(fit, of), place), place));
  const classical = error({ kind: "classical" });
  if (classical === 0 || error(errors) > EMPTY * classical) return;
  throw new Problem(
    "BadRequestData",
    `${field}: too few clusters to leave an error by which the estimate could be judged`,
  );
}

/** What is said where rows fix a coefficient, so that they have no residual. */
export function aloneWarnings(fit: Fit, errors: Errors): string[] {
  const alone = fit.leverages.filter((one) => 1 - one < 1e-10).length;
  return alone === 0 || errors.kind === "classical" ? [] : [
    `${alone} rows alone fix a coefficient; the error leaves out what is their own`,
  ];
}

/** Such as `cluster (CR1) by store`. */
export function nameOfErrors(spec: ErrorsSpec): string {
  if (spec.kind === "cluster") return `cluster (CR1) by ${spec.by}`;
  if (spec.kind === "newey-west") return `Newey-West, ${spec.lags} lags`;
  return spec.kind;
}
