import fc from "fast-check";
import assert from "node:assert/strict";
import type { Entity } from "../entity/entity.ts";
import { isSelected } from "./compile_query.ts";
import { IRIS } from "./kept_terms.ts";
import { type Subscription, useSubscription } from "./subscription.ts";
import { SubscriptionIndex } from "./subscription_buckets.ts";

const TYPES = ["urn:t:A", "urn:t:B", "urn:t:C"];
const ATTRIBUTES = ["urn:a:x", "urn:a:y", "urn:a:z"];
const IDS = ["urn:x:1", "urn:x:12", "urn:y:1"];
const PATTERNS = ["^urn:x:1", "^urn:x:1$", "1$", "^(urn:y|urn:x:12)"];
const SELECTIONS = [...TYPES, "*", "(urn:t:A;urn:t:B)", "urn:t:A|urn:t:C"];

const selector = fc.record({
  type: fc.constantFrom(...SELECTIONS),
  id: fc.option(fc.subarray(IDS, { minLength: 1 }), { nil: undefined }),
  idPattern: fc.option(fc.constantFrom(...PATTERNS), { nil: undefined }),
}).map(({ type, id, idPattern }) => ({
  type,
  ...(id && { id }),
  ...(idPattern && { idPattern }),
}));
const subscription = fc.record({
  entities: fc.option(fc.array(selector, { minLength: 1, maxLength: 3 }), {
    nil: undefined,
  }),
  watchedAttributes: fc.option(fc.subarray(ATTRIBUTES, { minLength: 1 }), {
    nil: undefined,
  }),
}).map(({ entities, watchedAttributes }): Subscription =>
  useSubscription(
    {
      id: "urn:x:subscription",
      document: {
        ...(entities && { entities }),
        ...(watchedAttributes && { watchedAttributes }),
        notification: { endpoint: { uri: "https://partner.example/" } },
      },
      terms: {},
      context: [],
      owner: "tester",
      operator: false,
      createdAt: "2026-11-01T00:00:00Z",
      modifiedAt: "2026-11-01T00:00:00Z",
    },
    { names: IRIS, contextUrl: "" },
    { timesSent: 0, timesFailed: 0 },
  )
);

Deno.test("candidates() holds every subscription that looking at all would find, and none taken out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(subscription, fc.boolean()), { maxLength: 12 }),
      fc.constantFrom(...IDS),
      fc.subarray(TYPES, { minLength: 1 }),
      fc.subarray(ATTRIBUTES),
      (all, id, types, changed) => {
        const index = new SubscriptionIndex();
        for (const [one] of all) index.add(one);
        for (const [one, stays] of all) if (!stays) index.remove(one);
        const entity: Entity = {
          id,
          types,
          scopes: [],
          createdAt: "",
          modifiedAt: "",
          attributes: {},
        };

        const found = index.candidates(id, types, changed);

        for (const [one, stays] of all) {
          const watches = one.watched === undefined ||
            changed.some((iri) => one.watched?.has(iri));
          if (!stays) assert.equal(found.has(one), false);
          else if (watches && isSelected(one.query, entity)) {
            assert.equal(found.has(one), true);
          }
        }
        assert.equal(index.isEmpty, !all.some(([, stays]) => stays));
      },
    ),
  );
});
