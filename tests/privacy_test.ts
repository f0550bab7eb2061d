import { createAccount } from "@hiraku/api/identity";
import { cityMonth, systemClock } from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { hiraku, newPlatform, type Platform } from "./platform.ts";
import { attempts, goodEvents } from "./privacy/attempts.ts";
import { found, foundInFiles, foundInWarehouse } from "./privacy/scan.ts";
import { anywhere, BIRTH_DATE } from "./privacy/secrets.ts";
import { sampleCity } from "./sample_city.ts";

const CODE = sampleCity.code;
const PASSWORD = crypto.randomUUID();
const SHELTER = sampleCity.shelters[0]?.id ?? "";
const SITE = `/opendata/${CODE}/miniapp_usage`;

/** Everything the platform has said: answers with their headers, and its own words. */
class Heard {
  /** The last answer to each request. */
  readonly texts = new Map<string, string>();
  /** What should not have been in an answer. */
  readonly hits: string[] = [];
  readonly #words: Uint8Array[] = [];

  readonly hear = (bytes: Uint8Array): void => void this.#words.push(bytes);

  /** What both processes have said on either stream. */
  get said(): Uint8Array {
    return Buffer.concat(this.#words);
  }

  async answer(what: string, request: Promise<Response>): Promise<number> {
    const response = await request;
    const headers = [...response.headers].join("\n");
    const text = `${headers}\n${await response.text()}`;
    this.texts.set(what, text);
    this.hits.push(...found(text).map((one) => `${what}: ${one}`));
    return response.status;
  }
}

Deno.test("nothing a resident could be known by stays in a store, a file, an answer or a log", async (t) => {
  const platform = await newPlatform([sampleCity], {
    schedules: { preliminary: "*/2 * * * * *", publish: "*/2 * * * * *" },
  });
  const heard = new Heard();
  const key = await platform.key({
    municipality: CODE,
    eventTypes: ["*"],
    writesEntities: true,
    roles: ["hq"],
  });
  await account(platform);
  const serve = platform.start("serve", undefined, heard.hear);
  await platform.listening();
  const work = platform.start("work", undefined, heard.hear);
  const json = {
    Authorization: `Bearer ${key}`,
    "Content-Type": "application/json",
  };
  const ask = (path: string, init: RequestInit = {}) =>
    heard.answer(
      `${init.method ?? "GET"} ${path}`,
      fetch(platform.origin + path, init),
    );

  try {
    await t.step(
      "events: every value in every field, under every key",
      async () => {
        const at = new Date(systemClock.now().getTime() - 3_600_000);
        const good = goodEvents(40, lastMonth());
        assert.equal(
          await ask("/api/v1/events", {
            method: "POST",
            headers: json,
            body: JSON.stringify(good),
          }),
          202,
        );
        const receipt = heard.texts.get("POST /api/v1/events") ?? "";
        assert.ok(receipt.includes(`"accepted":${good.length}`), receipt);
        let n = 0;
        for (const batch of batches(attempts(at))) {
          n += 1;
          assert.equal(
            await ask(`/api/v1/events?batch=${n}`, {
              method: "POST",
              headers: json,
              body: JSON.stringify(batch),
            }),
            202,
          );
        }
        assert.ok(n > 10);
      },
    );

    await t.step(
      "requests that are broken, and what stands around them",
      async () => {
        for (const value of anywhere) {
          const line = encodeURIComponent(value);
          const bodies: [string, string][] = [
            ["application/json", `[{"name": "${value}"`],
            ["application/json", JSON.stringify(value)],
            ["application/x-ndjson", `{"name": "${value}"\n${value}\n`],
            [`text/${line}`, String(value)],
          ];
          for (const [type, body] of bodies) {
            await ask(`/api/v1/events?who=${line}&t=${type}`, {
              method: "POST",
              headers: { ...json, "Content-Type": type },
              body,
            });
          }
          for (
            const path of [
              `/${line}`,
              `/en/${line}`,
              `/dashboards/${line}`,
              `/opendata/${line}`,
              `/opendata/${CODE}/${line}/latest/${line}`,
              `/operations/${line}`,
              `/login?next=${line}`,
              `/ngsi-ld/v1/entities/${line}`,
              `/ngsi-ld/v1/entities/urn:ngsi-ld:Person:${line}`,
              `/ngsi-ld/v1/entities?type=Person&id=urn:x:${line}`,
              `/ngsi-ld/v1/entities?type=${line}`,
              `/ngsi-ld/v1/entities?type=A&${line}=1`,
              `/ngsi-ld/v1/entities?type=A&attrs=${line}`,
              `/ngsi-ld/v1/entities?type=A&q=name==${line}`,
              `/ngsi-ld/v1/${line}`,
            ]
          ) {
            for (const accept of ["*/*", "text/html"]) {
              const agent = {
                "User-Agent": line,
                Referer: `https://x.example/${line}`,
              };
              await ask(path, { headers: { Accept: accept, ...agent } });
              await ask(path, {
                headers: {
                  Accept: accept,
                  "X-Forwarded-For": line,
                  "X-Api-Key": line,
                  Cookie: `hiraku_session=${line}`,
                },
              });
            }
          }
          for (const at of ["", "/en"]) {
            await ask(`${at}/login?who=${line}`, {
              method: "POST",
              headers: { Origin: platform.origin },
              body: new URLSearchParams({
                login: String(value),
                password: String(value),
              }),
            });
          }
        }
      },
    );

    await t.step("the broker's door takes no person", async () => {
      const path = "/ngsi-ld/v1/entities";
      const headers = { ...json, "NGSILD-Tenant": sampleCity.tenant };
      for (const value of anywhere) {
        const thing = { id: "urn:ngsi-ld:Facility:1", type: "Facility" };
        const persons = [
          { ...thing, type: "Person", name: value },
          { ...thing, id: `urn:ngsi-ld:Person:${encodeURIComponent(value)}` },
          { ...thing, familyName: value },
          { ...thing, 個人番号: { type: "Property", value } },
          { ...thing, staff: { value: { list: [{ full_name: value }] } } },
          { ...thing, birthDate: BIRTH_DATE },
          { ...thing, [String(value)]: { type: value } },
          { ...thing, name: { type: value } },
          { id: value, type: value },
        ];
        for (const one of persons) {
          const body = JSON.stringify(one);
          assert.equal(await ask(path, { method: "POST", headers, body }), 400);
        }
        const batch = persons.map((one) => ({ ...one, id: "urn:x:1" }));
        await ask("/ngsi-ld/v1/entityOperations/upsert", {
          method: "POST",
          headers,
          body: JSON.stringify([...batch, value]),
        });
        await ask(`${path}/urn:x:1/attrs`, {
          method: "PATCH",
          headers,
          body: JSON.stringify({ givenName: value }),
        });
      }
    });

    await t.step(
      "an imported file keeps its columns of residents to itself",
      async () => {
        const path = await Deno.makeTempFile({ suffix: ".csv" });
        await Deno.writeTextFile(path, residents());
        const { code, said } = await hiraku(platform, ["import", path]);
        await Deno.remove(path);

        assert.equal(code, 1, said);
        assert.match(said, /landed: 1/);
        assert.deepEqual(found(said), []);
      },
    );

    await t.step(
      "everything lands, is published and is looked at",
      async () => {
        await eventually(async () => {
          assert.equal(
            await ask(`${SITE}/latest/${CODE}_miniapp_usage.csv`),
            200,
          );
          assert.match(
            heard.texts.get(`GET ${SITE}/latest/${CODE}_miniapp_usage.csv`) ??
              "",
            /252018-ma-01/,
          );
          assert.equal(
            await ask(
              `/opendata/${CODE}/population/latest/${CODE}_population.csv`,
            ),
            200,
          );
          assert.equal(await waiting(platform), 0);
        });
        const session = await signIn(platform);
        for (
          const page of [
            `/dashboards/${CODE}`,
            `/en/dashboards/${CODE}`,
            "/opendata",
            "/opendata/catalog.jsonld",
            SITE,
            `/en${SITE}`,
            `${SITE}.jsonld`,
            ...[
              "manifest.json",
              "certificate.json",
              `${CODE}_miniapp_usage.json`,
            ]
              .map((file) => `${SITE}/latest/${file}`),
            `/opendata/${CODE}/population/latest/${CODE}_population.csv`,
            "/operations",
            `/operations/${CODE}/shelters`,
          ]
        ) {
          const headers = { Cookie: `hiraku_session=${session}` };
          assert.equal(await ask(page, { headers }), 200, page);
        }
        const everything =
          "/ngsi-ld/v1/entities?local=true&limit=1000&options=sysAttrs";
        const tenant = { ...json, "NGSILD-Tenant": sampleCity.tenant };
        assert.equal(await ask(everything, { headers: tenant }), 200);
        assert.match(
          heard.texts.get(`GET ${everything}`) ?? "",
          /evacueeTotal/,
        );
      },
    );
  } finally {
    await serve.kill("SIGTERM");
    await work.kill("SIGTERM");
  }

  await t.step("no answer and no word of a process repeats a value", () => {
    assert.deepEqual(heard.hits.slice(0, 20), []);
    assert.deepEqual(found(heard.said, ["Stopped"]), ["Stopped"]);
    assert.deepEqual(found(heard.said), []);
  });

  await t.step("no file of the data folder holds one", async () => {
    const { root } = platform.places;

    // What is there shows that the search can find.
    assert.notDeepEqual(await foundInFiles(root, [SHELTER]), []);
    assert.deepEqual((await foundInFiles(root)).slice(0, 20), []);
  });

  await t.step("no table holds one", async () => {
    const known = await foundInWarehouse(platform.places, CODE, [
      SHELTER,
      "invalid_",
    ]);
    const hits = await foundInWarehouse(platform.places, CODE);

    assert.ok(known.includes(`event: ${SHELTER}`), known.join());
    assert.ok(known.includes("quarantine: invalid_"), known.join());
    assert.deepEqual(hits, []);
  });
  await Deno.remove(platform.places.root, { recursive: true });
});

/** The last hour of the month before: long enough ago to be published. */
function lastMonth(): Date {
  const start = `${cityMonth(systemClock.now())}-01T00:00:00+09:00`;
  return new Date(Date.parse(start) - 3_600_000);
}

function* batches(events: Iterable<unknown>, size = 500): Generator<unknown[]> {
  let batch: unknown[] = [];
  for (const one of events) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** A population table in which somebody left a resident's name and telephone. */
function residents(): string {
  const rows = [
    [
      "全国地方公共団体コード",
      "調査年月日",
      "地域名",
      "総人口",
      "男性",
      "女性",
      "氏名",
      "電話番号",
    ],
    [
      CODE,
      "2026-04-01",
      "北町",
      "30",
      "14",
      "16",
      "小弦寺花江",
      "090-4471-8263",
    ],
    [CODE, "2026-04-01", "南町", "小弦寺花江", "14", "16", "", "09044718263"],
    [CODE, "2026-04-01", "東町", "30", "14", "16", "", "", "小弦寺花江"],
    [CODE, BIRTH_DATE + "x", "西町", "30", "14", "16", "", ""],
  ];
  return rows.map((row) => row.join(",")).join("\n") + "\n";
}

async function account({ places }: Platform): Promise<void> {
  const control = await openControl(places.control);
  await createAccount(control, systemClock, "hq", PASSWORD, [
    { municipality: CODE, role: "hq" },
  ]);
  await control.destroy();
}

async function signIn({ origin }: Platform): Promise<string> {
  const response = await fetch(`${origin}/login`, {
    method: "POST",
    headers: { Origin: origin },
    body: new URLSearchParams({ login: "hq", password: PASSWORD }),
    redirect: "manual",
  });
  await response.body?.cancel();
  const cookie = response.headers.get("set-cookie") ?? "";
  return /^hiraku_session=([^;]+)/.exec(cookie)?.[1] ?? "";
}

async function waiting({ places }: Platform): Promise<number> {
  let count = 0;
  for await (const { name, isFile } of Deno.readDir(places.landing(CODE))) {
    if (isFile && name.endsWith(".ndjson")) count += 1;
  }
  return count;
}

async function eventually(say: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 120; i++) {
    try {
      return await say();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  await say();
}
