import assert from "node:assert/strict";
import { people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, who, data, ...more });

Deno.test("O10 O11 O04 S20 S22 S29 S32 S79 S80 S81 content: click-through by position, attachments, topics by hour and origin, searches without result, links by day", () =>
  withCity(async (city) => {
    const article = (type: string, who: number, rank: number) =>
      ev(type, who, { articleId: "a1", rank, rankerVersion: "r3" });
    await city.post([
      ...people(50).map((who) => article("article.impression", who, 1)),
      ...people(50).map((who) => article("article.impression", who, 2)),
      ...people(30).map((who) => article("article.opened", who, 1)),
      ...people(12).map((who) => article("article.opened", who, 2)),
      ...people(16).map((who) => ev("ranking.optout", who, { optedOut: true })),
      ...people(20).map((who) =>
        ev("attachment.opened", who, {
          mime: "application/pdf",
          bytes: 1_000,
          altTextPresent: false,
        })
      ),
      ...people(31).map((who) =>
        ev("attachment.opened", who, {
          mime: "image/png",
          bytes: 1_000,
          altTextPresent: true,
        })
      ),
      ...people(28).map((who) =>
        ev("content.opened", who, { topic: "weather" }, {
          at: "2026-10-14T07:10:00+09:00",
        })
      ),
      ...people(22).map((who) =>
        ev("content.opened", who, { topic: "traffic" })
      ),
      ...people(26).map((who) =>
        ev("content.opened", who, { topic: "tourism" })
      ),
      ...people(24).map((who) =>
        ev("content.opened", who, { topic: "vaccination", childAgeBand: "0-4" })
      ),
      ...people(21).map((who) =>
        ev("content.opened", who, { topic: "health" })
      ),
      ...people(35).map((who) =>
        ev("content.searched", who, {
          termHash: "ab12".repeat(8),
          topic: "waste",
          hits: who < 20 ? 3 : 0,
        })
      ),
      ...people(27).map((who) =>
        ev("link.outbound", who, { target: "ballooners-tickets" }, {
          at: "2026-10-17T18:00:00+09:00",
        })
      ),
      ...people(13).map((who) => ev("share.outbound", who, { target: "line" })),
    ]);
    await city.run("content_use");

    const positions = await city.table("content_use", "positions");
    const clicks = (position: string) =>
      (peopleIn(positions, { position, step: "opened" }) ?? 0) /
      (peopleIn(positions, { position, step: "impression" }) ?? 1);
    assert.deepEqual([clicks("1"), clicks("2")], [30 / 50, 12 / 50]);
    assert.equal(
      peopleIn(await city.table("content_use", "ranking_choice"), {
        optedOut: "true",
      }),
      16,
    );
    const attachments = await city.table("content_use", "attachments");
    assert.equal(peopleIn(attachments, { mime: "pdf", altText: "false" }), 20);
    assert.equal(peopleIn(attachments, { mime: "image", altText: "true" }), 31);
    const topics = await city.table("content_use", "topics");
    assert.equal(peopleIn(topics, { topic: "traffic" }), 22);
    assert.equal(peopleIn(topics, { topic: "health" }), 21);
    const origin = await city.table("content_use", "topics_by_origin");
    assert.equal(
      peopleIn(origin, { topic: "tourism", origin: "resident" }),
      26,
    );
    const hours = await city.table("content_use", "topic_hours");
    assert.equal(peopleIn(hours, { topic: "weather", hour: "07" }), 28);
    const children = await city.table("content_use", "children");
    assert.equal(
      peopleIn(children, { topic: "vaccination", childAgeBand: "0-4" }),
      24,
    );
    const searches = await city.table("content_use", "searches");
    assert.equal(peopleIn(searches, { topic: "waste", result: "none" }), 15);
    const terms = await city.table("content_use", "terms");
    assert.equal(
      peopleIn(terms, { term: "ab12".repeat(8), result: "found" }),
      20,
    );
    const outbound = await city.table("content_use", "outbound_days");
    assert.equal(
      peopleIn(outbound, { target: "ballooners-tickets", date: "2026-10-17" }),
      27,
    );
    const shared = await city.table("content_use", "outbound");
    assert.equal(peopleIn(shared, { target: "line", kind: "share" }), 13);
    // The word itself is refused.
    const said = await city.send([
      ev("content.searched", 1, {
        term: "粗大ごみ",
        termHash: "ab12".repeat(8),
        hits: 1,
      }),
    ]);
    assert.notEqual(said["accepted"], 1);
  }));
