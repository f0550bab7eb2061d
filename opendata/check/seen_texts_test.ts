import fc from "fast-check";
import assert from "node:assert/strict";
import { SeenTexts, textHash } from "./seen_texts.ts";

Deno.test("SeenTexts answers where each text was first, as a Map does", () => {
  const texts = fc.array(
    fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("", "a", "市")),
    { maxLength: 200 },
  );
  fc.assert(fc.property(texts, (all) => {
    const seen = new SeenTexts(all.length);
    const known = new Map<string, number>();
    all.forEach((text, place) => {
      assert.equal(seen.firstPlace(text, place), known.get(text));
      if (!known.has(text)) known.set(text, place);
    });
  }));
  assert.notEqual(textHash("ab"), textHash("ba"));
});
