import { ROLES } from "@hiraku/kernel";
import { miniappUsage, publish, release } from "@hiraku/opendata";
import { strFromU8, unzipSync } from "fflate";
import assert from "node:assert/strict";
import { CODE, withCity } from "../rows/row_city.ts";

const CLICKS = 1_237;
const PAGES = [
  `/dashboards/${CODE}`,
  `/dashboards/${CODE}/boards/use`,
  `/en/dashboards/${CODE}/boards/use?ageGroup=unknown`,
  `/dashboards/${CODE}/boards/use/board.csv`,
  `/dashboards/${CODE}/boards/use/board.xlsx`,
  `/dashboards/${CODE}/boards/use/board.pptx`,
  `/dashboards/${CODE}/boards/use/clicks.svg`,
  `/dashboards/${CODE}/metrics`,
  `/dashboards/${CODE}/boards/metric.miniapp_clicks`,
  `/en/dashboards/${CODE}/boards/metric.clicks_per_user.miniAppId`,
  `/dashboards/${CODE}/boards/metric.miniapp_clicks.sex/board.csv`,
  `/api/v1/metrics/${CODE}/miniapp_clicks?by=miniAppId&by=ageGroup`,
  `/dashboards/${CODE}/pack?boards=use&boards=metric.miniapp_clicks`,
  `/dashboards/${CODE}/surveys`,
  `/dashboards/${CODE}/evaluations`,
  `/dashboards/${CODE}/queries/all`,
  `/dashboards/${CODE}/queries/all.csv`,
  `/opendata/${CODE}/miniapp_usage`,
  `/opendata/${CODE}/miniapp_usage/latest/${CODE}_miniapp_usage.json`,
  `/admin/releases/${CODE}`,
  `/admin/releases/${CODE}/miniapp_usage`,
  `/operations/${CODE}/cuts`,
  `/operations/${CODE}/reports`,
];

Deno.test("no role sees a figure that the release withheld, on any page, in any file or answer", () =>
  withCity(async ({ origin, key, keep, municipality, places, clock }) => {
    // Only 7 people used the second app, and no two figures are alike.
    const rows = [640, 7, 655].map((users, i) => ({
      month: "2026-10",
      miniAppId: `${CODE}-ma-0${i + 1}`,
      users,
      clicks: users * CLICKS,
    }));
    await publish(
      release(miniappUsage, {
        miniapp_usage: rows,
        by_district: rows.map((row) => ({ ...row, districtCode: "unknown" })),
        by_age_sex: rows.map((row) => ({
          ...row,
          ageGroup: "unknown" as const,
          sex: "unknown" as const,
        })),
      }, { municipality, previous: undefined, today: "2026-11-20" }),
      { layout: places, clock },
    );
    await keep("queries", {
      id: "all",
      nameJa: "すべて",
      nameEn: "All",
      sql: "select * from miniapp_usage.miniapp_usage",
    });
    const secrets = [7, 640 + 7 + 655, 7 + 655, 640 + 7].map((n) => n * CLICKS)
      .flatMap((one) => [String(one), one.toLocaleString("en")]);
    let figures = 0;
    for (const role of [undefined, ...ROLES]) {
      const token = role && await key(role);
      const headers: Record<string, string> = token === undefined
        ? {}
        : { Authorization: `Bearer ${token}` };
      const responses = await Promise.all([
        // Files are made anew for everyone; queries run one after the other.
        ...PAGES.filter((path) => !path.includes("/queries/")).map((path) =>
          fetch(origin + path, { headers, redirect: "manual" })
        ),
      ]);
      if (role === undefined || role === "admin") {
        for (const path of PAGES.filter((one) => one.includes("/queries/"))) {
          responses.push(await fetch(origin + path, { headers }));
        }
      }
      for (const response of responses) {
        const text = textOf(new Uint8Array(await response.arrayBuffer()));
        if (text.includes("791,680") || text.includes("791680")) figures += 1;
        for (const secret of secrets) {
          assert.ok(
            !text.includes(secret),
            `${role ?? "public"} reads ${secret} at ${response.url}`,
          );
        }
        assert.ok(response.status !== 500, response.url);
      }
    }
    // What is published was there to be read by everybody.
    assert.ok(figures > 5 * ROLES.length, `${figures}`);
  }));

function textOf(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return strFromU8(bytes);
  return Object.values(unzipSync(bytes)).map(textOf).join("\n");
}
