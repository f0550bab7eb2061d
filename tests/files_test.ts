import { lastRuns } from "@hiraku/kernel/control";
import { openDuckdb, sql } from "@hiraku/kernel/store";
import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import assert from "node:assert/strict";
import {
  CODE,
  people,
  peopleIn,
  type RowCity,
  withCity,
} from "./rows/row_city.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const raw = Buffer.from(
  publicKey.export({ format: "jwk" }).x ?? "",
  "base64url",
).toString("base64");
const senders = [{ municipality: CODE as never, id: "school", publicKey: raw }];

function manifestOf(
  file: string,
  bytes: Uint8Array,
  format: string,
  rows: number,
  kind = "events",
): Record<string, unknown> {
  const about = {
    file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    kind,
    format,
    rows,
    sender: "school",
  };
  const text = [file, about.sha256, kind, format, rows, "school"].join("\n");
  const signature = sign(null, Buffer.from(text), privateKey).toString(
    "base64",
  );
  return { ...about, signature };
}

async function drop(
  city: RowCity,
  file: string,
  bytes: Uint8Array,
  format: string,
  rows: number,
  change: Record<string, unknown> = {},
): Promise<void> {
  const dropped = city.places.dropped(CODE);
  await Deno.mkdir(dropped, { recursive: true });
  await Deno.writeFile(`${dropped}/${file}`, bytes);
  await Deno.writeTextFile(
    `${dropped}/${file}.manifest.json`,
    JSON.stringify({ ...manifestOf(file, bytes, format, rows), ...change }),
  );
}

async function gone(
  city: RowCity,
  place: string,
  file: string,
): Promise<string> {
  const folder = `${city.places.dropped(CODE)}/${place}`;
  await city.until(async () => {
    try {
      await Deno.stat(`${folder}/${file}.manifest.json`);
      return true;
    } catch {
      return false;
    }
  });
  return await Deno.readTextFile(`${folder}/${file}.manifest.json.reason.txt`)
    .catch(() => "");
}

const encode = (text: string) => new TextEncoder().encode(text);

const HEADER = "eventId,type,occurredAt,data.schoolId,data.grade,data.kind," +
  "data.reasonCode,data.forDate";
// Of a day on which all have one reason nothing would be told.
const REASONS = ["illness", "family"];
const line = (n: number, reason: string) =>
  `01JD3W8Q4XK0V7M2T5R9ZB6C${String(n).padStart(2, "0")},absence.reported,` +
  `2026-10-14T07:10:00+09:00,s1,2,absent,${reason},2026-10-14`;
const ill = (n: number) => line(n, "illness");

Deno.test("signed files of events are taken once from CSV, NDJSON and Parquet, and counted like any other", () =>
  withCity(async (city) => {
    const csv = [HEADER, ...people(12).map(ill)].join("\r\n");
    await drop(city, "a.csv", encode(csv), "csv", 12);
    await gone(city, "done", "a.csv");
    // The same events again, as another file, add nothing.
    await drop(city, "b.csv", encode(csv), "csv", 12);
    await gone(city, "done", "b.csv");
    const event = (n: number) => ({
      eventId: `01JD3W8Q4XK0V7M2T5R9ZB6D${String(n).padStart(2, "0")}`,
      type: "absence.reported",
      occurredAt: "2026-10-15T07:10:00+09:00",
      data: {
        schoolId: "s1",
        grade: 2,
        kind: "absent",
        reasonCode: REASONS[n % 2] ?? "",
        forDate: "2026-10-15",
      },
    });
    const ndjson = people(22).map((n) => JSON.stringify(event(n))).join("\n");
    await drop(city, "c.ndjson", encode(ndjson), "ndjson", 22);
    await gone(city, "done", "c.ndjson");
    const folder = await Deno.makeTempDir();
    const store = await openDuckdb<unknown>(":memory:", {});
    await Deno.writeTextFile(
      `${folder}/x.csv`,
      [
        HEADER,
        ...people(13, 30).map(ill),
        ...people(10, 60).map((n) => line(n, "family")),
      ].join("\n"),
    );
    await sql`COPY (SELECT * FROM read_csv(${sql.lit(`${folder}/x.csv`)},
      all_varchar = true)) TO ${
      sql.lit(`${folder}/x.parquet`)
    } (FORMAT parquet)`
      .execute(store);
    await store.destroy();
    const parquet = await Deno.readFile(`${folder}/x.parquet`);
    await Deno.remove(folder, { recursive: true });
    await drop(city, "d.parquet", parquet, "parquet", 23);
    await gone(city, "done", "d.parquet");
    await city.until(async () =>
      (await city.work.warehouse.selectFrom("event").select("event_id")
        .execute()).length >= 57
    );
    await city.run("school_absence");

    const days = await city.table("school_absence", "days");
    const on = (date: string) =>
      peopleIn(days, { date, reasonCode: "illness" });
    assert.equal(on("2026-10-14"), 25);
    assert.equal(on("2026-10-15"), 11);
    assert.notEqual(on("2026-10-14"), 37);
  }, { senders }));

