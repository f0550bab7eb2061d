import { zipSync } from "fflate";
import assert from "node:assert/strict";
import { freePort } from "../free_port.ts";
import { CODE, type Entity, peopleIn, withCity } from "./row_city.ts";

const warnings = (status: string, at = "2026-11-20T09:50:00+09:00") => ({
  reportDatetime: at,
  areaTypes: [{
    areas: [
      { code: "4120100", warnings: [{ code: "04", status }] },
      { code: "2520100", warnings: [{ code: "03", status: "発表" }] },
    ],
  }],
});

const telegram = (status: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Head>
<ReportDateTime>2026-11-20T09:55:00+09:00</ReportDateTime></Head><Body>
<Warning type="気象警報・注意報（市町村等）"><Item>
<Kind><Name>大雨特別警報</Name><Code>33</Code><Status>${status}</Status></Kind>
<Area><Name>佐賀市</Name><Code>4120100</Code></Area></Item></Warning>
</Body></Report>`;

const level = (at: string, value: number | null, station = "gauge-1") => ({
  station,
  observedAt: at,
  level: value,
});

/** A server whose answers a test changes. */
async function withServer(
  body: (
    origin: string,
    answers: Map<string, () => Response>,
  ) => Promise<void>,
): Promise<void> {
  const answers = new Map<string, () => Response>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: freePort(), onListen: () => {} },
    (request) =>
      answers.get(new URL(request.url).pathname)?.() ??
        new Response(null, { status: 404 }),
  );
  try {
    await body(`http://127.0.0.1:${server.addr.port}`, answers);
  } finally {
    await server.shutdown();
  }
}

const json = (value: unknown) => () => Response.json(value);
const by = (all: readonly Entity[], end: string) =>
  all.find((one) => String(one["id"]).endsWith(end));

