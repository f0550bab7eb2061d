import { boardPath, BOARDS, FACT_LABELS } from "@hiraku/dashboards";
import {
  latestVersion,
  putEntry,
  readTable,
  registerNamed,
} from "@hiraku/opendata";
import { strFromU8, unzipSync } from "fflate";
import { parse } from "csv-parse/sync";
import assert from "node:assert/strict";
import { BOARD_ROWS, type BoardRow, PAGE_ROWS, SCORE } from "./board_rows.ts";
import { metricSteps } from "./metric_steps.ts";
import { clock, withPublishedCities } from "./published_cities.ts";

/** What rows shown as they are have not. */
const PANEL = '<details class="about">';
const ONLY_METRICS = ["numerator", "denominator", "additivity", "kind"];

Deno.test("every output of the seeds that is a board, and every metric, shows the released figure, two clicks from the start, in each demo city", (t) =>
  withPublishedCities(async (place) => {
    const { app, cities, control, page, places } = place;
    const register = registerNamed("wellbeing");
    assert.ok(register !== undefined);
    for (const { code } of cities) {
      await putEntry(control, clock, code, register, "test", {
        id: "a",
        year: 2026,
        factor: "09",
        kind: "subjective",
        score: SCORE,
        source: "test",
      });
    }
    const start = await page("/dashboards");
    for (const { code } of cities) {
      assert.ok(start.includes(`href="/dashboards/${code}"`));
      const first = await page(`/dashboards/${code}`);
      for (const { id } of BOARDS) {
        assert.ok(first.includes(`href="${boardPath(code, id)}"`), id);
      }
    }
    for (const row of BOARD_ROWS) {
      await t.step(`${row.rows.join(" ")} ${row.figure}`, async () => {
        for (const { code } of cities) {
          const expected = await figureOf(places.releasedRoot(code), row);
          const html = await page(
            boardPath(code, row.board),
          );
          assert.ok(html.includes(`>${expected}<`), `${code} ${expected}`);
          assert.doesNotMatch(html, /undefined|NaN|\[object/);
        }
      });
    }
    for (const row of PAGE_ROWS) {
      await t.step(`${row.rows.join(" ")} ${row.page}`, async () => {
        for (const { code } of cities) {
          const path = `/dashboards/${code}${row.page}`;
          assert.ok(
            (await page(`/dashboards/${code}`)).includes(`href="${path}`),
          );
          const html = await page(path);
          for (const one of row.shows) assert.match(html, one);
          assert.doesNotMatch(html, /undefined|NaN|\[object/);
        }
      });
    }
    await t.step(
      "every headline, figure and table of a board says how it was made",
      async () => {
        for (const { id } of BOARDS) {
          const html = await page(`/en${boardPath("252018", id)}`);
          const [, top = ""] = html.split('<dl class="tally">');
          const [headlines = ""] = top.split("</section>");
          assert.equal(
            headlines.split('class="value').length,
            headlines.split(PANEL).length,
            id,
          );
          const figures = html.split('<section class="figure').slice(1);
          assert.ok(figures.length > 0, id);
          assert.ok(figures.every((one) => one.includes(PANEL)), id);
          for (const panel of html.split(PANEL).slice(1)) {
            for (const [name, label] of Object.entries(FACT_LABELS)) {
              if (ONLY_METRICS.includes(name)) continue;
              assert.ok(
                panel.includes(`<dt>${label.en}</dt>`),
                `${id} ${name}`,
              );
            }
            assert.match(panel, /sha256 [0-9a-f]{64}/, id);
          }
        }
      },
    );
    await t.step(
      "slides and workbook hold native charts of the released figures and say what they are narrowed to",
      async () => {
        const path = boardPath("252018", "use");
        const query = "?month=2026-10&ageGroup=40-64";
        const csv = await page(`${path}/board.csv${query}`);
        const deck = await app.request(`${path}/board.pptx${query}`);
        const parts = unzipSync(new Uint8Array(await deck.arrayBuffer()));
        const text = (name: RegExp) =>
          Object.entries(parts).filter(([one]) => name.test(one))
            .map(([, bytes]) => strFromU8(bytes)).join("\n");
        const rows: Record<string, string>[] = parse(csv, {
          bom: true,
          columns: true,
        });
        const drawn = rows.filter((row) =>
          row["図"] === "ミニアプリランキング（クリック）" &&
          row["状態"] === "published"
        ).slice(0, 10);

        assert.match(text(/slides\/slide1\.xml$/), /年齢: 40.64歳/);
        assert.doesNotMatch(text(/slides\/slide/), /ageGroup=|undefined|NaN/);
        const charts = text(/charts\/chart\d+\.xml$/);
        assert.match(charts, /<c:barChart>[^]*<c:lineChart>|<c:lineChart>/);
        assert.ok(drawn.length > 2, `${drawn.length}`);
        for (const row of drawn) {
          assert.ok(charts.includes(`<c:v>${row["値"]}</c:v>`), row["行"]);
        }
        const book = await app.request(`${path}/board.xlsx${query}`);
        const sheets = unzipSync(new Uint8Array(await book.arrayBuffer()));
        const of = (name: string) =>
          strFromU8(sheets[name] ?? new Uint8Array());
        // The chart is drawn from the cells of its own sheet.
        const last = drawn.length + 2;
        assert.match(
          of("xl/charts/chart2.xml"),
          new RegExp(`!\\$B\\$3:\\$B\\$\\d+<[^]*gap`),
        );
        for (const [at, row] of drawn.entries()) {
          assert.ok(
            of("xl/worksheets/sheet2.xml").includes(
              `<c r="B${at + 3}"><v>${row["値"]}</v>`,
            ),
            `${last} ${row["行"]}`,
          );
        }
        assert.match(of("xl/sharedStrings.xml"), /年齢: 40.64歳/);
      },
    );
    await t.step(
      "no board of a city with every dataset is without figures",
      async () => {
        for (const { id } of BOARDS) {
          const html = await page(boardPath("252018", id));
          assert.doesNotMatch(html, /公開できる数値はまだ/, id);
        }
      },
    );
    await metricSteps(t, place);
  }));

/** The newest published figure of the file, as pages write it. */
async function figureOf(
  root: string,
  { figure, at = {}, added }: BoardRow,
): Promise<string> {
  const [dataset = "", table = "", column = ""] = figure.split(".");
  const version = await latestVersion(root, dataset, clock);
  assert.ok(version !== undefined, dataset);
  const rows = (await readTable(version, table)).filter((row) =>
    row.status === "published" &&
    Object.entries(at).every(([name, value]) => row[name] === value)
  );
  const period = version.manifest.tables.find(({ id }) => id === table)
    ?.columns.find(({ role }) => role === "period")?.name ?? "";
  const last = rows.map((row) => String(row[period])).sort().at(-1);
  const newest = rows.filter((row) => row[period] === last);
  assert.ok(newest.length > 0, figure);
  const shown = added ? newest : newest.slice(0, 1);
  const decimals = /median|mean|highest|days/.test(column) ? 1 : 0;
  return shown.reduce((sum, row) => sum + Number(row[column]), 0)
    .toLocaleString("en", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
}
