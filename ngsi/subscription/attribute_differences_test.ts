import assert from "node:assert/strict";
import type { Attribute } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { attributeDifferences } from "./attribute_differences.ts";

const AT = "2026-11-01T00:00:00Z";

function instance(
  value: string | number,
  datasetId?: string,
  attributes: Attribute["attributes"] = {},
): Attribute {
  const content = {
    type: "Property" as const,
    value,
    ...(datasetId === undefined ? {} : { datasetId }),
  };
  return { content, attributes, createdAt: AT, modifiedAt: AT };
}

function entity(attributes: Entity["attributes"]): Entity {
  const times = { createdAt: AT, modifiedAt: AT };
  return {
    id: "urn:x:1",
    types: ["urn:t:A"],
    scopes: [],
    ...times,
    attributes,
  };
}

Deno.test("attributeDifferences() tells what came, changed and went, instance by instance", () => {
  const same = [instance(1)];
  const before = entity({
    same,
    rewritten: [instance(1, undefined, { unit: [instance("a")] })],
    changed: [instance(1)],
    inside: [instance(1, undefined, { unit: [instance("a")] })],
    mixed: [instance(1), instance(2, "urn:d:old"), instance(3, "urn:d:moved")],
    gone: [instance(1)],
  });
  const after = entity({
    same,
    rewritten: [{
      ...instance(1, undefined, { unit: [instance("a")] }),
      modifiedAt: "2026-11-02T00:00:00Z",
    }],
    changed: [instance("1")],
    inside: [instance(1, undefined, { unit: [instance("b")] })],
    mixed: [instance(3, "urn:d:moved"), instance(1), instance(4, "urn:d:new")],
    come: [instance(1)],
  });

  const found = Object.fromEntries(attributeDifferences(before, after));

  const none = { created: false, updated: false, deleted: false };
  assert.deepEqual(found, {
    changed: { ...none, updated: true },
    inside: { ...none, updated: true },
    mixed: { ...none, created: true, deleted: true },
    come: { ...none, created: true },
    gone: { ...none, deleted: true },
  });
  assert.equal(attributeDifferences(before, before).size, 0);
  assert.equal(attributeDifferences(undefined, after).size, 6);
  assert.equal(attributeDifferences(before, undefined).size, 6);
});
