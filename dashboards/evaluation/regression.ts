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
    infer(value, Math.sqrt(at(at(matrix, j), j)), level, degrees)
  );
}

/** Such as `cluster (CR1) by store`. */
export function nameOfErrors(spec: ErrorsSpec): string {
  if (spec.kind === "cluster") return `cluster (CR1) by ${spec.by}`;
  if (spec.kind === "newey-west") return `Newey-West, ${spec.lags} lags`;
  return spec.kind;
}
