import assert from "node:assert/strict";
import { asOperational, type Operational } from "./operational.ts";

Deno.test("asOperational() marks figures of a service that runs and gives none of one that does not", () => {
  const people = ({ people }: Operational<{ people: number }>) => people;

  const running = asOperational(true, { people: 7 });
  const closed = asOperational(false, { people: 7 });

  assert.equal(running && people(running), 7);
  assert.equal(closed, undefined);
  // @ts-expect-error: figures that nobody marked are no Operational.
  assert.equal(people({ people: 7 }), 7);
});
