import { Problem } from "@hiraku/kernel";
import type { z } from "zod";
import { evaluateDid } from "./did.ts";
import type { Evaluation } from "./evaluation.ts";
import { evaluateIts } from "./its.ts";
import { evaluateOls } from "./ols.ts";
import { evaluateRd } from "./rd.ts";
import { evaluateSc } from "./sc.ts";
import { DidSpec, ItsSpec, OlsSpec, RdSpec, ScSpec } from "./spec.ts";
import type { Table } from "./table.ts";

/**
 * Answers one question of effect from a table by one design. Refuses a design
 * that there is not, and a specification by the name of its wrong field.
 */
export function evaluate(
  design: string,
  table: Table,
  spec: unknown,
): Evaluation {
  const evaluation = byDesign(design, table, spec);
  const against = evaluation.assumptions
    .filter(({ finding }) => finding === "contradicted")
    .map(({ name }) => `The data speak against '${name}'`);
  return { ...evaluation, warnings: [...against, ...evaluation.warnings] };
}

function byDesign(design: string, table: Table, spec: unknown): Evaluation {
  switch (design) {
    case "ols":
      return evaluateOls(table, parsed(OlsSpec, spec));
    case "did":
      return evaluateDid(table, parsed(DidSpec, spec));
    case "its":
      return evaluateIts(table, parsed(ItsSpec, spec));
    case "rd":
      return evaluateRd(table, parsed(RdSpec, spec));
    case "sc":
      return evaluateSc(table, parsed(ScSpec, spec));
    default:
      throw new Problem(
        "BadRequestData",
        "design: one of did, its, sc, rd, ols",
      );
  }
}

function parsed<T extends z.ZodType>(schema: T, spec: unknown): z.output<T> {
  const result = schema.safeParse(spec);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `${[...issue.path, issue.keys.join(", ")].join(".")}: not a field`
      : `${issue.path.join(".") || "spec"}: ${issue.message}`
  );
  throw new Problem("BadRequestData", faults.join("; "));
}
