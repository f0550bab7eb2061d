import { catalogue, eventTypes, fieldNotes } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { eventPages } from "./event_pages.tsx";

const ORIGIN = "https://city.example";
const app = eventPages(ORIGIN);

async function page(path: string): Promise<string> {
  const response = await app.request(path);
  assert.equal(response.status, 200, path);
  return await response.text();
}

Deno.test("GET /docs/events lists every type of the catalogue in both languages", async () => {
  const [japanese, english] = [
    await page("/docs/events"),
    await page("/en/docs/events"),
  ];

  for (const { type, title } of catalogue.values()) {
    assert.ok(japanese.includes(`href="/docs/events/${type}"`), type);
    assert.ok(japanese.includes(title.ja), type);
    assert.ok(english.includes(title.en), type);
  }
  assert.doesNotMatch(japanese + english, /undefined|\[object/);
});

Deno.test("GET /docs/events/{type} explains every field of every version, with a sample", async () => {
  for (const type of eventTypes) {
    const japanese = await page(`/docs/events/${type.type}`);
    const english = await page(`/en/docs/events/${type.type}`);

    for (const { path, meaning } of fieldNotes(type)) {
      assert.ok(japanese.includes(`<code>${path}</code>`), type.type);
      assert.ok(japanese.includes(meaning.ja), `${type.type} ${path}`);
      assert.ok(english.includes(escaped(meaning.en)), `${type.type} ${path}`);
    }
    assert.ok(english.includes(type.contract));
    assert.doesNotMatch(japanese + english, /undefined|\[object/);
  }
});

Deno.test("GET /docs/events/{type}.json answers the schema of each, closed where the contract is", async () => {
  for (const type of eventTypes) {
    const schema = JSON.parse(
      await page(`/docs/events/${type.type}.v${type.version}.json`),
    );

    assert.equal(schema.properties.type.const, type.type);
    assert.equal(schema.additionalProperties, false);
    assert.equal(
      schema.properties.data.additionalProperties,
      type.contract === "freeze" ? false : undefined,
      type.type,
    );
    assert.equal(
      schema.required.includes("subject"),
      type.subject === "required",
      type.type,
    );
    assert.equal("receivedAt" in schema.properties, false);
  }
  const newest = await app.request("/docs/events/miniapp.opened.json");
  assert.equal(newest.headers.get("content-type"), "application/schema+json");
  const unknown = await app.request("/docs/events/nobody.knows.json");
  assert.notEqual(unknown.status, 200);
});

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("'", "&#39;");
}
