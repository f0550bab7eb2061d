import { Problem } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { problemAnswer } from "./problem_page.tsx";

const BROWSER =
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const SECRET = "山田花子";

function ask(path: string, error: unknown, accept = BROWSER) {
  const request = new Request(`https://city.example${path}`, {
    headers: { Accept: accept },
  });
  return problemAnswer(request, error);
}

const nothing = new Problem("ResourceNotFound", `Nothing for ${SECRET}`);

Deno.test("problemAnswer() shows a browser a page in the language of the address", async () => {
  const ja = await ask(`/opendata/${SECRET}`, nothing);
  const en = await ask(`/en/opendata/${SECRET}`, nothing);

  for (
    const [page, language, words] of [
      [ja, "ja", "ページが見つかりません"],
      [en, "en", "Page not found"],
    ] as const
  ) {
    const html = await page.text();
    assert.equal(page.status, 404);
    assert.match(page.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.ok(html.startsWith("<!DOCTYPE html>"));
    assert.ok(html.includes(`<html lang="${language}">`));
    assert.ok(html.includes(words));
    assert.ok(!html.includes(SECRET) && !html.includes(encodeURI(SECRET)));
  }
});

Deno.test("problemAnswer() answers programs, and every interface for programs, in problem+json", async () => {
  const answers = [
    await ask("/opendata/x", nothing, "*/*"),
    await ask("/opendata/x", nothing, "application/json"),
    await ask("/api/v1/events", nothing),
    await ask("/ngsi-ld/v1/entities/urn:x:1", nothing),
  ];

  for (const answer of answers) {
    assert.equal(answer.status, 404);
    assert.equal(
      answer.headers.get("Content-Type"),
      "application/problem+json",
    );
    assert.equal((await answer.json()).title, "ResourceNotFound");
  }
});

Deno.test("problemAnswer() keeps status and headers, and a page of our own mistake has no stack", async () => {
  const busy = new Problem("Unavailable", "Full", { retryAfter: 7 });

  const forbidden = await ask("/operations", new Problem("Forbidden", "No"));
  const later = await ask("/en/login", busy);
  const broken = await ask("/dashboards", new TypeError(SECRET));

  assert.equal(forbidden.status, 403);
  assert.match(await forbidden.text(), /権限がありません/);
  assert.equal(later.status, 503);
  assert.equal(later.headers.get("Retry-After"), "7");
  assert.equal(broken.status, 500);
  assert.doesNotMatch(await broken.text(), /TypeError|\.tsx?:|山田/);
});
