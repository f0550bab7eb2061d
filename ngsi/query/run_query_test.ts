import assert from "node:assert/strict";
import fc from "fast-check";
import type { Attribute, Content } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { EntityStore } from "../entity/entity_store.ts";
import { EntityWriter } from "../entity/entity_writer.ts";
import { openTestStore } from "../_test_store.ts";
import { attribute, entityOf, iri, NAMES, NOW, property } from "./_sample.ts";
import { type EntityFilter, matchesFilter } from "./entity_query.ts";
import { readGeoQuery } from "./geo_query.ts";
import { distanceTo, ordered } from "./order_entities.ts";
import { readOrdering } from "./ordering.ts";
import { parsePattern } from "./pattern.ts";
import { parseQ } from "./parse_q.ts";
import { queryEntities, selectIds } from "./run_query.ts";
import type { Reading } from "./search.ts";
import { parseScopeQuery } from "./scope_query.ts";
import { parseTypeSelection } from "./type_selection.ts";

const clock = { now: () => new Date(NOW) };

async function openStore(mostRecent?: number) {
  const db = await openTestStore();
  const options = mostRecent === undefined ? {} : { mostRecent };
  const store = new EntityStore(db, options);
  const writer = new EntityWriter(store, clock, []);
  const reading: Reading = {
    store,
    hiddenTypes: [],
    now: NOW,
    mostLooked: 1000,
  };
  const write = (id: string, entity: Entity | undefined) =>
    writer.write(id, () => entity);
  const close = async () => {
    await store.index.close();
    await db.destroy();
  };
  return { store, reading, write, close };
}

const word = fc.constantFrom(
  "a",
  "b",
  "ab",
  "é",
  "2020-01-01",
  "z".repeat(205),
);
const scalar = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  word,
  fc.constantFrom("2020-01-01T00:00:00Z", "2021-01-01T00:00:00.5Z", "a\0b"),
);
const near = fc.double({ min: -1, max: 1, noNaN: true });
const position = fc.tuple(near, near);
const content: fc.Arbitrary<Content> = fc.oneof(
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("x", "En", "en"), scalar, { maxKeys: 2 }),
    fc.record({ x: fc.record({ y: scalar }) }),
    fc.record({ "@value": scalar }),
  ).map((value) => ({ type: "Property", value }) as Content),
  fc.constantFrom("urn:x:1", "urn:x:2").map((object) =>
    ({ type: "Relationship", object }) as Content
  ),
  fc.array(fc.constantFrom("urn:x:1", "urn:x:2"), { minLength: 1 }).map((
    object,
  ) => ({ type: "Relationship", object }) as Content),
  fc.dictionary(fc.constantFrom("en", "fr"), word, { minKeys: 1 }).map((
    languageMap,
  ) => ({ type: "LanguageProperty", languageMap }) as Content),
  position.map((coordinates) =>
    ({ type: "GeoProperty", value: { type: "Point", coordinates } }) as Content
  ),
  fc.tuple(position, position).map((coordinates) =>
    ({
      type: "GeoProperty",
      value: { type: "LineString", coordinates },
    }) as Content
  ),
);
const times = fc.constantFrom(
  {},
  { observedAt: "2020-01-01T00:00:00Z" },
  { observedAt: "2021-01-01T00:00:00.25Z" },
);
const instance: fc.Arbitrary<Attribute> = fc.tuple(content, times).map((
  [one, when],
) => attribute({ ...one, ...when } as Content));
const full = fc.tuple(
  instance,
  fc.dictionary(fc.constantFrom("p", "q"), instance.map((one) => [one]), {
    maxKeys: 1,
  }),
).map(([one, inner]) => ({
  ...one,
  attributes: Object.fromEntries(
    Object.entries(inner).map(([name, all]) => [iri(name), all]),
  ),
}));
const entity = fc.record({
  types: fc.subarray(["A", "B", "C"], { minLength: 1 }),
  scopes: fc.subarray(["/a", "/a/b", "/c/d/b"]),
  attributes: fc.dictionary(
    fc.constantFrom("p", "q", "location"),
    fc.array(full, { minLength: 1, maxLength: 2 }),
    { maxKeys: 3 },
  ),
});
const path = fc.constantFrom(
  ...["p", "q", "p.p", "p.q", "p[x]", "p[x.y]", "q[en]", "p[EN]", "q[*]"],
  ...["p.observedAt", "p.datasetId", "q{p}", "location[type]", "createdAt"],
);
const literal = fc.oneof(
  scalar.map((value) =>
    typeof value === "string" && /^\d{4}-/.test(value)
      ? value
      : JSON.stringify(value)
  ),
  fc.constantFrom("urn:x:1", "1..4", '"a".."b"', '1,"a"', '"Point"'),
);
const term = fc.oneof(
  fc.tuple(path, fc.constantFrom("==", "!=", ">", ">=", "<", "<="), literal)
    .map((parts) => parts.join("")),
  fc.tuple(path, fc.constantFrom("~=", "!~="), fc.constantFrom('"^a"', '"b"'))
    .map((parts) => parts.join("")),
  path,
  path.map((one) => `!${one}`),
);
const q = fc.tuple(
  term,
  term,
  term,
  fc.constantFrom("a", "a;b", "a|b", "(a|b);c"),
)
  .map(([a, b, c, form]) =>
    form.replace(/[abc]/g, (sign) => ({ a, b, c })[sign] ?? "")
  );

