import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import type { Store } from "@hiraku/kernel/store";
import { defaultNames } from "../context/default_names.ts";
import { attributeUpdate, creation, deletion } from "../entity/change.ts";
import { EntityStore } from "../entity/entity_store.ts";
import { EntityWriter } from "../entity/entity_writer.ts";
import { readEntity, readFragment } from "../entity/read_entity.ts";
import { openTestStore } from "../_test_store.ts";
import type { Tables } from "../tables.ts";
import {
  type EvolutionAnswer,
  queryEvolutions,
  retrieveEvolution,
} from "./evolution_reads.ts";
import { Evolutions } from "./evolutions.ts";
import { rowOf } from "./history_row.ts";
import { History } from "./history.ts";
import { readEvolution } from "./read_evolution.ts";
import {
  renderAggregated,
  renderEvolution,
  renderTemporalValues,
} from "./render_evolution.ts";
import { readTemporalQuery } from "./temporal_query.ts";
import { readPeriod } from "./period.ts";

const names = defaultNames("https://city.example");
const view = { representation: "normalized", sysAttrs: false } as const;
const ID = "urn:ngsi-ld:River:kase";

async function withHistory(
  body: (parts: {
    history: History;
    evolutions: Evolutions;
    writer: EntityWriter;
    db: Store<Tables>;
  }) => Promise<void>,
  folder?: string,
  pageSize = 100,
) {
  const db = await openTestStore(folder && `${folder}/broker.sqlite`);
  const clock = fixedClock("2026-11-01T00:00:00.000Z");
  const history = new History(db, clock, {
    path: folder ? `${folder}/history.duckdb` : ":memory:",
    keepDays: 700,
    keepDaysOfType: {},
    pageSize,
    memory: "200MB",
  });
  const writer = new EntityWriter(new EntityStore(db), clock, [history]);
  try {
    await body({
      history,
      evolutions: new Evolutions(history, clock),
      writer,
      db,
    });
  } finally {
    await history.close();
    await db.destroy();
  }
}

const all = {
  selection: { query: readTemporalQuery({}, false), withScopes: true },
};

function shown(answer: EvolutionAnswer) {
  return answer.evolutions.map((one) => renderEvolution(one, view, names));
}

Deno.test("follow() records what a change made and deleted, and nothing else", async () => {
  await withHistory(async ({ history, writer }) => {
    const river = readEntity({
      id: ID,
      type: "River",
      level: {
        type: "Property",
        value: 1.5,
        observedAt: "2026-10-31T12:00:00Z",
      },
      name: { type: "Property", value: "嘉瀬川" },
    }, names);
    await writer.write(ID, creation(river, "2026-11-01T00:00:00Z"));
    const higher = readFragment({
      level: { type: "Property", value: 2, observedAt: "2026-10-31T13:00:00Z" },
    }, names);
    await writer.write(ID, attributeUpdate(higher, "2026-11-01T00:00:00Z"));
    await writer.write(ID, deletion());

    const [evolution] = shown(await retrieveEvolution(history, ID, all));
    const level = evolution?.level as { value: unknown }[];
    assert.deepEqual(level.map(({ value }) => value), [
      1.5,
      2,
      "urn:ngsi-ld:null",
    ]);
    assert.equal((evolution?.name as unknown[]).length, 2);
    assert.ok(!JSON.stringify(evolution).includes("createdAt"));
  });
});

Deno.test("follow() keeps nothing of released figures, and what an earlier version kept is forgotten", async () => {
  await withHistory(async ({ history, writer }) => {
    const usage = readEntity({
      id: "urn:ngsi-ld:UsageStatistics:1",
      type: "UsageStatistics",
      opens: 4122,
    }, names);
    const river = readEntity({ id: ID, type: "River", level: 1 }, names);
    const earlier = creation(usage, "2026-10-01T00:00:00Z")(undefined);
    const types = JSON.stringify(usage.types);
    await history.add(
      Object.entries(earlier?.attributes ?? {}).flatMap(([iri, all]) =>
        all.map((one) => rowOf(usage.id, types, iri, one))
      ),
    );
    await writer.write(usage.id, creation(usage, "2026-11-01T00:00:00Z"));
    await writer.write(ID, creation(river, "2026-11-01T00:00:00Z"));

    await assert.rejects(retrieveEvolution(history, usage.id, all), {
      kind: "ResourceNotFound",
    });
    assert.equal(
      (await retrieveEvolution(history, ID, all)).evolutions.length,
      1,
    );
    const store = await history.read();
    const rows = await store.selectFrom("instance").select("entity").execute();
    assert.deepEqual([...new Set(rows.map(({ entity }) => entity))], [ID]);
  });
});

