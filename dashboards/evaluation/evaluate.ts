import { Problem } from "@hiraku/kernel";
import { z } from "zod";
import { evaluateDid } from "./did.ts";
import type { Evaluation } from "./evaluation.ts";
import { evaluateIts } from "./its.ts";
import { evaluateOls } from "./ols.ts";
import { evaluateRd } from "./rd.ts";
import { evaluateSc } from "./sc.ts";
import type { Description } from "./description.ts";
import { describeForecast } from "./forecast_series.ts";
import { describePower } from "./power.ts";
import { evaluateRct } from "./rct.ts";
import { evaluateSdid } from "./sdid.ts";
import {
  Condition,
  DidSpec,
  ItsSpec,
  OlsSpec,
  RctSpec,
  RdSpec,
  ScSpec,
  SdidSpec,
} from "./spec.ts";
import { sound } from "./sound.ts";
import { ForecastSpec, PowerSpec, SurveySpec } from "./spec_describe.ts";
import { describeSurvey } from "./survey.ts";
import { frameOf, type Table } from "./table.ts";

const EFFECTS = ["did", "its", "sc", "sdid", "rd", "ols", "rct"];
const DESCRIPTIONS = ["survey", "forecast", "power"];

/**
 * What a file says by a design that claims no effect; none where the design is
 * another. Refuses a specification by the name of its wrong field.
 */
export function describe(
  design: string,
  table: Table,
  spec: unknown,
): Description | undefined {
  switch (design) {
    case "survey":
      return sound(describeSurvey(table, parsed(SurveySpec, spec)));
    case "forecast":
      return sound(describeForecast(table, parsed(ForecastSpec, spec)));
    case "power":
      return sound(describePower(table, parsed(PowerSpec, spec)));
  }
}

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
  const { standardError, statistic } = evaluation;
  if (![evaluation.estimate, standardError, statistic].every(Number.isFinite)) {
    throw new Problem(
      "BadRequestData",
      `${
        outcomeOf(spec)?.field ?? "successes"
      }: leaves no error by which the estimate could be judged`,
    );
  }
  const exact = standardError * spreadOf(table, spec) <=
      EXACT * sizeOf(table, spec)
    ? [
      "The outcome is fitted without error: interval and p-value mean nothing",
    ]
    : [];
  const against = evaluation.assumptions
    .filter(({ finding }) => finding === "contradicted")
    .map(({ name }) => `The data speak against '${name}'`);
  return sound({
    ...evaluation,
    warnings: [...against, ...exact, ...evaluation.warnings],
  });
}

/** Of a standard error, against the size of the outcome: nothing but rounding. */
const EXACT = 1e-12;

const Outcome = z.object({
  outcome: z.string(),
  where: z.array(Condition).default([]),
});

/** Of a regression, whose error is in units of the outcome by one of the term. */
const Slope = Outcome.extend({ estimate: z.string() });

function outcomeOf(
  spec: unknown,
):
  | { field: "outcome"; column: string; where: readonly Condition[] }
  | undefined {
  const { data } = Outcome.safeParse(spec);
  return data &&
    { field: "outcome", column: data.outcome, where: data.where };
}

/** The largest outcome without its sign; 1 for shares. */
function sizeOf(table: Table, spec: unknown): number {
  const found = outcomeOf(spec);
  if (found === undefined) return 1;
  const { field, column, where } = found;
  return frameOf(table, where, [[field, column]]).numbers(field, column)
    .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** How far the term reaches whose slope is the estimate; 1 without one. */
function spreadOf(table: Table, spec: unknown): number {
  const { data } = Slope.safeParse(spec);
  if (data === undefined) return 1;
  const terms = frameOf(table, data.where, [["estimate", data.estimate]])
    .numbers("estimate", data.estimate);
  const [least, most] = terms.reduce(
    ([low, high], one) => [Math.min(low, one), Math.max(high, one)],
    [Infinity, -Infinity],
  );
  return most - least;
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
    case "sdid":
      return evaluateSdid(table, parsed(SdidSpec, spec));
    case "rct":
      return evaluateRct(table, parsed(RctSpec, spec));
    default:
      throw new Problem(
        "BadRequestData",
        `design: one of ${[...EFFECTS, ...DESCRIPTIONS].join(", ")}`,
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