function optional<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(fc.constant(undefined), one);
}

const filter: fc.Arbitrary<EntityFilter> = fc.record({
  selectors: optional(
    fc.tuple(
      fc.constantFrom("A", "A|B", "(A;B),C", "*", "Nothing"),
      fc.constantFrom({}, { idPattern: parsePattern("[0-4]$", "idPattern") }, {
        ids: ["urn:x:1", "urn:x:3", "urn:x:none"],
      }),
    ).map(([types, rest]) => [{
      types: parseTypeSelection(types, NAMES),
      ...rest,
    }]),
  ),
  attributes: optional(fc.subarray([iri("p"), iri("none")], { minLength: 1 })),
  q: optional(q.map((text) => {
    try {
      return parseQ(text, NAMES);
    } catch {
      return parseQ("p", NAMES);
    }
  })),
  geo: optional(
    fc.record({
      georel: fc.constantFrom(
        "near;maxDistance==50000",
        "near;minDistance==50000",
        "within",
        "intersects",
        "disjoint",
      ),
      geometry: fc.constant("Polygon"),
      coordinates: position.map(([x, y]) => [[
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y],
      ]]),
    }).map((parts) => readGeoQuery(parts, NAMES)),
  ),
  scopes: optional(
    fc.constantFrom("/a", "/a/#", "/+/b", "/#", "(/a;/a/b)", "/c/+/b,/a")
      .map(parseScopeQuery),
  ),
}).map((one) =>
  Object.fromEntries(
    Object.entries(one).filter(([, value]) => value !== undefined),
  )
);

