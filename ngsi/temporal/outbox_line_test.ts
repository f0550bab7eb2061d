import assert from "node:assert/strict";
import { defaultNames } from "../context/default_names.ts";
import {
  attributeAppend,
  attributeUpdate,
  type Change,
  creation,
  deletion,
  replacement,
} from "../entity/change.ts";
import type { Entity } from "../entity/entity.ts";
import { merge, readPatch } from "../entity/merge.ts";
import { readEntity, readFragment } from "../entity/read_entity.ts";
import { rowsOfChange } from "./history_row.ts";
import { lineOfChange, rowsOfLine } from "./outbox_line.ts";

const names = defaultNames("");
const at = (minute: number) => `2026-11-01T00:0${minute}:00.000Z`;
const entity = (members: object) =>
  readEntity({ id: "urn:x:1", type: "River", ...members }, names);
const fragment = (members: object) => readFragment(members, names);

const CHANGES: readonly Change[] = [
  creation(
    entity({
      level: { type: "Property", value: 1, note: "a", observedAt: at(0) },
      flow: [{ value: 1 }, { value: 2, datasetId: "urn:x:d" }],
      scope: ["/a"],
    }),
    at(0),
  ),
  attributeUpdate(fragment({ level: 2 }), at(1)),
  attributeAppend(fragment({ depth: { value: 3 } }), true, at(2)),
  attributeAppend(fragment({ scope: ["/a", "/b"] }), true, at(3)),
  attributeAppend(fragment({ type: "Canal" }), true, at(4)),
  merge(readPatch({ flow: "urn:ngsi-ld:null" }, names), at(5)),
  replacement(entity({ level: { value: 3, expiresAt: at(9) } }), at(6)),
  deletion(),
];

Deno.test("rowsOfLine() makes of lineOfChange() the rows of each change, and none of what changed nothing", () => {
  let before: Entity | undefined;
  const counts: number[] = [];

  for (const [minute, change] of CHANGES.entries()) {
    const after = change(before);
    const changed = { id: "urn:x:1", before, after, at: at(minute) };
    const line = lineOfChange(changed);
    const rows = rowsOfChange(changed);
    assert.deepEqual(line === undefined ? [] : rowsOfLine(line), rows);
    counts.push(rows.length);
    before = after;
  }

  assert.deepEqual(counts, [5, 1, 1, 1, 0, 1, 4, 2]);
});
