import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import {
  type ExactTables,
  importRegister,
  publish,
  registerNamed,
  release,
  surveyResults,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";

const GIVEN = ["1", "2", "3", "4", "5"];
const clock = fixedClock("2026-11-21T03:00:00Z");
const districts = [1, 2, 3].map((n) => ({
  code: `252018-sd-0${n}`,
  name: { ja: `第${n}学区`, en: `District ${n}` },
  inhabitants: 60_000,
}));
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 180_000 },
  districts,
  names: {
    "252018-sv-2026-sat.q1": { ja: "満足している", en: "I am content" },
  },
});
const SURVEY = "252018-sv-2026-sat";
const month = "2026-10";
const SMALL = "252018-sv-2026-few";
/** Asked and answered by age: the old answer twice as often. */
const AGES = {
  "0-19": [60, 15],
  "20-39": [1_000, 200],
  "40-64": [1_000, 210],
  "65+": [1_000, 400],
} as const;
/** Of the other survey too few of the youngest answered to be shown. */
const FEW = { ...AGES, "0-19": [60, 4] } as const;
/** Answers from 1 to 5 by age; of the youngest too few gave a 1 or a 2 to be shown. */
const GRADES = {
  "20-39": [20, 30, 50, 60, 40],
  "40-64": [30, 20, 60, 50, 50],
  "65+": [30, 40, 60, 120, 150],
} as const;
const HIDING = {
  "0-19": [3, 12, 20, 25, 15],
  "20-39": [4, 30, 50, 60, 40],
  "40-64": [25, 20, 60, 50, 50],
  "65+": [30, 40, 60, 120, 150],
} as const;

function gradesOf(survey: string) {
  return survey === SURVEY ? GRADES : HIDING;
}

