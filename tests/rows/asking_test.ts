import { cutRequests } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { CODE, people, type RowCity, type Sent, withCity } from "./row_city.ts";

const CUTS = `/operations/${CODE}/cuts`;
/** Made up for this file; 37 + 4 people of two ages in three districts. */
const scans = (n: number, from = 0): Sent[] =>
  people(n, from).map((who) => ({
    type: "qr.scanned",
    who,
    data: { kind: "facility", placementId: "hall-1" },
  }));

Deno.test("a cut that is not released goes to the officer with what it would withhold, and its answer comes back", () =>
  withCity(async (city) => {
    const { origin, control } = city;
    const [analyst, officer, hq] = [
      await city.key("analyst"),
      await city.key("officer"),
      await city.key("hq"),
    ];
    const read = async (key: string, path = CUTS) => {
      const response = await fetch(origin + path, {
        headers: { Authorization: `Bearer ${key}` },
      });
      return { status: response.status, text: await response.text() };
    };
    const send = async (
      key: string,
      form: readonly (readonly [string, string])[],
      path = CUTS,
    ) => {
      const response = await fetch(origin + path, {
        method: "POST",
        redirect: "manual",
        headers: { Authorization: `Bearer ${key}` },
        body: new URLSearchParams(form.map(([a, b]) => [a, b])),
      });
      await response.body?.cancel();
      return response.status;
    };
    // Of 60 people 20 are in each district and 10 of each age there; but of
    // the last 4 the first district gets 2, the others 1.
    await city.post(scans(64));
    await city.run("aggregate");
    const wanted = [
      ["family", "app_use.qr_places"],
      ["by", "district"],
      ["by", "age"],
      ["reason", "掲示の場所を見直すため"],
    ] as const;

    assert.equal(await send(analyst, wanted), 303);
    await city.until(async () =>
      (await cutRequests(control, CODE))[0]?.preview !== null
    );
    const [request] = await cutRequests(control, CODE);
    const mine = await read(analyst);
    const officers = await read(officer, `/en${CUTS}`);

    // Three districts by two ages, 11, 11, 11, 11, 10 and 10 people.
    assert.match(officers.text, /Of 6 figures in 1 months 0 \(0\.0%\)/);
    assert.match(mine.text, /掲示の場所を見直すため[^]*回答待ち/);
    assert.doesNotMatch(mine.text, /秘匿します|name="verdict"/);
    assert.equal((await read(hq)).status, 403);
    // More than three dimensions, and what is there already, is refused at once.
    const crossed = [...wanted, ["by", "ageSex"]] as const;
    assert.equal(await send(analyst, crossed), 400);
    const there = [["family", "registration.registered"], ["by", "district"], [
      "reason",
      "x",
    ]] as const;
    assert.equal(await send(analyst, there), 400);
    assert.equal((await cutRequests(control, CODE)).length, 1);

    const one = `${CUTS}/${request?.id}`;
    assert.equal(await send(analyst, [["verdict", "accepted"]], one), 403);
    assert.equal(
      await send(officer, [["verdict", "refused"], ["reason", ""]], one),
      400,
    );
    assert.equal(
      await send(officer, [["verdict", "refused"], [
        "reason",
        "校区では少なすぎる",
      ]], one),
      303,
    );
    assert.equal(
      await send(officer, [["verdict", "accepted"], ["reason", ""]], one),
      409,
    );
    assert.match(
      (await read(analyst)).text,
      /断りました<\/strong>: 校区では少なすぎる/,
    );

    // A few people only: what is small is withheld, and more to protect it.
    await city.post(
      scans(31, 100).map((sent) => ({
        ...sent,
        data: { kind: "facility", placementId: "hall-2" },
      })),
    );
    await city.run("aggregate");
    city.clock.set("2026-11-20T01:05:00Z");
    assert.equal(await send(analyst, wanted), 303);
    await city.until(async () =>
      (await cutRequests(control, CODE))[0]?.preview !== null
    );
    const next = (await read(officer, `/en${CUTS}`)).text
      .split('class="card"')[1] ?? "";
    assert.match(
      next,
      /Of 12 figures in 1 months 6 \(50\.0%\)[^]*6 because they are small/,
    );
    // Sums and shares of what is withheld, never a figure of a cell.
    assert.doesNotMatch(next, /hall-2/);
  }));

