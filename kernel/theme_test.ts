import fc from "fast-check";
import assert from "node:assert/strict";
import { CityColour, contrast, shadesOf } from "./theme.ts";

Deno.test("contrast() is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

Deno.test("every colour that is accepted can be read by day and by night", () => {
  const hex = fc.integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(fc.property(hex, (colour) => {
    if (!CityColour.safeParse(colour).success) {
      assert.ok(contrast(colour, "#f7f8f6") < 4.5);
      return;
    }
    const { light, dark } = shadesOf(colour);
    assert.ok(contrast(light.accent, "#ffffff") >= 4.5);
    assert.ok(contrast(dark.accent, "#18232a") >= 4.5);
  }));
  assert.equal(CityColour.safeParse("red").success, false);
});