Deno.test("GET /dashboards/{code}/surveys gives response by segment with corrected p-values, and computes nothing from withheld figures", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const control = await openControl(data.control);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city]),
    clock,
    control,
  });
  const read = async (path: string) => {
    const response = await app.request(path);
    assert.equal(response.status, 200, path);
    return await response.text();
  };
  try {
    assert.match(await read("/dashboards/252018/surveys"), /まだありません/);
    const steps = ["eligible", "answered"] as const;
    const responses = (
      [surveyId, ages]: readonly [string, typeof AGES | typeof FEW],
    ) =>
      steps.map((step, at) => {
        const people = Object.values(ages).reduce(
          (sum, one) => sum + (one[at] ?? 0),
          0,
        );
        return { month, surveyId, step, people, count: people };
      });
    const both = [[SURVEY, AGES], [SMALL, FEW]] as const;
    const wholes = both.flatMap(responses);
    await publish(
      release(surveyResults, {
        responses: wholes,
        responses_by_age: both.flatMap(([surveyId, ages]) =>
          Object.entries(ages).flatMap(([ageGroup, counts]) =>
            steps.map((step, at) => ({
              month,
              surveyId,
              step,
              ageGroup,
              people: counts[at] ?? 0,
              count: counts[at] ?? 0,
            }))
          )
        ),
        responses_by_district: wholes.flatMap((whole) => {
          const each = Math.floor(whole.people / 3);
          return districts.map(({ code }, i) => {
            const people = i === 0 ? whole.people - 2 * each : each;
            return { ...whole, districtCode: code, people, count: people };
          });
        }),
        answers: both.flatMap(([surveyId]) =>
          GIVEN.map((answer, i) => {
            const people = Object.values(gradesOf(surveyId)).reduce(
              (sum, counts) => sum + (counts[i] ?? 0),
              0,
            );
            const keys = { month, surveyId, question: "q1", answer };
            return { ...keys, people, count: people };
          })
        ),
        answers_by_age: both.flatMap(([surveyId]) =>
          Object.entries(gradesOf(surveyId)).flatMap(([ageGroup, counts]) =>
            GIVEN.map((answer, i) => {
              const keys = { month, surveyId, question: "q1", answer };
              const people = counts[i] ?? 0;
              return { ...keys, ageGroup, people, count: people };
            })
          )
        ),
        results: [{
          month,
          surveyId: SURVEY,
          question: "q1",
          people: 810,
          mean: 3.519,
          low: 3.4,
          high: 3.6,
          weighted: 3.42,
          designEffect: 1.25,
          responseRate: 0.27,
        }],
      } as unknown as ExactTables<typeof surveyResults>, {
        municipality: city,
        previous: undefined,
        today: "2026-11-21",
      }),
      { layout: data, clock },
    );

    const page = await read(`/dashboards/252018/surveys?surveyId=${SURVEY}`);
    const few = await read(`/dashboards/252018/surveys?surveyId=${SMALL}`);
    const english = await read(
      `/en/dashboards/252018/surveys?surveyId=${SURVEY}`,
    );
    const ages = page.split('id="cut-ageGroup"')[1]?.split("</table>")[0] ?? "";
    const places =
      page.split('id="cut-districtCode"')[1]?.split("</table>")[0] ??
        "";

    assert.match(
      ages,
      /差があります[^]*40\.0%[^]*37\.0% – 43\.1%[^]*&lt; 0\.001/,
    );
    assert.match(places, /偶然の範囲です \(p = 1\.000\)/);
    // Four of the youngest answered: neither they nor their share are shown.
    const [youngest = ""] = /0〜19歳<[^]*?<\/tr>/.exec(few) ?? [];
    assert.match(youngest, />秘<[^>]*><span class="visually-hidden">秘匿</);
    assert.doesNotMatch(youngest, /%|>4</);
    assert.match(english, /Response differs[^]*<td class="number">3\.57</);
    // 470 of 810; weights cost a fifth of the answers.
    assert.match(english, /58\.0%[^]*>3\.42<[^]*>1\.25<[^]*>648</);
    // Pearson's test by hand: 29.37; of the 200 of the second age 100 agree.
    const cross = english.split('id="cross"')[1] ?? "";
    assert.match(cross, /χ² = 29\.37, df = 2, p &lt; 0\.001/);
    assert.match(
      cross,
      /20–39<\/th>[^]*?>200<[^]*?>50\.0%<[^]*?>43\.1% – 56\.9%<[^]*?>0\.008</,
    );
    // Three and four of the two youngest gave a 1; another age hides them.
    const hidden = few.split('id="cross"')[1]?.split("</table>")[0] ?? "";
    assert.match(
      hidden,
      /0〜19歳<\/th><td class="number">72–1\d\d [^]*3\d\.\d%–55\.6% \(秘匿1セルを含む\)<[^]*?>–<[^]*?>–</,
    );
    assert.match(hidden, /比べられる年齢が2つありません/);
    assert.doesNotMatch(hidden, /p = |>75<|53\.3%/);
    const at = `/dashboards/252018/surveys/cross`;
    const csv = await read(`/en${at}.csv?surveyId=${SMALL}`);
    assert.match(
      csv,
      /"q1","Q1","0-19","0–19","","","0\.3\d+","0\.55\d+","","range","1"\r/,
    );
    // A question has the words of the register, without them its number.
    assert.match(page, />問1 満足している：4・5の割合（年齢別）</);
    assert.match(english, /<th scope="row">Q1 I am content</);
    assert.doesNotMatch(page + few + english, />q1</);
    const svg = await read(`${at}.svg?surveyId=${SURVEY}&question=q1`);
    assert.match(svg, /^<svg[^]*47\.6%<tspan[^>]*> \(41\.0% – 54\.4%\)/);
    const book = await app.request(`${at}.xlsx?surveyId=${SURVEY}`);
    assert.equal((await book.bytes()).slice(0, 2).join(), "80,75");
    app.onError(({ message }, c) => c.text(message, 400));
    for (
      const [unknown, refusal] of [
        ["surveyId=x", "Parameter 'surveyId' does not fit"],
        [`surveyId=${SURVEY}&question=q9`, "Parameter 'question' does not fit"],
      ]
    ) {
      const refused = await app.request(
        `/dashboards/252018/surveys?${unknown}`,
      );
      assert.equal(await refused.text(), refusal);
    }
    assert.doesNotMatch(page + few + english, /undefined|NaN|<script| style="/);
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("GET /dashboards/{code}/wellbeing shows 24 factors from an imported file with what moved, ranks nothing and refuses another factor", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const control = await openControl(data.control);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city]),
    clock,
    control,
  });
  const register = registerNamed("wellbeing");
  assert.ok(register !== undefined);
  const take = (text: string) =>
    importRegister(control, clock, city.code, register, "test", text);
  const page = async (at = "") =>
    await (await app.request(`${at}/dashboards/252018/wellbeing`)).text();
  try {
    assert.match(await page(), /まだ取り込まれていません/);
    const done = await take(
      "コード,年,因子,種別,値,回答数,出典\r\n" +
        "a,2025,09,subjective,3.10,800,市の調査\r\n" +
        "b,2026,09,subjective,3.25,812,市の調査\r\n" +
        "c,2026,09,objective,51.2,,公表値\r\n",
    );
    const wrong = await take(
      "コード,年,因子,種別,値,出典\r\nx,2026,25,subjective,3,市\r\n",
    );

    const ja = await page();
    const en = await page("/en");

    assert.deepEqual(done.faults, []);
    assert.deepEqual(wrong.faults.map(({ column }) => column), ["factor"]);
    assert.equal((ja.match(/<th scope="row">/g) ?? []).length, 24);
    assert.match(ja, /デジタル生活<[^]*3\.25[^]*812[^]*\+0\.15[^]*51\.2/);
    assert.match(en, /Digital life<[^]*3\.25[^]*812 answers/);
    assert.doesNotMatch(ja, /順位<|ランキング|偏差値/);
    assert.doesNotMatch(en, /rank<|undefined|NaN|<script| style="/i);
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
});
