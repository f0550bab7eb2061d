import { Municipality } from "@hiraku/kernel";
import {
  eventAttendance,
  keepReport,
  publish,
  release,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { type StaffCity, withStaff } from "./_staff_city.ts";

const PAGE = "/admin/releases/412015";
const MONTH = "2026-10";
/** Attendees by age group; the second holds 7, a number that stands nowhere else. */
const BY_AGE = [["0-19", 64], ["20-39", 7], ["40-64", 31], [
  "65+",
  44,
]] as const;

async function releaseAttendance({ control, places, clock }: StaffCity) {
  const people = BY_AGE.reduce((sum, [, n]) => sum + n, 0);
  const row = { month: MONTH, eventRef: "drill" };
  const released = release(eventAttendance, {
    attendance: [{ ...row, people, count: people }],
    attendance_by_district: [{
      ...row,
      districtCode: "unknown",
      people,
      count: people,
    }],
    attendance_by_age_sex: BY_AGE.map(([ageGroup, n]) => ({
      ...row,
      ageGroup,
      sex: "female",
      people: n,
      count: n,
    })),
    attendance_by_origin: [{
      ...row,
      origin: "resident",
      people,
      count: people,
    }],
  } as never, {
    municipality: Municipality.parse({
      code: "412015",
      tenant: "city_412015",
      name: { ja: "市", en: "City" },
      prefecture: { ja: "県", en: "Prefecture" },
      population: { asOf: "2026-01-01", value: 230_000 },
    }),
    previous: undefined,
    today: "2026-11-09",
  });
  const { version } = await publish(released, { layout: places, clock });
  await keepReport(control, {
    municipality: "412015",
    dataset: "event_attendance",
    version: version.manifest.version,
  }, released.report);
  return { version: version.manifest.version, report: released.report };
}

Deno.test("releases tells the officer in three sentences what left, what is withheld and why, and what coarser tables would save", () =>
  withStaff(async (city) => {
    const { version, report } = await releaseAttendance(city);
    const cubes = `${city.places.city("412015")}/cubes`;
    await Deno.mkdir(cubes);
    await Deno.writeTextFile(
      `${cubes}/budget-2026.ndjson`,
      JSON.stringify({
        kind: "reserve",
        id: "use, 2026-10",
        statistic: "use, 2026-10",
        query: "use, 2026-10",
        nanoRho: 60_000_000,
      }) + '\n{"kind":"res',
    );
    const session = await city.signIn("officer");
    const page = async (path: string) =>
      await (await city.ask(path, { session })).text();

    const list = await page(PAGE);
    const ja = await page(`${PAGE}/event_attendance`);
    const en = await page(`/en${PAGE}/event_attendance`);

    assert.deepEqual(report.tables["attendance_by_age_sex"], {
      figures: 4,
      small: 1,
      concentrated: 0,
      complements: 1,
      shareOfPeople: (64 + 7) / 146,
      proposals: [
        { column: "ageGroup", way: "leave-out", figures: 1, small: 0 },
      ],
    });
    assert.match(list, /href="\/admin\/releases\/412015\/event_attendance"/);
    assert.match(
      list,
      /2026<\/td><td>0\.060<\/td><td>0\.240<\/td><td class="number">25\.0%/,
    );
    assert.match(ja, /少人数が1、少数の人に偏るためが0、引き算を防ぐためが1/);
    assert.match(
      ja,
      /「年齢」を分けないと、少人数の数値は1から0（全1のうち）/,
    );
    assert.match(
      en,
      /1 for being small, 0 for being mostly one or two people&#39;s and 1 against subtraction/,
    );
    assert.match(en, /may still be any of \d+ values at the least/);
    assert.ok(en.includes(`/${version}/certificate.json`));
    // The figure that is small stands on no page, not even for the officer.
    assert.ok(
      !/[^\d]7[^\d.%-]/.test(
        ja.replace(/<style[^]*?<\/style>/g, "").replace(/<[^>]*>/g, " "),
      ),
    );
  }));

Deno.test("releases is for officers and admins of the city, and names what it does not find", () =>
  withStaff(async (city) => {
    const officer = await city.signIn("officer");
    const analyst = await city.signIn("analyst");
    const status = async (path: string, session?: string) =>
      (await city.ask(path, session === undefined ? {} : { session })).status;

    assert.equal(await status(PAGE), 303);
    assert.equal(await status(PAGE, analyst), 403);
    assert.equal(await status("/admin/releases/252018", officer), 403);
    assert.equal(await status(PAGE, officer), 200);
    assert.equal(await status("/en/admin/releases", officer), 200);
    assert.equal(await status(`${PAGE}/nothing`, officer), 404);
    assert.equal(await status(`${PAGE}/event_attendance`, officer), 404);
  }));
