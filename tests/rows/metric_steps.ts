import { boardPath, metricBoardId, METRICS } from "@hiraku/dashboards";
import {
  latestVersion,
  type PublishedVersion,
  readTable,
  type ReleasedRow,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { clock, type PublishedCities } from "./published_cities.ts";

interface Answer {
  readonly by: readonly string[];
  readonly at: Readonly<Record<string, string | string[]>>;
  readonly rows: readonly {
    readonly period: string;
    readonly values: Readonly<Record<string, string>>;
    readonly status: string;
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly withheld: number;
  }[];
}
interface Definition {
  readonly id: string;
  readonly by: readonly {
    readonly dimension: string;
    readonly title: { readonly ja: string; readonly en: string };
    readonly at?: Readonly<Record<string, string>>;
  }[];
  readonly chooseOrSplitBy: readonly string[];
  readonly page: string;
  readonly figures: string;
}

/** The rows that hold a figure, found without any code of the dashboards. */
async function rowsOf(
  version: PublishedVersion,
  whole: string,
  at: Readonly<Record<string, string | readonly string[]>>,
  by: string,
): Promise<{ rows: ReleasedRow[]; period: string } | undefined> {
  const { tables } = version.manifest;
  const dimensions = ({ columns }: typeof tables[number]) =>
    columns.filter(({ role }) => role === "dimension").map(({ name }) => name);
  const table = tables
    .filter(({ id, total }) => id === whole || total?.table === whole)
    .sort((a, b) =>
      Number(b.id === whole) - Number(a.id === whole) ||
      dimensions(a).length - dimensions(b).length
    )
    .find((one) =>
      dimensions(one).includes(by) &&
      Object.keys(at).every((name) =>
        dimensions(one).includes(name) || one.total?.at?.[name] === at[name]
      )
    );
  if (table === undefined) return undefined;
  const own = dimensions(table);
  const rows = (await readTable(version, table.id)).filter((row) =>
    Object.entries(at).every(([name, value]) =>
      !own.includes(name) || [value].flat().includes(String(row[name]))
    )
  );
  const period = table.columns.find(({ role }) => role === "period")?.name;
  return { rows, period: period ?? "" };
}

/** Any metric of the registry is shown over time and by all that it is published by, as the files say. */
export async function metricSteps(
  t: Deno.TestContext,
  { app, cities, page, places }: PublishedCities,
): Promise<void> {
  const answerOf = async (path: string): Promise<Answer> =>
    JSON.parse(await page(path));

  await t.step(
    "every metric is found from the start in two clicks",
    async () => {
      for (const { code } of cities) {
        const list = `/dashboards/${code}/metrics`;
        assert.ok(
          (await page(`/dashboards/${code}`)).includes(`href="${list}`),
        );
        const found = await page(list);
        for (const { id } of METRICS) {
          assert.ok(
            found.includes(`href="${boardPath(code, metricBoardId(id))}"`),
            id,
          );
        }
        assert.doesNotMatch(found, /未公表|undefined|NaN|\[object/);
      }
      const few = await page("/en/dashboards/412015/metrics?q=QUEUE");
      assert.match(few, /2 metrics/);
      assert.doesNotMatch(few, /metric\.miniapp_users/);
      const none = await page(
        "/en/dashboards/412015/metrics?by=mode&q=queue",
      );
      assert.match(none, /No metric fits/);
    },
  );

  await t.step(
    "each of its cuts gives the figures of the files",
    async () => {
      let compared = 0;
      for (const { code } of cities) {
        const { metrics }: { metrics: Definition[] } = JSON.parse(
          await page(`/api/v1/metrics/${code}`),
        );
        assert.deepEqual(
          metrics.map(({ id }) => id),
          METRICS.map(({ id }) => id),
        );
        for (const { id, by, chooseOrSplitBy, figures } of metrics) {
          const metric = METRICS.find((one) => one.id === id);
          assert.ok(metric !== undefined);
          const root = places.releasedRoot(code);
          const version = await latestVersion(root, metric.of.dataset, clock);
          assert.ok(version !== undefined, metric.of.dataset);
          // One value of everything that does not add up.
          const some = (await readTable(version, metric.of.table))
            .findLast((row) => row.status === "published");
          for (const cut of by) {
            const chosen = Object.fromEntries(
              chooseOrSplitBy.filter((one) => one !== cut.dimension)
                .map((one) => [one, String(some?.[one])]),
            );
            const search = new URLSearchParams({
              by: cut.dimension,
              ...chosen,
              ...cut.at,
            });
            const answer = await answerOf(`${figures}?${search}`);
            if (metric.over !== undefined) continue;
            const at = { ...metric.of.at, ...chosen, ...cut.at };
            const found = await rowsOf(
              version,
              metric.of.table,
              at,
              cut.dimension,
            );
            assert.ok(found !== undefined, `${id} ${cut.dimension}`);
            const exact = answer.rows.filter(({ status }) =>
              status === "published"
            );
            for (const one of exact.slice(-3)) {
              const cells: readonly ReleasedRow[] = found.rows.filter((row) =>
                row[found.period] === one.period &&
                String(row[cut.dimension]) === one.values[cut.dimension]
              );
              assert.equal(
                one.value,
                cells.reduce(
                  (sum, row) => sum + Number(row[metric.of.column]),
                  0,
                ),
                `${code} ${id} by ${cut.dimension}`,
              );
              assert.ok(
                cells.every(({ status }) => status === "published"),
                "A sum over a withheld cell is no figure",
              );
              compared += 1;
            }
          }
        }
      }
      assert.ok(compared > 1_000, `${compared}`);
    },
  );

  await t.step("each page of a metric is whole in both languages", async () => {
    const [city] = cities;
    assert.ok(city !== undefined);
    const { metrics }: { metrics: Definition[] } = JSON.parse(
      await page(`/api/v1/metrics/${city.code}`),
    );
    for (const [nth, { id, by, page: path }] of metrics.entries()) {
      const at = nth % 2 === 0 ? "" : "/en";
      const whole = await page(at + path);
      assert.equal(
        whole.split('<h2 id="cut-').length - 1,
        by.length,
        id,
      );
      for (const { dimension, title } of by) {
        assert.ok(whole.includes(`href="${at}${path}.${dimension}`), id);
        const deep = await page(`${at}${path}.${dimension}`);
        assert.match(deep, new RegExp(`<h2 id="each-${dimension}"`));
        assert.ok(
          deep.includes(at === "" ? `${title.ja}ごとの推移` : "over time"),
        );
        assert.doesNotMatch(deep, /undefined|NaN|\[object/);
      }
      assert.doesNotMatch(whole, /undefined|NaN|\[object/, id);
      assert.match(whole, /sha256 [0-9a-f]{64}/, id);
    }
  });

  await t.step(
    "what is not known, by what it is not published or does not add up, is refused by name",
    async () => {
      const refused = async (path: string) => {
        const response = await app.request(path);
        return `${response.status} ${(await response.json()).detail ?? ""}`;
      };
      const of = (rest: string) => `/api/v1/metrics/412015/${rest}`;
      const step = await refused(of("miniapp_users"));
      assert.match(step, /^400 .*does not add up over miniAppId/);
      assert.match(
        await refused(of("miniapp_users?by=tier")),
        /^400 Parameter 'by': at most 2 of miniAppId, districtCode, ageGroup, sex/,
      );
      assert.match(
        await refused(
          of("miniapp_clicks?by=ageGroup&districtCode=412015-sd-01"),
        ),
        /^400 .*is not published by/,
      );
      assert.match(
        await refused(of("sessions?nothing=1")),
        /^400 .*'nothing'/,
      );
      assert.match(await refused(of("nothing")), /^404 /);
      for (
        const id of [
          "metric.nothing",
          "metric.sessions.sex",
          "metric.sessions.os.os",
        ]
      ) {
        const response = await app.request(boardPath("412015", id));
        assert.equal(response.status, 404, id);
      }
    },
  );
}