Deno.test("a saved query has an address that anybody opens, and answers from the newest release", () =>
  withCity(async (city) => {
    const { origin } = city;
    const analyst = await city.key("analyst");
    const hq = await city.key("hq");
    await city.post(
      people(40).map((who) => ({ type: "miniapp.opened", who })),
    );
    await city.run("aggregate");
    await city.run("miniapp_usage");
    const send = async (
      key: string,
      form: Record<string, string>,
      at = "",
    ) => {
      const response = await fetch(
        `${origin}/operations/${CODE}/registers/queries${at}`,
        {
          method: "POST",
          redirect: "manual",
          headers: { Authorization: `Bearer ${key}` },
          body: new URLSearchParams(form),
        },
      );
      await response.body?.cancel();
      return response.status;
    };
    const keep = (key: string, sql: string, more = {}) =>
      send(key, {
        id: "clicks",
        nameJa: "月ごとのクリック",
        nameEn: "Clicks by month",
        sql,
        ...more,
      });
    const open = async (path: string) => {
      const response = await fetch(`${origin}${path}`);
      return { status: response.status, text: await response.text() };
    };
    const SQL =
      "select month, sum(clicks) as clicks from miniapp_usage.miniapp_usage group by month";
    const path = `/dashboards/${CODE}/queries`;

    assert.equal(await keep(hq, SQL), 403);
    assert.equal(await keep(analyst, SQL), 303);
    assert.match((await open(path)).text, /月ごとのクリック/);
    const page = await open(`/en${path}/clicks`);
    assert.match(page.text, /2026-10<\/td><td class="number">40<\/td>/);
    assert.ok(page.text.includes(` › <a href="/en${path}">Saved queries`));
    const [, about = ""] = page.text.split('<details class="about">');
    assert.match(
      about,
      /miniapp_usage\/2026-11-20\.1 · sha256 [0-9a-f]{64}[^]*Disclosure rule[^]*Cells withheld<\/dt><dd>[^<]* \d+ of \d+ rows[^]*Owner[^]*select /,
    );
    // Of the family's other tables nothing was read.
    assert.doesNotMatch(about, /by_age_sex|by age/i);
    const csv = await open(`${path}/clicks.csv`);
    assert.equal(csv.text, '"month","clicks"\r\n"2026-10","40"\r\n');

    assert.equal(
      await keep(analyst, "select * from read_csv('/etc/passwd')"),
      303,
    );
    const refused = await open(`${path}/clicks`);
    assert.equal(refused.status, 200);
    assert.match(refused.text, /答えられませんでした/);
    assert.match(
      refused.text,
      /2<\/a><\/td><td>2026-11-20<\/td><td>分析担当<\/td><td>照会（SQL）の変更/,
    );
    assert.ok(!refused.text.includes((await keyIds(city)).at(0) ?? "?"));
    assert.doesNotMatch(refused.text, /root:/);
    assert.equal((await open(`${path}/clicks.csv`)).status, 400);
    assert.equal((await open(`${path}/none`)).status, 404);

    // What it asked before is kept, and so is who answers for it.
    const before = await open(`/en${path}/clicks?version=1`);
    assert.match(before.text, /earlier version[^]*>40<\/td>/);
    assert.match(before.text, /Owner<\/dt><dd>analyst</);
    assert.match(before.text, /clicks\.csv\?version=1/);
    assert.equal(
      (await open(`${path}/clicks.csv?version=1`)).text,
      csv.text,
    );
    assert.equal((await open(`${path}/clicks?version=9`)).status, 404);
    const owner = { ownerJa: "市民課", ownerEn: "Citizens' section" };
    assert.equal(await keep(analyst, SQL, { ownerJa: "市民課" }), 400);
    assert.equal(await keep(analyst, SQL, owner), 303);
    assert.match(
      (await open(`${path}/clicks`)).text,
      /所管<\/dt><dd>市民課</,
    );

    const section = await city.key("section");
    assert.equal(await send(hq, { id: "clicks" }, "/remove"), 403);
    assert.equal(await send(section, { id: "clicks" }, "/remove"), 303);
    const gone = await open(`${path}/clicks`);
    assert.equal(gone.status, 410);
    assert.match(
      gone.text,
      /<td>4<\/td><td>2026-11-20<\/td><td>所管課<\/td><td>削除/,
    );
    assert.equal((await open(`${path}/clicks.csv`)).status, 410);
    assert.doesNotMatch((await open(path)).text, /月ごとのクリック/);
    assert.match((await open(`${path}/clicks?version=3`)).text, />40<\/td>/);
  }));

async function keyIds({ control }: RowCity): Promise<string[]> {
  const rows = await control.selectFrom("api_key").select("id").execute();
  return rows.map(({ id }) => id);
}
