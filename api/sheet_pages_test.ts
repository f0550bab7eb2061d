import { fixedClock, layout, municipalitiesByCode } from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import { openShelf, readTable } from "@hiraku/opendata";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { city } from "./_opendata_site.ts";
import { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
import { ckanRoutes } from "./ckan_routes.ts";
import { opendataFiles } from "./opendata_files.ts";
import { problemAnswer } from "./problem_page.tsx";
import { sheetPages } from "./sheet_pages.tsx";

const DESK = "/operations/412015/opendata";
const OLD = [
  "NO,名称,名称_カナ,住所,緯度,経度,電話番号,市区町村コード,災害種別_洪水,災害種別_地震,内線番号",
  "C1,中央公園,チュウオウコウエン,佐賀市中央1-1,33.2500,130.3000,0952-24-3151,412015,,1,",
  "C2,南小学校,ミナミショウガッコウ,佐賀市南2-2,33.24,130.31,0952-24-3152,412015,1,1,12",
].join("\r\n");

interface Desk {
  readonly app: Hono<Env>;
  readonly shelf: ReturnType<typeof openShelf>;
  readonly control: Awaited<ReturnType<typeof openControl>>;
  send(path: string, form: Record<string, string | File>): Promise<Response>;
}

async function withDesk(
  role: "officer" | "analyst",
  use: (desk: Desk) => Promise<void>,
  clock = fixedClock("2026-11-21T03:00:00Z"),
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const control = await openControl(":memory:");
  const municipalities = municipalitiesByCode([city]);
  const shelf = openShelf({ layout: data, municipalities, clock });
  const origin = "https://data.example.jp";
  const caller: Caller = {
    ...PUBLIC,
    kind: "account",
    id: "someone",
    roles: new Map([["412015", new Set([role])]]),
  };
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("caller", caller);
    await next();
  });
  app.route(
    "/",
    sheetPages({ layout: data, shelf, municipalities, control, clock, origin }),
  );
  app.route("/", ckanRoutes({ shelf, origin }));
  app.route(
    "/",
    opendataFiles({
      shelf,
      downloads: { count() {}, total: () => Promise.resolve(0) },
    }),
  );
  app.onError((error, c) => problemAnswer(c.req.raw, error));
  const send: Desk["send"] = async (path, form) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(form)) body.append(name, value);
    return await app.request(path, { method: "POST", body });
  };
  try {
    await use({ app, shelf, control, send });
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
}

const upload = (text: string) =>
  new File([text], "412015_evacuation_space.csv", { type: "text/csv" });

Deno.test("an officer's old file becomes the standard sheet in the current edition, with who let it go and why", () =>
  withDesk("officer", async ({ app, shelf, control, send }) => {
    const checked = await send(`${DESK}/check`, { file: upload(OLD) });
    const draft = checked.headers.get("Location") ?? "";
    const page = await (await app.request(draft)).text();
    const corrected = await (await app.request(`${draft}/corrected.csv`))
      .text();
    const wrong = await send(`${DESK}/check`, {
      file: upload(OLD.replace("33.2500", "9.5")),
    });
    const unmeant = await send(`${wrong.headers.get("Location")}/publish`, {
      reason: "公開",
    });
    const unexplained = await send(`${draft}/publish`, { reason: " " });
    const published = await send(`${draft}/publish`, { reason: "年度更新" });
    const latest = await shelf.latest("412015", "evacuation_space");

    assert.equal(checked.status, 303);
    assert.ok(page.includes("旧版の様式です") && page.includes("最初の版です"));
    assert.ok(corrected.startsWith('\uFEFF"全国地方公共団体コード","ID",'));
    assert.equal(unmeant.status, 400);
    assert.ok((await unmeant.text()).includes("誤りが残っています"));
    assert.equal(unexplained.status, 400);
    assert.equal(published.status, 303);
    assert.ok(latest);
    const csv = await Deno.readTextFile(
      `${latest.dir}/412015_evacuation_space.csv`,
    );
    assert.ok(csv.includes('"(0952)24-3151"'));
    assert.equal(csv.includes("status"), false);
    const [first] = await readTable(latest, "evacuation_space");
    assert.equal(first?.["緯度"], 33.25);
    const { standard, files } = latest.manifest;
    assert.equal(standard?.number, "03");
    assert.ok(files.some(({ format }) => format === "geojson"));
    const [entry] = await control.selectFrom("audit").selectAll().execute();
    assert.equal(entry?.caller, "someone");
    assert.ok(entry?.object.endsWith(": 年度更新"));
    assert.equal(JSON.stringify(latest.manifest).includes("someone"), false);
    assert.equal((await app.request(draft)).status, 404);
  }));