Deno.test("CIM 009 5.7.2: queryEntities() finds by its index what looking at every entity finds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entity, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(11), optional(entity)), { maxLength: 6 }),
      fc.array(filter, { minLength: 5, maxLength: 5 }),
      fc.subarray(["C"]),
      fc.constantFrom(1, 3, 5, undefined),
      async (firsts, changes, filters, hidden, mostRecent) => {
        const { write, store, close, ...opened } = await openStore(mostRecent);
        const hiddenTypes = hidden.map(iri);
        const reading = { ...opened.reading, hiddenTypes };
        const seen = (one: Entity | undefined) =>
          one?.types.some((type) => hiddenTypes.includes(type))
            ? undefined
            : one;
        const all = new Map<string, Entity>();
        const keep = async (n: number, sent: typeof firsts[0] | undefined) => {
          const id = `urn:x:${n}`;
          const made = sent && entityOf(sent.attributes as never, {
            id,
            types: sent.types.map(iri),
            scopes: sent.scopes,
          });
          await write(id, made);
          if (made === undefined) all.delete(id);
          else all.set(id, made);
        };
        for (const [n, one] of firsts.entries()) await keep(n, one);
        for (const [n, one] of changes) await keep(n, one);
        await store.index.settled();
        const again = { ...reading, store: new EntityStore(store.db) };

        for (const one of filters) {
          const found = (await selectIds(reading, one)).toSorted();
          const page = await queryEntities(reading, {
            ...one,
            limit: 3,
            offset: 1,
            count: true,
          });

          const expected = [...all.values()].flatMap((each) => seen(each) ?? [])
            .filter((each) =>
              matchesFilter(one, each, (id) => seen(all.get(id)))
            );
          assert.deepEqual(found, expected.map(({ id }) => id).toSorted());
          assert.deepEqual((await selectIds(again, one)).toSorted(), found);
          assert.equal(page.total, expected.length);
          assert.equal(
            page.entities.length,
            Math.max(0, Math.min(3, expected.length - 1)),
          );
          assert.equal(page.more, expected.length > 4);
        }
        for (const id of all.keys()) await write(id, undefined);
        assert.deepEqual(await selectIds(reading, {}), []);
        assert.deepEqual(
          await store.db.selectFrom("inventory").selectAll().execute(),
          [],
        );
        await close();
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("CIM 009 4.23: the nearest come first, from rings of cells as from sorting everything", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(position, { minLength: 1, maxLength: 30 }),
      position,
      fc.nat(10),
      async (places, from, offset) => {
        const { reading, write, close } = await openStore();
        const all: Entity[] = [];
        for (const [n, coordinates] of places.entries()) {
          const id = `urn:x:${n}`;
          const place = { type: "Point" as const, coordinates };
          const one = entityOf({
            n: property(n),
            ...n % 7 === 6 ? {} : {
              location: attribute({ type: "GeoProperty", value: place }),
            },
          }, { id });
          all.push(one);
          await write(id, one);
        }
        const ordering = readOrdering({
          orderBy: "location;dist-asc,n;desc",
          orderFrom: from,
        }, NAMES);
        const query = { ordering, limit: 5, offset, count: false };

        const page = await queryEntities(reading, query);

        assert.deepEqual(
          page.entities.map(({ id }) => id),
          ordered(all, ordering).slice(offset, offset + 5).map(({ id }) => id),
        );
        assert.equal(page.more, all.length > offset + 5);
        assert.equal(
          distanceTo(entityOf({}), iri("location"), {
            type: "Point",
            coordinates: from,
          }),
          undefined,
        );
        await close();
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a query that would look at too much ends as TooManyResults and says what to add", async () => {
  const { reading, write, close } = await openStore();
  for (let n = 0; n < 20; n++) {
    const id = `urn:x:${n}`;
    await write(id, entityOf({ n: property(n) }, { id }));
  }
  const page = { limit: 1, offset: 0, count: true };
  const few = { ...reading, mostLooked: 10 };

  await assert.rejects(
    queryEntities(few, { q: parseQ("n!=3", NAMES), ...page }),
    {
      kind: "TooManyResults",
      message: /more than 10 .*existence n.*add a type/,
    },
  );
  const exact = await queryEntities(few, { q: parseQ("n>3", NAMES), ...page });

  assert.equal(exact.total, 16);
  assert.equal(exact.explained.looked, 0);
  await close();
});

Deno.test("CIM 009 4.22: what has expired is neither found nor counted before it is swept", async () => {
  const { reading, write, close } = await openStore();
  const types = [iri("A")];
  for (const [n, expiresAt] of ["2026-12-01T00:00:00.000Z", NOW].entries()) {
    const id = `urn:x:${n}`;
    await write(id, entityOf({ n: property(1) }, { id, types, expiresAt }));
  }
  const selectors = [{ types: parseTypeSelection("A", NAMES) }];

  const page = await queryEntities(reading, {
    selectors,
    q: parseQ("n==1", NAMES),
    limit: 5,
    offset: 0,
    count: true,
  });

  assert.deepEqual(page.entities.map(({ id }) => id), ["urn:x:0"]);
  assert.equal(page.total, 1);
  assert.deepEqual(await selectIds(reading, { selectors }), ["urn:x:0"]);
  await close();
});
