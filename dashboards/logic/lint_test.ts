import assert from "node:assert/strict";
import { lintModel, type LogicLink, type LogicNode } from "./lint.ts";

function node(
  id: string,
  level: LogicNode["level"],
  metric?: string,
  why = "ほかに測る方法がないため",
): LogicNode {
  return {
    id,
    level,
    titleJa: id,
    titleEn: id,
    at: [],
    ...metric !== undefined && { metric, why },
  };
}

function link(from: string, to: string): LogicLink {
  return {
    id: `${from}.${to}`,
    from,
    to,
    assumption: "…",
    evidence: "none",
  };
}

Deno.test("lintModel() finds nothing in a model whose outcomes are measured by outcomes", () => {
  const faults = lintModel(
    [
      node("out", "output", "registrants"),
      node("short", "outcome_short", "tasks_done"),
      node("end", "impact"),
    ],
    [link("out", "short"), link("short", "end")],
  );

  assert.deepEqual(faults, []);
});

Deno.test("lintModel() names an output passed off as an outcome, a survey without a reason and links that lead nowhere or back", () => {
  const faults = lintModel(
    [
      node("out", "output", "registrants"),
      node("false", "outcome_mid", "registrants"),
      node("asked", "outcome_short", "survey_mean", "毎年聞く"),
      node("bare", "outcome_long"),
      node("alone", "activity"),
    ],
    [
      link("out", "false"),
      link("false", "asked"),
      link("asked", "bare"),
      link("bare", "gone"),
    ],
  );

  assert.deepEqual(
    faults.map(({ id }) => id).sort(),
    ["alone", "asked", "bare", "bare.gone", "false", "false.asked"],
  );
  assert.equal(faults.some(({ id }) => id === "out"), false);
});