Deno.test("S06 S76 S78 S79 S80 feeds of weather, warnings, gauges, cameras, buses, bikes and roads become entities, whatever their server does", () =>
  withServer(async (origin, answers) => {
    answers.set("/warnings", json(warnings("発表")));
    answers.set("/telegram", () => new Response(telegram("発表")));
    answers.set(
      "/weather",
      json({
        "85142": {
          temp: [12.4, 0],
          humidity: [71, 0],
          precipitation1h: [3.5, 0],
          wind: [2, 5],
          observedAt: "2026-11-20T09:50:00+09:00",
          name: "佐賀",
          lon: 130.305,
          lat: 33.265,
        },
      }),
    );
    answers.set(
      "/levels",
      json({
        readings: [
          level("2026-11-20T09:00:00+09:00", 1.2),
          level("2026-11-20T09:30:00+09:00", 3.4),
          // A gap, a repeat, and a clock that is a day ahead.
          level("2026-11-20T09:40:00+09:00", null),
          level("2026-11-20T09:30:00+09:00", 3.4),
          level("2026-11-21T09:30:00+09:00", 9.9),
        ],
      }),
    );
    answers.set("/image", () =>
      new Response(null, {
        headers: { "Last-Modified": "Fri, 20 Nov 2026 00:45:00 GMT" },
      }));
    const stops = "stop_id,stop_name,stop_lat,stop_lon\n" +
      "s1,佐賀駅バスセンター,33.2637,130.2975\n";
    answers.set("/gtfs.zip", () =>
      new Response(
        zipSync({ "stops.txt": new TextEncoder().encode(stops) }) as BodyInit,
      ));
    answers.set(
      "/gbfs",
      json({
        data: {
          stations: [{
            station_id: "b1",
            num_bikes_available: 4,
            num_docks_available: 6,
            is_renting: 1,
            last_reported: Date.parse("2026-11-20T00:55:00Z") / 1_000,
          }],
        },
      }),
    );
    const restriction = (id: string, to: string | null) => ({
      id,
      roadName: "国道263号",
      kind: "closed",
      cause: "landslide",
      from: "2026-11-19T18:00:00+09:00",
      to,
      lon: 130.286,
      lat: 33.446,
    });
    answers.set(
      "/roads",
      json({
        restrictions: [
          restriction("r1", null),
          restriction("r2", "2026-11-20T08:00:00+09:00"),
        ],
      }),
    );
    const feed = (
      kind:
        | "weather"
        | "jma-warnings"
        | "jma-warning-xml"
        | "water-levels"
        | "gtfs"
        | "gbfs"
        | "road-restrictions",
      path: string,
    ) => ({
      municipality: CODE as never,
      kind,
      url: `${origin}${path}`,
      everySeconds: 0.05,
    });

    await withCity(async (city) => {
      await city.keep("gauges", {
        id: "gauge-1",
        name: "嘉瀬川",
        longitude: 130.25,
        latitude: 33.24,
        alertLevel: 3,
        dangerLevel: 4,
      });
      await city.keep("cameras", {
        id: "cam-1",
        name: "嘉瀬川カメラ",
        longitude: 130.25,
        latitude: 33.24,
        imageUrl: `${origin}/image`,
      }, {
        id: "cam-2",
        name: "壊れたカメラ",
        longitude: 130.26,
        latitude: 33.24,
        imageUrl: `${origin}/no-image`,
      });

      const alerts = await city.entities(
        "WeatherAlert",
        (all) => all.length === 2,
      );
      assert.equal(by(alerts, "-04")?.["name"], "洪水警報");
      assert.equal(by(alerts, "-33")?.["severity"], "critical");
      const [observed] = await city.entities("WeatherObserved");
      assert.equal(observed?.["temperature"], 12.4);
      // A value of doubtful quality is not shown.
      assert.equal(observed?.["windSpeed"], undefined);
      const [flood] = await city.entities("FloodMonitoring");
      assert.equal(flood?.["currentLevel"], 3.4);
      assert.equal(flood?.["floodLevelStatus"], "alert");
      const cameras = await city.entities("Camera", (all) => all.length === 2);
      assert.equal(by(cameras, "cam-1")?.["on"], true);
      assert.equal(by(cameras, "cam-2")?.["on"], false);
      const [stop] = await city.entities("GtfsStop");
      assert.equal(stop?.["name"], "佐賀駅バスセンター");
      const [bikes] = await city.entities("BikeHireDockingStation");
      assert.equal(bikes?.["availableBikeNumber"], 4);
      const roads = await city.entities("RoadRestriction");
      assert.deepEqual(roads.map((one) => String(one["id"]).slice(-2)), ["r1"]);

      // An older reading, a broken answer and an outage change nothing.
      answers.set(
        "/levels",
        json({
          readings: [level("2026-11-20T08:00:00+09:00", 0.4)],
        }),
      );
      answers.set("/weather", () => new Response("<html>maintenance</html>"));
      answers.set("/telegram", () => new Response("<!DOCTYPE x><Report/>"));
      answers.delete("/warnings");
      await new Promise((next) => setTimeout(next, 400));
      const [still] = await city.entities("FloodMonitoring");
      assert.equal(still?.["currentLevel"], 3.4);
      assert.equal((await city.entities("WeatherObserved")).length, 1);
      assert.equal((await city.entities("WeatherAlert")).length, 2);

      // The water rises; the warnings are called off.
      answers.set(
        "/levels",
        json({
          readings: [level("2026-11-20T09:55:00+09:00", 4.6)],
        }),
      );
      answers.set(
        "/warnings",
        json(warnings("解除", "2026-11-20T09:58:00+09:00")),
      );
      const [danger] = await city.entities(
        "FloodMonitoring",
        (all) => all[0]?.["currentLevel"] === 4.6,
      );
      assert.equal(danger?.["floodLevelStatus"], "danger");
      const left = await city.entities(
        "WeatherAlert",
        (all) => all.length === 1,
      );
      assert.equal(by(left, "-33")?.["severity"], "critical");
      city.clock.set("2026-12-05T01:00:00Z");
      await city.run("environment");
      const levels = await city.table("environment", "levels");
      assert.equal(
        peopleIn(levels, { date: "2026-11-20", station: "gauge-1" }, "highest"),
        4.6,
      );
      assert.notEqual(
        peopleIn(levels, { date: "2026-11-20", station: "gauge-1" }, "highest"),
        9.9,
      );
    }, {
      feeds: [
        feed("jma-warnings", "/warnings"),
        feed("jma-warning-xml", "/telegram"),
        feed("weather", "/weather"),
        feed("water-levels", "/levels"),
        feed("gtfs", "/gtfs.zip"),
        feed("gbfs", "/gbfs"),
        feed("road-restrictions", "/roads"),
        { municipality: CODE as never, kind: "cameras", everySeconds: 0.05 },
      ],
    });
  }));
