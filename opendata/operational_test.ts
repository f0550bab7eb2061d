import { Problem } from "@hiraku/kernel";
import assert from "node:assert/strict";
import {
  asOperational,
  readOperational,
  type RunningService,
} from "./operational.ts";

const shelter: RunningService = {
  kind: "shelter",
  id: "E4120100001121",
  municipality: "412015",
  openedAt: "2026-08-14T10:00:00Z",
  closedAt: undefined,
};

Deno.test("readOperational() hands figures to hq after recording the view", async () => {
  const seen: string[] = [];
  const passport = asOperational(shelter, { people: 7 });

  const figures = await readOperational(passport, new Set(["hq"]), (one) => {
    seen.push(one.id);
    return Promise.resolve();
  });

  assert.equal(figures.people, 7);
  assert.deepEqual(seen, [shelter.id]);
  assert.equal(JSON.stringify(passport).includes("people"), false);
});

Deno.test("readOperational() refuses other roles and unrecorded views", async () => {
  const passport = asOperational(shelter, { people: 7 });
  let recorded = 0;
  const record = () => Promise.resolve(void recorded++);

  const byAnalyst = readOperational(passport, new Set(["analyst"]), record);
  await assert.rejects(
    byAnalyst,
    (error) => error instanceof Problem && error.kind === "Forbidden",
  );
  const unrecorded = readOperational(
    passport,
    new Set(["hq"]),
    () => Promise.reject(new Error("The audit is full")),
  );
  await assert.rejects(unrecorded, /audit/);

  assert.equal(recorded, 0);
});

Deno.test("asOperational() refuses a service that has closed", () => {
  const closed = { ...shelter, closedAt: "2026-08-15T03:00:00Z" };

  const attempt = () => asOperational(closed, { people: 7 });

  assert.throws(
    attempt,
    (error) =>
      error instanceof Problem && error.kind === "Gone" &&
      !error.message.includes("7"),
  );
});
