import { dashboardRoutes, embedRoutes } from "@hiraku/api";
import { boardNamed, openShelf } from "@hiraku/dashboards";
import { fixedClock, layout, municipalitiesByCode } from "@hiraku/kernel";
import {
  latestVersion,
  miniappUsage,
  publish,
  readTable,
  release,
} from "@hiraku/opendata";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import assert from "node:assert/strict";
import { sampleCity } from "../sample_city.ts";

const CLICKS_A_PERSON = 1_237;
const clock = fixedClock("2026-11-21T03:00:00Z");

const METRIC_BOARDS = [
  "metric.miniapp_clicks",
  "metric.miniapp_clicks.miniAppId",
  "metric.miniapp_clicks.ageGroup",
  "metric.miniapp_users",
  "metric.clicks_per_user.miniAppId",
];
const METRIC_ANSWERS = [
  "miniapp_clicks",
  "miniapp_clicks?by=miniAppId",
  "miniapp_clicks?by=ageGroup&by=sex",
  "miniapp_clicks?by=districtCode&month=2026-10",
  "clicks_per_user?by=miniAppId",
];

Deno.test("no shape of a board tells a withheld figure: page, CSV, drawing, frame, workbook or slides", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-shapes-" });
  const places = layout(dataDir);
  const usage = [["2026-09", 640, 320], ["2026-10", 655, 7]] as const;
  const rows = usage.flatMap(([month, ...users]) =>
    users.map((count, at) => ({
      month,
      miniAppId: `252018-ma-0${at + 1}`,
      users: count,
      clicks: count * CLICKS_A_PERSON,
    }))
  );
  const app = dashboardRoutes({
    layout: places,
    municipalities: municipalitiesByCode([sampleCity]),
    clock,
  });
  app.route(
    "/",
    embedRoutes({
      origin: "https://data.example.lg.jp",
      layout: places,
      municipalities: municipalitiesByCode([sampleCity]),
      shelf: openShelf(places, clock),
      clock,
      scripts: () => Promise.resolve(undefined),
      ancestors: ["https://www.city.example.lg.jp"],
    }),
  );
  // Charts of datasets that are not published here.
  app.onError(() => new Response(null, { status: 404 }));
  const read = async (path: string) => {
    const response = await app.request(
      `/dashboards/252018/boards/use${path}`,
    );
    assert.equal(response.status, 200, path);
    return new Uint8Array(await response.arrayBuffer());
  };
  const unzipped = (bytes: Uint8Array) =>
    Object.entries(unzipSync(bytes)).map(([name, content]): string =>
      name.endsWith(".xlsx") ? unzipped(content) : strFromU8(content)
    ).join("\n");
  try {
    await publish(
      release(miniappUsage, {
        miniapp_usage: rows,
        by_district: rows.map((row) => ({ ...row, districtCode: "unknown" })),
        by_age_sex: rows.map((row) => ({
          ...row,
          ageGroup: "unknown" as const,
          sex: "unknown" as const,
        })),
      }, {
        municipality: sampleCity,
        previous: undefined,
        today: "2026-11-21",
      }),
      { layout: places, clock },
    );
    const version = await latestVersion(
      places.releasedRoot("252018"),
      "miniapp_usage",
      clock,
    );
    assert.ok(version !== undefined);
    const withheld = (await readTable(version, "miniapp_usage"))
      .filter(({ status }) => status === "withheld");
    assert.equal(withheld.length > 0, true);

    const shapes = await Promise.all([
      ...["", "?ageGroup=unknown", "/board.csv", "/clicks.svg"].map(
        async (path) => new TextDecoder().decode(await read(path)),
      ),
      // Each chart in a frame, and as a drawing, of which its picture is made.
      ...(boardNamed("use")?.charts ?? []).flatMap(({ id }) => [
        `/embed/252018/boards/use/${id}`,
        `/dashboards/252018/boards/use/${id}.svg`,
      ]).map(async (path) => {
        const response = await app.request(path);
        const text = await response.text();
        if (path.startsWith("/embed")) {
          if (response.status !== 200) return text;
          assert.equal(response.headers.get("Set-Cookie"), null);
          assert.match(
            response.headers.get("Content-Security-Policy") ?? "",
            /frame-ancestors https:..www\.city\.example\.lg\.jp/,
          );
          assert.equal(response.headers.get("X-Frame-Options"), null);
          assert.doesNotMatch(text, /<nav/);
        }
        return text;
      }),
      // Every way to see the metric itself: pages, files, slides and answers.
      ...METRIC_BOARDS.flatMap((board) =>
        ["", "?month=2026-09", "/board.csv", "/board.xlsx", "/board.pptx"].map(
          async (path) => {
            const response = await app.request(
              `/dashboards/252018/boards/${board}${path}`,
            );
            assert.equal(response.status, 200, `${board}${path}`);
            return /\.(xlsx|pptx)$/.test(path)
              ? unzipped(new Uint8Array(await response.arrayBuffer()))
              : await response.text();
          },
        )
      ),
      ...METRIC_ANSWERS.map(async (path) => {
        const response = await app.request(`/api/v1/metrics/252018/${path}`);
        assert.equal(response.status, 200, path);
        return await response.text();
      }),
      ...["/board.xlsx", "/board.pptx"].map(async (path) =>
        unzipped(await read(path))
      ),
    ]);

    // Nor does a sum over months, which holds what one of them withholds.
    const all = usage.flatMap(([, ...users]) => users)
      .reduce((sum, one) => sum + one, 0);
    const secrets = [7, 655 + 7, all].map((users) => users * CLICKS_A_PERSON)
      .flatMap((one) => [String(one), one.toLocaleString("en")]);
    const known = [String(655 * CLICKS_A_PERSON), "810,235"];
    for (const shape of shapes) {
      for (const secret of secrets) assert.equal(shape.includes(secret), false);
    }
    // What is published is there: the shapes are not simply empty.
    for (const shape of [shapes[0], shapes[2], shapes.at(-1)]) {
      assert.ok(known.some((one) => shape?.includes(one)));
    }
    assert.ok(
      shapes.filter((one) => known.some((figure) => one.includes(figure)))
        .length > 5,
    );
    const csv: string[][] = parse(shapes[2] ?? "", { bom: true });
    const hidden = csv.filter((line) => line[8] === "withheld");
    assert.ok(hidden.length > 0);
    assert.ok(
      hidden.every(([, , , , value, low, high]) =>
        value === "X" && low === "" && high === ""
      ),
    );
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
