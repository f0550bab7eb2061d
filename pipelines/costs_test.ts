import {
  costs as costRegister,
  registrants,
  type Released,
} from "@hiraku/opendata";
import { Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { SAGA } from "./_sample_register.ts";
import { city } from "./_sample.ts";
import type { CityData } from "./aggregate.ts";
import { publishCosts } from "./costs.ts";

const OTSU = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga Prefecture" },
});
const TOTAL = 12_000_001;

const cost = (id: string, sharedBy: "none" | "equal" | "users") => ({
  id,
  title: "基盤",
  fiscalYear: 2025,
  kind: "running" as const,
  amountYen: TOTAL,
  sharedBy,
});

Deno.test("publishCosts divides by registrants of the last day of each member, equally, or not at all", async () => {
  const { warehouse, close } = await city();
  const people = new Map([[SAGA.code as string, 300], [
    OTSU.code as string,
    100,
  ]]);
  const tables: Released["tables"][] = [];

  await publishCosts.run({
    warehouse,
    municipality: SAGA,
    now: new Date("2026-05-01T00:00:00Z"),
    members: [SAGA, OTSU],
    released: (one, dataset) =>
      Promise.resolve(
        dataset.id !== registrants.id ? undefined : {
          registrants: [
            // An earlier day counts for nothing.
            { date: "2026-03-01", registrants: 9_000 },
            { date: "2026-03-31", registrants: people.get(one.code) ?? 0 },
          ],
        },
      ),
    entries: (register) =>
      Promise.resolve(
        (register.id === costRegister.id
          ? [
            cost("users", "users"),
            cost("equal", "equal"),
            cost("own", "none"),
          ]
          : []) as never[],
      ),
  } as CityData, {
    previous: () => Promise.resolve(undefined),
    publish: (released) => {
      tables.push(released.tables);
      return Promise.resolve("2026-05-01.1");
    },
  });

  const shares = tables[0]?.["shares"] ?? [];
  assert.deepEqual(
    shares.map(({ costId, members, shareYen }) => [costId, members, shareYen])
      .toSorted(),
    [
      ["equal", 2, Math.round(TOTAL / 2)],
      ["own", 1, TOTAL],
      ["users", 2, Math.round(TOTAL * 300 / 400)],
    ],
  );
  assert.ok(shares.every(({ totalYen }) => totalYen === TOTAL));
  assert.ok(
    !shares.some(({ costId, shareYen }) =>
      costId !== "own" && shareYen === TOTAL
    ),
  );
  await close();
});
