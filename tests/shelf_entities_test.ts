import { layout, municipalitiesByCode } from "@hiraku/kernel";
import {
  approve,
  openShelf,
  publishStandard,
  SHEETS,
  standardDataset,
  withdraw,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { followShelf } from "../app/follow_shelf.ts";
import {
  CODE,
  movingClock,
  TENANT,
  withCity,
  writerOf,
} from "./broker_city.ts";
import { sampleCity } from "./sample_city.ts";

Deno.test("followShelf() brings a sheet to the broker when its embargo ends, and takes it away when it is withdrawn", () =>
  withCity(async (at) => {
    const dir = await Deno.makeTempDir();
    const data = layout(dir);
    const clock = movingClock("2026-11-01T00:00:00Z");
    const city = { ...sampleCity, code: CODE as typeof sampleCity.code };
    const writer = writerOf(at, clock);
    const listed: string[] = [];
    const look = followShelf({
      shelf: openShelf({
        layout: data,
        municipalities: municipalitiesByCode([city]),
        clock,
      }),
      code: CODE,
      origin: "https://city.example",
      put: writer.putThings,
      list: (code) => void listed.push(code),
      log: at.log,
    });
    const sheet = SHEETS.find(({ id }) => id === "03");
    assert.ok(sheet);
    const line = (values: Readonly<Record<string, string>>) =>
      sheet.columns.map(({ name }) => values[name] ?? "");
    const all = async (type: string) =>
      await (await fetch(
        `${at.origin}/ngsi-ld/v1/entities?type=${type}&options=keyValues`,
        { headers: { "NGSILD-Tenant": TENANT } },
      )).json();
    try {
      const { version } = await publishStandard(
        approve(standardDataset(sheet), city, [
          line({
            全国地方公共団体コード: CODE,
            ID: "CC0000000001",
            名称: "城内公園",
            名称_英字: "Jonai Park",
            所在地_連結表記: "佐賀県佐賀市城内1-1",
            緯度: "33.249",
            経度: "130.3",
            "災害種別_洪水": "1",
            "災害種別_地震": "1",
            想定収容人数: "800",
            標高: "4.2",
          }),
          line({
            全国地方公共団体コード: CODE,
            ID: "CC0000000002",
            名称: "東",
          }),
        ]),
        { layout: data, clock, notBefore: "2026-11-01T01:00:00.000Z" },
      );
      await look();
      assert.deepEqual(await all("EvacuationSite"), []);
      assert.deepEqual(await all("Dataset"), []);

      clock.move(3_600);
      await look();
      const [first, second] = await all("EvacuationSite");
      assert.equal(first.id, `urn:ngsi-ld:EvacuationSite:${CODE}-CC0000000001`);
      assert.deepEqual(first.name, {
        languageMap: { ja: "城内公園", en: "Jonai Park" },
      });
      assert.deepEqual(first.hazardTypes, ["flood", "earthquake"]);
      assert.deepEqual(first.location.coordinates, [130.3, 33.249]);
      assert.equal(first.maxCapacity, 800);
      assert.deepEqual(first.columns, { json: { 標高: 4.2 } });
      assert.equal(second.location, undefined);
      const near = await (await fetch(
        `${at.origin}/ngsi-ld/v1/entities?type=EvacuationSite&georel=near;maxDistance==500&geometry=Point&coordinates=%5B130.3,33.25%5D`,
        { headers: { "NGSILD-Tenant": TENANT } },
      )).json();
      assert.equal(near.length, 1);
      const [dataset] = await all("Dataset");
      assert.equal(dataset.version, version.manifest.version);
      assert.match(
        dataset.downloadURL[0],
        /^https:\/\/city\.example\/opendata\/412015\/evacuation_space\/latest\//,
      );
      const sent = at.requests.length;
      await look();
      assert.equal(
        at.requests.slice(sent).filter((one) => !one.startsWith("GET")).length,
        0,
      );
      assert.deepEqual(listed, [CODE, CODE]);

      await withdraw(version, { ja: "誤り", en: "An error" });
      await look();
      assert.deepEqual(await all("EvacuationSite"), []);
      assert.deepEqual(await all("Dataset"), []);
    } finally {
      await writer.close();
      await Deno.remove(dir, { recursive: true });
    }
  }));
