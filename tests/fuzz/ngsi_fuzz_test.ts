import assert from "node:assert/strict";
import { startPostgres } from "../postgres.ts";
import { fuzzNgsi } from "./ngsi_fuzz.ts";

const seed = Math.floor(Math.random() * 2 ** 31);

Deno.test("no request is answered 5xx, changes anything without a 2xx or finds no end", async () => {
  const { findings, statuses } = await fuzzNgsi({ requests: 3_000, seed });

  assert.deepEqual(findings, [], `seed ${seed}`);
  for (const status of [200, 201, 204, 400, 404]) {
    assert.ok((statuses.get(status) ?? 0) > 20, `few answers of ${status}`);
  }
});

Deno.test("no request breaks a broker that keeps its state in PostgreSQL either", async () => {
  await using postgres = await startPostgres();
  if (postgres === undefined) return;

  const { findings, statuses } = await fuzzNgsi({
    requests: 1_000,
    seed,
    postgres: postgres.url,
  });

  assert.deepEqual(findings, [], `seed ${seed}`);
  assert.ok((statuses.get(204) ?? 0) > 5);
});
