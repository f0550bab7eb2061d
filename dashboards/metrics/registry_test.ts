import { DATASETS } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { BOARDS } from "../boards/definitions/all.ts";
import { METRICS } from "./definitions/all.ts";
import { OWNERS, type Part } from "./metric.ts";
import { ownerOfRows } from "./registry.ts";

function columnsOf({ dataset, table }: Part): string[] {
  const one = DATASETS.find(({ id }) => id === dataset)?.tables[table];
  return one === undefined ? [] : [...one.dimensions, ...one.measures];
}

Deno.test("every metric reads a column that its dataset publishes, and no two share an id", () => {
  const wrong: string[] = [];
  for (const { id, of, over, sums, each } of METRICS) {
    const parts = over === undefined || over === "inhabitants"
      ? [of]
      : [of, over];
    for (const part of parts) {
      const columns = columnsOf(part);
      for (const name of [part.column, ...Object.keys(part.at)]) {
        if (!columns.includes(name)) wrong.push(`${id}: ${name}`);
      }
    }
    for (const name of [...sums, ...each]) {
      const known = parts.some((part) => columnsOf(part).includes(name));
      if (!known) wrong.push(`${id}: ${name}`);
    }
  }

  assert.deepEqual(wrong, []);
  assert.equal(new Set(METRICS.map(({ id }) => id)).size, METRICS.length);
});

Deno.test("a metric of distinct people is never declared as a count of events", () => {
  const wrong = METRICS.filter(({ of, over, additivity }) => {
    const table = DATASETS.find(({ id }) => id === of.dataset)
      ?.tables[of.table];
    const rule = table?.disclosure;
    const people = rule !== undefined && rule.kind !== "none" &&
      rule.people === of.column;
    return people && over === undefined && additivity === "events" &&
      !REPORTED.has(`${of.dataset}.${of.table}`);
  }).map(({ id }) => id);

  assert.deepEqual(wrong, []);
});

/** Tables whose people are counted anew each time, as their titles say. */
const REPORTED = new Set([
  "community_activity.all_activities",
  "school_absence.hours",
  "school_absence.schools",
]);

Deno.test("every board names the question and the decision it serves, and its charts have addresses of their own", () => {
  for (const { id, question, decision, owner, charts } of BOARDS) {
    for (const text of [question, decision, owner]) {
      assert.ok(text.ja.length > 2 && text.en.length > 5, id);
    }
    const ids = charts.map((one) => one.id);
    assert.equal(new Set(ids).size, ids.length, id);
    assert.equal(ids.some((one) => !/^[a-z][a-z-]*$/.test(one)), false, id);
  }
});

Deno.test("rows that a board shows as they are have a section that answers for them, never nobody", () => {
  const tables = BOARDS.flatMap(({ charts }) =>
    charts.flatMap((one) => one.kind === "list" ? [one.table] : [])
  );
  const owner = (path: string) => {
    const [dataset = "", table = ""] = path.split(".");
    return ownerOfRows(dataset, table);
  };

  assert.deepEqual(tables.filter((one) => owner(one) === undefined), []);
  assert.deepEqual(owner("issue_reports.issue_reports"), OWNERS.roads);
  assert.deepEqual(owner("logic_model.milestones"), OWNERS.policy);
  assert.equal(owner("none.none"), undefined);
});
