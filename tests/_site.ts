import {
  addDays,
  fixedClock,
  layout,
  municipalitiesByCode,
  systemClock,
} from "@hiraku/kernel";
import { openControl, openDownloads } from "@hiraku/kernel/control";
import * as od from "@hiraku/opendata";
import { Hono } from "hono";
import { PUBLIC } from "../api/caller.ts";
import { catalogueRoutes } from "../api/catalogue_routes.ts";
import { ckanRoutes } from "../api/ckan_routes.ts";
import { opendataFiles } from "../api/opendata_files.ts";
import { opendataRoutes } from "../api/opendata_routes.tsx";
import { assetRoutes } from "../api/assets.ts";
import { problemAnswer } from "../api/problem_page.tsx";
import {
  sampleCity,
  sampleRegistrants,
  sampleUsage,
} from "../opendata/_sample.ts";
const dir = await Deno.makeTempDir();
const data = layout(dir);
const city = sampleCity();
const clock = fixedClock("2026-11-21T03:00:00Z");
const ctx = { municipality: city, previous: undefined, today: "2026-11-21" };
await od.publish(od.release(od.miniappUsage, sampleUsage(city, 3, 1), ctx), {
  layout: data,
  clock,
});
await od.publish(od.release(od.miniappUsage, sampleUsage(city, 12, 1), ctx), {
  layout: data,
  clock,
});
await od.publish(
  od.release(od.registrants, sampleRegistrants(city, 12, 1), ctx),
  { layout: data, clock },
);
for (const d of od.DATASETS.slice(3)) {
  const none = Object.fromEntries(Object.keys(d.tables).map((id) => [id, []]));
  await od.publish(od.release(d, none as any, ctx), { layout: data, clock });
}
const control = await openControl(":memory:");
const municipalities = municipalitiesByCode([city]);
const parts = {
  layout: data,
  shelf: od.openShelf({ layout: data, municipalities, clock }),
  municipalities,
  origin: "http://127.0.0.1:8123",
  control,
  clock,
  downloads: openDownloads(control, clock),
};
const app = new Hono<any>();
app.use(async (c, next) => {
  c.set("caller", {
    ...PUBLIC,
    kind: "account",
    id: "officer",
    roles: new Map([["*", new Set(["officer", "admin"])]]),
  });
  await next();
});
app.route("/", assetRoutes());
app.route("/", ckanRoutes(parts));
app.route("/", catalogueRoutes(parts));
app.route("/", opendataRoutes(parts));
app.route("/", opendataFiles(parts));
try {
  const m = await import("../api/sheet_pages.tsx");
  app.route("/", m.sheetPages(parts as any));
} catch (e) {
  console.log(String(e).slice(0, 200));
}
app.onError((error, c) => {
  console.log(error);
  return problemAnswer(c.req.raw, error);
});
Deno.serve({ port: 8123, hostname: "127.0.0.1" }, app.fetch);
