import assert from "node:assert/strict";
import { ownLetters, unicodeRange } from "./own_letters.ts";

/** New letters come in parts of the whole font until ours is made anew. */
const MOST_MISSING = 40;

Deno.test("the font of our own letters has nearly all that our pages write; `deno task letters` makes it anew", async () => {
  const sheet = await Deno.readTextFile(
    new URL("../api/fonts/letters.css", import.meta.url),
  );
  const known = new Set(
    [...sheet.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/g)].flatMap(
      ([, from = "", to = from]) => {
        const first = parseInt(from, 16);
        return Array.from(
          { length: parseInt(to, 16) - first + 1 },
          (_, at) => String.fromCodePoint(first + at),
        );
      },
    ),
  );
  const parts = await ownLetters();
  const all = parts.flat();
  const missing = all.filter((one) => !known.has(one));

  assert.ok(all.length > 900, `${all.length}`);
  assert.equal(new Set(all).size, all.length);
  assert.ok(missing.length <= MOST_MISSING, missing.join(""));
  assert.equal(unicodeRange(["い", "あ", "ぃ", "ん"]), "U+3042-3044,U+3093");
});