Deno.test("files that are unsigned, changed, miscounted, hostile or of nobody known are refused with a reason and land nothing", () =>
  withCity(async (city) => {
    const csv = encode([HEADER, ill(1)].join("\n"));
    await drop(city, "changed.csv", csv, "csv", 1, { rows: 2 });
    assert.match(await gone(city, "refused", "changed.csv"), /signature/);
    await drop(city, "other.csv", csv, "csv", 1, { sender: "nobody" });
    assert.match(await gone(city, "refused", "other.csv"), /sender/);
    // Names of folders and of manifests are no names of files.
    await drop(city, "x.csv", csv, "csv", 1, { file: "done" });
    assert.match(await gone(city, "refused", "x.csv"), /'file'/);
    const folder = city.places.dropped(CODE);
    await Deno.writeTextFile(`${folder}/refused.manifest.json`, "{");
    assert.match(await gone(city, "refused", "refused"), /not JSON/);
    await drop(city, "count.csv", csv, "csv", 3);
    assert.match(await gone(city, "refused", "count.csv"), /1 rows/);
    const hostile = new Uint8Array(4_096).fill(0x50);
    hostile.set(encode("PAR1"));
    await drop(city, "hostile.parquet", hostile, "parquet", 1);
    assert.match(
      await gone(city, "refused", "hostile.parquet"),
      /not readable as parquet/,
    );
    await drop(city, "bomb.xlsx", hostile, "xlsx", 1);
    assert.match(
      await gone(city, "refused", "bomb.xlsx"),
      /not readable as xlsx/,
    );
    // A name in a column that no event has is refused by row, not by value.
    const named = `${HEADER},data.name\n${ill(5)},佐賀 太郎`;
    await drop(city, "named.csv", encode(named), "csv", 1);
    await gone(city, "done", "named.csv");

    const events = await city.work.warehouse.selectFrom("event").selectAll()
      .execute();
    assert.equal(events.length, 0);
    const runs = await lastRuns(city.control);
    assert.ok(
      runs.some(({ detail }) =>
        detail?.includes("1 refused") || detail?.includes("1 quarantined")
      ),
    );
    assert.equal(JSON.stringify(runs).includes("太郎"), false);
  }, { senders }));

