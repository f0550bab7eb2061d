import assert from "node:assert/strict";
import { layout } from "./layout.ts";

Deno.test("layout() puts everything of a municipality in its one folder", () => {
  const places = layout("/srv/data");
  const of = (code: string) => [
    places.landing(code),
    places.inbox(code),
    places.warehouse(code),
    places.broker(code),
    places.snapshots(code),
    places.links(code),
    places.linkKey(code, "01JD3W8Q4XK0V7M2T5R9ZB6CYH"),
    places.pseudonymKey(code),
    places.releasedRoot(code),
    places.released(code, "miniapp_usage"),
  ];

  const saga = of("412015");
  const otsu = of("252018");

  assert.ok(saga.every((path) => path.startsWith("/srv/data/412015/")));
  assert.equal(new Set([...saga, ...otsu]).size, saga.length + otsu.length);
  assert.ok(!otsu.some((path) => path.includes("412015")));
});

Deno.test("layout() keeps what all share outside of every municipality", () => {
  const places = layout("data");

  assert.equal(places.root, "data");
  assert.equal(places.control, "data/control.sqlite");
  assert.ok(!places.control.startsWith(places.city("412015")));
});
