import { cityMonth, Municipality, systemClock, ulid } from "@hiraku/kernel";
import { lastRuns, openControl } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hiraku as run, newPlatform, type Platform } from "./platform.ts";
import { sampleCity } from "./sample_city.ts";

const CODE = "412015";
const city = Municipality.parse(
  JSON.parse(JSON.stringify(sampleCity).replaceAll(sampleCity.code, CODE)),
);
// Two areas, three defective rows, and a row of totals of 3,301 inhabitants.
const FILE = fileURLToPath(
  new URL(
    "../pipelines/sources/testdata/population_2017_cp932.csv",
    import.meta.url,
  ),
);
const NEVER = "0 0 30 2 *";

Deno.test("hiraku import takes a defective population file, and the ranking is of its inhabitants", async (t) => {
  const platform = await newPlatform([city], {
    schedules: { publish: NEVER, preliminary: NEVER },
  });
  const key = await platform.key({ municipality: CODE, eventTypes: ["*"] });
  const serve = platform.start("serve");
  await platform.listening();
  const work = platform.start("work");
  const hiraku = (...args: string[]) => run(platform, args);
  const page = async (path: string) =>
    await (await fetch(`${platform.origin}${path}/dashboards/${CODE}`)).text();

  try {
    await t.step(
      "before it, shares are of the registered population",
      async () => {
        await send(platform, key);
        const done = await hiraku(
          "run",
          "miniapp_usage",
          "--municipality",
          CODE,
        );
        const before = await page("");

        assert.equal(done.code, 0, done.said);
        assert.match(before, /人口343,316人/);
        assert.doesNotMatch(before, /3,301/);
      },
    );

    await t.step(
      "good rows land, bad ones are told by row and column",
      async () => {
        const { code, said } = await hiraku("import", FILE);

        assert.equal(code, 1);
        for (
          const line of [
            "3: G (総人口): 桁区切りのカンマを取り除いて読みました",
            "4: J (0-4歳の男性): 負の数です",
            "5: E (調査年月日): 日付ではありません",
            "7: A (都道府県コード又は市区町村コード): ほかの地方公共団体の行です",
            "rowsIn: 6",
            "landed: 3",
            "quarantined: 3",
            "repeated: false",
          ]
        ) assert.ok(said.includes(line), `${line} is not in ${said}`);
        assert.doesNotMatch(said, /1,501|2025-02-30|The value/);
      },
    );

    await t.step(
      "the same file again changes nothing, and speaks English when asked",
      async () => {
        const { code, said } = await hiraku(
          ...["import", FILE, "--language", "en", "--json"],
        );
        const report = JSON.parse(said);

        assert.equal(code, 1);
        assert.equal(report.repeated, true);
        assert.ok(
          report.findings.some((one: Record<string, unknown>) =>
            one["row"] === 4 && one["message"] === "The value is negative"
          ),
        );
        assert.deepEqual(await imports(platform), [[0, 0, 0], [6, 3, 3]]);
      },
    );

    await t.step(
      "once published, it is what the ranking is held against",
      async () => {
        const done = await hiraku("run", "population", "--municipality", CODE);
        const ja = await page("");
        const en = await page("/en");

        assert.equal(done.code, 0, done.said);
        assert.match(ja, /割合の分母は2025-04-01の人口3,301人です/);
        assert.match(en, /Shares are of 3,301 inhabitants \(2025-04-01\)/);
        // Forty users of 3,301 inhabitants.
        assert.match(ja, />1\.2%</);
        assert.doesNotMatch(ja, /343,316/);
      },
    );

    await t.step(
      "a file of no known kind is named and lands nothing",
      async () => {
        const readme = fileURLToPath(new URL("../README.md", import.meta.url));
        const { code, said } = await hiraku("import", readme);

        assert.equal(code, 1);
        assert.match(said, /取り込める種類のファイルではありません/);
        assert.match(said, /landed: 0/);
      },
    );
  } finally {
    await serve.kill("SIGTERM");
    await work.kill("SIGTERM");
  }
  await Deno.remove(platform.places.root, { recursive: true });
});

/** Rows in, landed and quarantined of every import, newest first. */
async function imports({ places }: Platform): Promise<number[][]> {
  const control = await openControl(places.control);
  const runs = await lastRuns(control);
  await control.destroy();
  return runs.filter(({ pipeline }) => pipeline === "import")
    .map(({ rowsIn, landed, quarantined }) => [rowsIn, landed, quarantined]);
}

/** Forty people open one mini-app in the last hour of the month before. */
async function send({ origin }: Platform, key: string): Promise<void> {
  const month = `${cityMonth(systemClock.now())}-01`;
  const at = new Date(Date.parse(`${month}T00:00:00+09:00`) - 3_600_000);
  const response = await fetch(`${origin}/api/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(Array.from({ length: 40 }, (_, n) => ({
      eventId: ulid(at.getTime()),
      type: "miniapp.opened",
      occurredAt: at.toISOString(),
      source: { miniApp: `${CODE}-ma-01` },
      subject: { pid: `person_${n}_of`, tier: "jpki", consent: ["rcpt_1"] },
      attributes: { districtCode: `${CODE}-sd-01`, ageBand: "40-44", sex: "2" },
    }))),
  });
  assert.equal((await response.json()).accepted, 40);
}