Deno.test("History takes over what was acknowledged before a crash, once", async () => {
  const folder = await Deno.makeTempDir();
  const river = readEntity({ id: ID, type: "River", level: 1 }, names);
  await withHistory(async ({ writer }) => {
    await writer.write(ID, creation(river, "2026-11-01T00:00:00Z"));
  }, folder);

  await withHistory(async ({ history, db }) => {
    // As if the process had died between DuckDB's commit and the deletion.
    await db.insertInto("history_outbox").values({ seq: 1, rows: "{}" })
      .execute();
    const [evolution] = shown(await retrieveEvolution(history, ID, all));

    assert.equal((evolution?.level as unknown[]).length, 1);
    const left = await db.selectFrom("history_outbox").selectAll().execute();
    assert.deepEqual(left, []);
  }, folder);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("History answers who reads while somebody goes on writing, with each change once", async () => {
  await withHistory(async ({ history, writer }) => {
    const river = readEntity({ id: ID, type: "River", level: 0 }, names);
    await writer.write(ID, creation(river, "2026-11-01T00:00:00Z"));
    let written = 1;
    let goesOn = true;
    const writing = (async () => {
      while (goesOn) {
        const level = readFragment({ level: written }, names);
        await writer.write(ID, attributeUpdate(level, "2026-11-01T00:00:00Z"));
        written += 1;
      }
    })();
    while (written < 5) {
      await history.settled();
      // Where nothing waits, nothing else would get its turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const acknowledged = written;
    const numbers = async () => {
      const rows = await (await history.read()).selectFrom("instance")
        .select("number").where("kind", "=", "number").orderBy("seq")
        .execute();
      return rows.map(({ number }) => number);
    };
    const seen = await numbers();
    goesOn = false;
    await writing;

    assert.ok(seen.length >= acknowledged);
    assert.deepEqual(seen, Array.from(seen, (_, i) => i));
    assert.deepEqual(
      await numbers(),
      Array.from({ length: written }, (_, i) => i),
    );
  });
});

function levels(count: number) {
  return readEvolution({
    id: ID,
    type: "River",
    level: Array.from({ length: count }, (_, i) => ({
      type: "Property",
      value: i,
      observedAt: new Date(Date.UTC(2026, 0, 1, i)).toISOString(),
    })),
  }, names);
}

Deno.test("retrieveEvolution() answers an interval, the last N and what fits a page", async () => {
  await withHistory(
    async ({ history, evolutions }) => {
      assert.equal(await evolutions.upsert(levels(30)), "created");
      assert.equal(await evolutions.upsert(levels(0)), "updated");
      const ask = (sent: Parameters<typeof readTemporalQuery>[0]) =>
        retrieveEvolution(history, ID, {
          selection: {
            query: readTemporalQuery(sent, false),
            withScopes: true,
          },
        });
      const values = (answer: EvolutionAnswer) =>
        (shown(answer)[0]?.level as { value: number }[]).map(({ value }) =>
          value
        );

      const between = await ask({
        timerel: "between",
        timeAt: "2026-01-01T03:00:00Z",
        endTimeAt: "2026-01-01T06:00:00Z",
      });
      assert.deepEqual(values(between), [3, 4, 5]);
      assert.equal(between.partial, undefined);
      assert.deepEqual(values(await ask({ lastN: "2" })), [29, 28]);
      const forwards = await ask({
        timerel: "after",
        timeAt: "2026-01-01T00:30:00Z",
      });
      assert.equal(values(forwards).length, 10);
      assert.deepEqual(forwards.partial, {
        start: "2026-01-01T00:30:00Z",
        end: "2026-01-01T10:00:00Z",
        size: undefined,
      });
      const backwards = await ask({
        lastN: "20",
        timerel: "before",
        timeAt: "2026-01-02T00:00:00Z",
      });
      assert.deepEqual(backwards.partial, {
        start: "2026-01-02T00:00:00Z",
        end: "2026-01-01T14:00:00Z",
        size: 20,
      });
      await assert.rejects(
        ask({ timerel: "before", timeAt: "2025-01-01T00:00:00Z" }),
        { kind: "ResourceNotFound" },
      );
      await assert.rejects(async () => await ask({ timerel: "before" }), {
        kind: "BadRequestData",
      });
    },
    undefined,
    10,
  );
});

Deno.test("queryEvolutions() filters by type and value and aggregates by months of differing length", async () => {
  await withHistory(
    async ({ history, evolutions }) => {
      await evolutions.upsert(levels(24 * 70));
      const query = readTemporalQuery({
        timerel: "after",
        timeAt: "2026-01-01T00:00:00Z",
      }, true);
      const selection = { query, withScopes: false };
      const page = { limit: 10, offset: 0, count: true, selectors: [] };

      const answer = await queryEvolutions(history, {
        selection,
        ...page,
        selectors: [{ types: [[names.expand("River")]] }],
        aggregation: {
          methods: ["totalCount", "max", "avg"],
          period: readPeriod("P1M"),
        },
      });
      const [evolution] = answer.evolutions;
      assert.ok(evolution);
      const attributes = answer.aggregates?.get(ID) ?? [];
      const rendered = renderAggregated(evolution, attributes, view, names);
      const level = rendered.level as Record<
        string,
        [number, string, string][]
      >;
      assert.deepEqual(level.totalCount?.map(([count]) => count), [
        744,
        672,
        264,
      ]);
      assert.deepEqual(level.max?.[1], [
        24 * 59 - 1,
        "2026-02-01T00:00:00Z",
        "2026-03-01T00:00:00Z",
      ]);
      const other = await queryEvolutions(history, {
        selection,
        ...page,
        selectors: [{ types: [["urn:x:Other"]] }],
      });
      assert.deepEqual([other.total, other.evolutions.length], [0, 0]);
      const [last] = (await queryEvolutions(history, {
        selection: { query: { ...query, lastN: 1 }, withScopes: false },
        ...page,
      })).evolutions;
      assert.ok(last);
      assert.deepEqual(
        renderTemporalValues(last, "observedAt", view, names).level,
        {
          type: "Property",
          values: [[1679, "2026-03-11T23:00:00.000Z"]],
        },
      );
    },
    undefined,
    100,
  );
});