Deno.test("a signed file sent over HTTP is taken once, its sender hears what became of it, and no copy of it stays", () =>
  withCity(async (city) => {
    const csv = encode([HEADER, ...people(12).map(ill)].join("\r\n"));
    const send = async (
      manifest: Record<string, unknown>,
      bytes: Uint8Array,
      key: string | undefined,
    ) => {
      const form = new FormData();
      form.set("manifest", JSON.stringify(manifest));
      form.set("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), "any");
      const response = await fetch(`${city.origin}/api/v1/files`, {
        method: "POST",
        ...key !== undefined && { headers: { authorization: `Bearer ${key}` } },
        body: form,
      });
      return { status: response.status, body: await response.json() };
    };
    const key = await city.eventKey();
    const status = async (file: string) => {
      const response = await fetch(`${city.origin}/api/v1/files/${file}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return { status: response.status, body: await response.json() };
    };
    const manifest = manifestOf("a.csv", csv, "csv", 12);

    assert.equal((await send(manifest, csv, undefined)).status, 401);
    assert.equal(
      (await send(manifest, csv, await city.key("analyst"))).status,
      403,
    );
    const changed = await send(manifest, csv.slice(1), key);
    assert.equal(changed.status, 400);
    const forged = await send({ ...manifest, rows: 13 }, csv, key);
    assert.equal(forged.status, 403);
    const strange = await send({ ...manifest, file: "../a.csv" }, csv, key);
    assert.equal(strange.status, 400);
    assert.match(strange.body.detail, /'file'/);
    assert.equal((await status("a.csv")).status, 404);
    const raw = async (type: string, body: BodyInit) => {
      const response = await fetch(`${city.origin}/api/v1/files`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": type },
        body,
      });
      await response.body?.cancel();
      return response.status;
    };
    assert.equal(await raw("text/csv", "a,b"), 415);
    assert.equal(await raw("multipart/form-data; boundary=x", "a,b"), 400);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        if ((sent += 1) > 70) controller.close();
        else controller.enqueue(new Uint8Array(1 << 20));
      },
    });
    assert.equal(await raw("multipart/form-data; boundary=x", endless), 413);

    const all = await Promise.all([
      send(manifest, csv, key),
      send(manifest, csv, key),
    ]);
    assert.deepEqual(all.map(({ status }) => status), [202, 202]);
    await gone(city, "done", "a.csv");
    assert.deepEqual((await status("a.csv")).body, {
      file: "a.csv",
      status: "done",
    });
    const other = encode([HEADER, ill(1)].join("\n"));
    const again = await send(manifestOf("a.csv", other, "csv", 1), other, key);
    assert.equal(again.status, 409);
    const miscounted = manifestOf("m.csv", csv, "csv", 3);
    assert.equal((await send(miscounted, csv, key)).status, 202);
    await gone(city, "refused", "m.csv");
    assert.match((await status("m.csv")).body.reason, /12 rows/);
    assert.equal((await status("..%2Fdone%2Fa.csv")).status, 404);

    await city.until(async () =>
      (await city.work.warehouse.selectFrom("event").select("event_id")
        .execute()).length >= 12
    );
    const kept: string[] = [];
    for (const folder of ["", "/done", "/refused"]) {
      const path = `${city.places.dropped(CODE)}${folder}`;
      for await (const { name, isFile } of Deno.readDir(path)) {
        if (isFile) kept.push(name);
      }
    }
    assert.deepEqual(kept.sort(), [
      "a.csv.manifest.json",
      "m.csv.manifest.json",
      "m.csv.manifest.json.reason.txt",
    ]);
  }, { senders }));

Deno.test("a municipal file in the drop folder lands as by import, and its defective rows are told by row", () =>
  withCity(async (city) => {
    const bytes = await Deno.readFile(
      new URL(
        "../pipelines/sources/testdata/population_2017_cp932.csv",
        import.meta.url,
      ),
    );
    const manifest = manifestOf("p.csv", bytes, "csv", 6, "municipal");
    await drop(city, "p.csv", bytes, "csv", 6, manifest);
    assert.equal(await gone(city, "done", "p.csv"), "");

    const { warehouse } = city.work;
    const landed = await warehouse.selectFrom("population")
      .select(["area", "people"])
      .where("age_band", "=", "total").where("sex", "=", "total")
      .orderBy("area").execute();
    assert.deepEqual(
      landed.map(({ area, people }) => [area, people]).sort(),
      [["合計", 3301], ["東町", 1141], ["西町", 1501]].sort(),
    );
    const rejected = await warehouse.selectFrom("import_rejection")
      .select("row").distinct().orderBy("row").execute();
    assert.deepEqual(rejected.map(({ row }) => row), [4, 5, 7]);
  }, { senders }));
