import type { Outline, Position } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { demoCities } from "./cities.ts";

/** Whether a point lies in an outline (crossing number). */
function holds(outline: Outline | undefined, [x, y]: Position): boolean {
  let inside = false;
  for (const ring of outline?.flat() ?? []) {
    for (const [at, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

Deno.test("outlines of demo districts hold their own facility and no other, and say that they are synthetic", () => {
  for (const { municipality: { districts, outlines } } of demoCities) {
    assert.match(outlines?.source.en ?? "", /synthetic/);
    for (const own of districts) {
      for (const { code, position } of districts) {
        assert.ok(position !== undefined);
        assert.equal(holds(own.outline, position), code === own.code, code);
      }
    }
  }
});
