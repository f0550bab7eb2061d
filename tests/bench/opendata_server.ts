import {
  fixedClock,
  layout,
  municipalitiesByCode,
  systemClock,
} from "@hiraku/kernel";
import { miniappUsage, openShelf, publish, release } from "@hiraku/opendata";
import { opendataFiles } from "../../api/opendata_files.ts";
import { withQuickFiles } from "../../api/quick_files.ts";
import { sampleCity } from "../sample_city.ts";

/** The files of one published dataset over HTTP, without the rest of the platform. */
const [port = "", dir = ""] = Deno.args;
const data = layout(dir);
const row = {
  month: "2026-10",
  miniAppId: "252018-ma-01",
  users: 120,
  clicks: 240,
};
await publish(
  release(miniappUsage, {
    miniapp_usage: [row],
    by_district: [{ ...row, districtCode: "unknown" }],
    by_age_sex: [{ ...row, ageGroup: "unknown", sex: "unknown" }],
  }, { municipality: sampleCity, previous: undefined, today: "2026-11-21" }),
  { layout: data, clock: fixedClock("2026-11-21T03:00:00Z") },
);
const downloads = { count() {}, total: () => Promise.resolve(0) };
const app = opendataFiles({
  shelf: openShelf({
    layout: data,
    municipalities: municipalitiesByCode([sampleCity]),
    clock: systemClock,
  }),
  downloads,
});
const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen() {} },
  withQuickFiles((request) => app.fetch(request), {
    clock: systemClock,
    downloads,
  }),
);
await server.finished;
