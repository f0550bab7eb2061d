import {
  type Clock,
  fixedClock,
  type Layout,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { openControl, openDownloads } from "@hiraku/kernel/control";
import {
  miniappUsage,
  openShelf,
  publish,
  release,
  searchElsewhere,
} from "@hiraku/opendata";
import { openShelf as openReleased } from "@hiraku/dashboards";
import { Hono } from "hono";
import { type Env, PUBLIC } from "./identity/caller.ts";
import { catalogueRoutes } from "./catalogue_routes.ts";
import { apiGuide } from "./api_guide.tsx";
import { ckanRoutes } from "./ckan_routes.ts";
import { metricRoutes } from "./metric_routes.tsx";
import { opendataFiles } from "./opendata_files.ts";
import { opendataRoutes } from "./opendata_routes.tsx";
import { problemAnswer } from "./problem_page.tsx";

export const ORIGIN = "https://data.example.jp";
export const BASE = "/opendata/412015/miniapp_usage";
export const CSV = "412015_miniapp_usage.csv";

export const city = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga" },
  prefecture: { ja: "佐賀県", en: "Saga" },
  population: { asOf: "2025-11-30", value: 225_503 },
  miniApps: [{
    id: "412015-ma-01",
    name: { ja: "</script>", en: "</script>" },
    category: { ja: "くらし", en: "Life" },
    since: "2023-06-01",
  }],
});

function exact(users: number) {
  const row = {
    month: "2026-10",
    miniAppId: "412015-ma-01",
    users,
    clicks: users * 2,
  };
  return {
    miniapp_usage: [row],
    by_district: [{ ...row, districtCode: "unknown" }],
    by_age_sex: [{
      ...row,
      ageGroup: "unknown" as const,
      sex: "unknown" as const,
    }],
  };
}

const NOW = "2026-11-21T03:00:00Z";

/** A site on which so many versions of one dataset were published, each with its count of users. */
export async function withSite(
  versions: readonly number[],
  use: (
    app: Hono<Env>,
    published: Awaited<ReturnType<typeof publish>>[],
    data: Layout,
  ) => Promise<void>,
  clock: Clock = fixedClock(NOW),
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const published = [];
  for (const users of versions) {
    const released = release(miniappUsage, exact(users), {
      municipality: city,
      previous: undefined,
      today: "2026-11-21",
    });
    published.push(
      await publish(released, { layout: data, clock: fixedClock(NOW) }),
    );
  }
  const control = await openControl(":memory:");
  const municipalities = municipalitiesByCode([city]);
  const parts = {
    shelf: openShelf({ layout: data, municipalities, clock }),
    elsewhere: searchElsewhere(data),
    municipalities,
    origin: ORIGIN,
    control,
    clock,
    downloads: openDownloads(control, clock),
  };
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    c.set("caller", PUBLIC);
    await next();
  });
  app.route("/", ckanRoutes(parts));
  app.route("/", apiGuide(parts));
  app.route("/", catalogueRoutes(parts));
  app.route("/", opendataRoutes(parts));
  app.route("/", opendataFiles(parts));
  app.route(
    "/",
    metricRoutes({ shelf: openReleased(data, clock), municipalities }),
  );
  app.onError((error, c) => problemAnswer(c.req.raw, error));
  try {
    await use(app, published, data);
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
}
