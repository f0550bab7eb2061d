import { Problem } from "@hiraku/kernel";
import { type Evaluation, evidenceOf, open, warningsOf } from "./evaluation.ts";
import { at, leastSquares } from "./least_squares.ts";
import { inferAll } from "./regression.ts";
import type { DidSpec } from "./spec.ts";
import { columnOf, frameOf, type Table } from "./table.ts";

type Spec = Extract<DidSpec, { form: "changes" }>;

interface Unit {
  treated: number;
  before?: number;
  after?: number;
}

/** Changes of the units that were seen both before and after. */
export function evaluateChanges(table: Table, spec: Spec): Evaluation {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["unit", spec.unit],
    ["treated", columnOf(spec.treated)],
    ["post", columnOf(spec.post)],
  ]);
  const y = frame.numbers("outcome", spec.outcome);
  const treated = frame.flags("treated", spec.treated);
  const post = frame.flags("post", spec.post);
  const units = new Map<string, Unit>();
  frame.texts("unit", spec.unit).forEach((id, i) => {
    const unit = units.get(id) ?? { treated: at(treated, i) };
    const side = post[i] === 1 ? "after" : "before";
    if (unit[side] !== undefined) {
      throw new Problem("BadRequestData", `unit: one has two rows ${side}`);
    }
    if (unit.treated !== treated[i]) {
      throw new Problem("BadRequestData", "treated: changes within a unit");
    }
    unit[side] = at(y, i);
    units.set(id, unit);
  });
  const seen = [...units.values()].flatMap(({ treated, before, after }) =>
    before === undefined || after === undefined
      ? []
      : [{ treated, change: after - before }]
  );
  const meanOf = (group: number) => {
    const changes = seen.filter((one) => one.treated === group);
    if (changes.length < 2) {
      throw new Problem(
        "BadRequestData",
        `treated: fewer than two units of group ${group} have both rows`,
      );
    }
    return changes.reduce((sum, one) => sum + one.change, 0) / changes.length;
  };
  const [changeOfControl, changeOfTreated] = [meanOf(0), meanOf(1)];
  const fit = leastSquares(
    seen.map((one) => [1, one.treated]),
    seen.map(({ change }) => change),
    ["(constant)", "treated"],
  );
  const once = units.size - seen.length;

  return {
    ...at(inferAll(fit, { kind: spec.errors }, spec.level), 1),
    design: "did",
    model:
      `change of ${spec.outcome} of a ${spec.unit} = constant + treated; the estimate is the coefficient of treated`,
    errors: spec.errors,
    n: seen.length,
    clusters: null,
    assumptions: [
      open(
        "parallel trends",
        "There is one period before, so trends are not tested",
      ),
      open(
        "nothing else changed",
        "No other event touched one group alone at the same time",
      ),
    ],
    evidence: evidenceOf("2a"),
    warnings: [
      ...warningsOf(frame, null),
      ...(once > 0
        ? [`${once} units were seen on one side only and were left out`]
        : []),
    ],
    details: { changeOfTreated, changeOfControl },
  };
}