Deno.test("a published sheet carries the tags and licence by which BODIK takes it, and stands in the open-data list", () =>
  withDesk("officer", async ({ app, shelf, send }) => {
    const checked = await send(`${DESK}/check`, { file: upload(OLD) });
    await send(`${checked.headers.get("Location")}/publish`, {
      reason: "公開",
    });
    const { result } = await (await app.request(
      "/api/3/action/package_show?id=412015_evacuation_space",
    )).json();
    const list = await shelf.latest("412015", "open_data_list");

    const tags = result.tags.map(({ name }: { name: string }) => name);
    assert.ok(tags.includes("自治体標準ODS"));
    assert.ok(tags.includes("指定緊急避難場所一覧"));
    assert.equal(result.license_id, "cc-by");
    assert.ok(list);
    const rows = await readTable(list, "open_data_list");
    assert.equal(rows.length, 8);
    assert.ok(
      rows.every((row) => row["データセット_ID"] === "412015_evacuation_space"),
    );
    assert.ok(
      rows.some((row) =>
        String(row["ファイル_ダウンロードURL"]).endsWith(
          "/latest/412015_evacuation_space.csv",
        )
      ),
    );
  }));

Deno.test("a second file shows what it adds, removes and changes, and says in public what it corrects", () =>
  withDesk("officer", async ({ app, shelf, send }) => {
    const first = await send(`${DESK}/check`, { file: upload(OLD) });
    await send(`${first.headers.get("Location")}/publish`, { reason: "公開" });
    const other = OLD.replace("C1,中央公園", "C1,中央公園広場")
      .replace("C2,南小学校", "C3,南小学校");
    const checked = await send(`${DESK}/check`, { file: upload(other) });
    const draft = checked.headers.get("Location") ?? "";
    const page = await (await app.request(draft)).text();
    await send(`${draft}/publish`, {
      reason: "名称の誤り",
      correction: "C1の名称を改めた",
    });
    const latest = await shelf.latest("412015", "evacuation_space");

    assert.ok(page.includes("追加 1") && page.includes("変更 1"));
    assert.deepEqual(latest?.manifest.changes?.tables, [{
      table: "evacuation_space",
      added: 1,
      removed: 1,
      changed: 1,
    }]);
    assert.equal(latest?.manifest.correction?.ja, "C1の名称を改めた");
    assert.equal(
      JSON.stringify(latest?.manifest).includes("名称の誤り"),
      false,
    );
  }));

Deno.test("a release date keeps a version from the public until its day, and a withdrawal says why for good", async () => {
  let now = "2026-11-21T03:00:00Z";
  const clock = { now: () => new Date(now) };
  await withDesk("officer", async ({ app, shelf, send }) => {
    const checked = await send(`${DESK}/check`, { file: upload(OLD) });
    await send(`${checked.headers.get("Location")}/publish`, {
      reason: "4月から",
      from: "2027-04-01",
    });
    const early = await shelf.cards();
    const file =
      "/opendata/412015/evacuation_space/2026-11-21.1/412015_evacuation_space.csv";
    const hidden = await app.request(file);
    now = "2027-03-31T15:00:00Z";
    const due = await shelf.cards();
    const open = await app.request(file);
    await open.body?.cancel();
    await send(`${DESK}/withdraw`, {
      dataset: "evacuation_space",
      version: "2026-11-21.1",
      reason: "座標に誤り",
    });
    const gone = await app.request(file);

    assert.deepEqual(early, []);
    assert.equal(hidden.status, 404);
    assert.deepEqual(due.map(({ dataset }) => dataset), ["evacuation_space"]);
    assert.equal(open.status, 200);
    assert.equal(gone.status, 410);
    assert.ok((await gone.text()).includes("座標に誤り"));
  }, clock);
});

Deno.test("nobody but an officer checks or publishes, and a file that is none is told of on the page", async () => {
  await withDesk("analyst", async ({ app, send }) => {
    const checked = await send(`${DESK}/check`, { file: upload(OLD) });

    assert.equal((await app.request(DESK)).status, 403);
    assert.equal(checked.status, 403);
  });
  await withDesk("officer", async ({ app, send }) => {
    const broken = await send(`${DESK}/check`, {
      file: new File([new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])], "a.xlsx"),
    });
    const none = await send(`${DESK}/check`, {});
    const desk = await (await app.request(`/en${DESK}`)).text();

    assert.equal(broken.status, 400);
    assert.match(broken.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.equal(none.status, 400);
    assert.ok(desk.includes("Publish open data"));
    assert.equal((await app.request(`${DESK}/drafts/..%2F..%2Fx`)).status, 404);
  });
});
