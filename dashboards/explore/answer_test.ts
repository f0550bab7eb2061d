import type { Counted, FrozenCube } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { answerer } from "./answer.ts";
import { packMonths, unpackMonths } from "./pack_months.ts";
import {
  type Dimension,
  type Question,
  questionText,
  readQuestion,
  toggled,
} from "./question.ts";
import { stackMonths } from "./use_months.ts";

const SEXES = ["female", "male"];
const TIERS = ["jpki", "email"];
const SIGMA = 3;

/**
 * A month whose figures are 1,000 times the mode, 100 times the app, 10 times
 * the sex, the tier and the month; modes and opens where asked for.
 */
function month(
  at: number,
  apps: readonly string[],
  { modes = false, opens = false } = {},
): FrozenCube {
  const table = (
    id: string,
    dimensions: Record<string, readonly string[]>,
    counts: Counted = "users",
  ) => {
    const names = Object.keys(dimensions);
    const rows = Object.values(dimensions).reduce<string[][]>(
      (before, codes) =>
        before.flatMap((row) => codes.map((code) => [...row, code])),
      [[]],
    );
    const worth = (name: string, code: string) =>
      name === "miniAppId"
        ? 100 * Number(code.slice(1))
        : name === "sex"
        ? 10 * SEXES.indexOf(code)
        : name === "mode"
        ? 1_000 * ["normal", "drill", "disaster"].indexOf(code)
        : TIERS.indexOf(code);
    return {
      id,
      counts,
      dimensions: names.map((name) => ({
        name,
        codes: [...dimensions[name] ?? []],
      })),
      values: rows.map((row) =>
        row.reduce((sum, code, d) => sum + worth(names[d] ?? "", code), at)
      ),
      sigma: SIGMA,
      most: 1,
      nanoRho: 1,
    };
  };
  return {
    statistic: "use",
    month: `2026-0${at}`,
    frozenAt: "2026-11-21T00:00:00Z",
    tables: [
      table("groups", { sex: SEXES, tier: TIERS }),
      table("all", { miniAppId: apps, sex: SEXES, tier: TIERS }),
      ...modes
        ? [table("apart", { mode: ["drill", "disaster"], sex: SEXES })]
        : [],
      ...opens
        ? [
          table(
            "opens",
            { mode: ["normal"], miniAppId: apps, sex: SEXES },
            "opens",
          ),
        ]
        : [],
    ],
  };
}

const cube = unpackMonths(
  packMonths(
    stackMonths("412015", [
      month(3, ["a1"]),
      month(4, ["a1"]),
      month(5, ["a1", "a2"]),
      month(6, ["a2", "a1"]),
    ]),
  ).buffer,
);
const answer = answerer(cube);
const ask = (text: string) => {
  const question = readQuestion(new URLSearchParams(text)) as Question;
  const found = answer(question);
  assert.ok(found !== undefined);
  return found;
};
const chart = (text: string, by: string) => {
  const found = ask(text).charts.find((one) => one.by === by);
  assert.ok(found !== undefined);
  return found;
};
const figures = (text: string, by: string) =>
  Object.fromEntries(
    chart(text, by).estimates.map(({ code, value }) => [code, value]),
  );

Deno.test("answerer() narrows every chart by the others, and none by itself", () => {
  assert.deepEqual(figures("", "sex"), { female: 13, male: 33 });
  assert.deepEqual(figures("sex=male", "sex"), { female: 13, male: 33 });
  assert.deepEqual(figures("sex=male", "tier"), { jpki: 16, email: 17 });
  assert.equal(ask("sex=male").total?.value, 33);
  assert.equal(ask("sex=male&sex=female").total?.value, 46);
  assert.deepEqual(figures("sex=male&tier=email", "miniAppId"), {
    a1: 117,
    a2: 217,
  });
  assert.deepEqual(figures("sex=male", "month"), {
    "2026-03": 27,
    "2026-04": 29,
    "2026-05": 31,
    "2026-06": 33,
  });
});

Deno.test("answerer() never adds people over mini-apps", () => {
  const { tables, estimates } = chart("", "sex");
  assert.deepEqual(tables.map(({ id }) => id), ["groups"]);
  assert.equal(estimates.length, 2);
  const both = chart("miniAppId=a1&miniAppId=a2", "sex");
  assert.deepEqual([both.refused?.why, both.estimates], ["apps", []]);
  assert.equal(ask("miniAppId=a1&miniAppId=a2").total, undefined);
});

Deno.test("answerer() gives the mean of several months with its smaller error", () => {
  const one = chart("month=2026-04", "sex").estimates[0];
  const two = chart("from=2026-03&month=2026-04", "sex").estimates[0];

  assert.equal(one?.within, Math.ceil(1.96 * SIGMA * Math.sqrt(2)));
  assert.equal(two?.within, Math.ceil(1.96 * SIGMA * Math.sqrt(4) / 2));
  assert.equal(two?.value, Math.round((2 * 3 + 1 + 2 * 4 + 1) / 2));
});

Deno.test("answerer() compares with a period of the same months, or with none", () => {
  const before = ask("month=2026-06&compare=before");
  assert.deepEqual(before.before, { from: "2026-05", month: "2026-05" });
  assert.equal(before.total?.before?.value, 2 * 31 - 20);
  // Of January to March only March was measured.
  assert.equal(
    ask("from=2026-04&month=2026-06&compare=before").before,
    undefined,
  );
  assert.equal(ask("compare=year").total?.before, undefined);
  assert.equal(ask("compare=toDate").from, "2026-04");
});

Deno.test("answerer() lays small charts side by side, one a value, narrowed by all else", () => {
  const { panels } = ask("sex=male&panels=tier");

  assert.equal(panels?.by, "tier");
  // Ten for a man, one for e-mail, and the number of the month.
  assert.deepEqual(
    panels?.panels.map(({ code, estimates }) => [
      code,
      ...estimates.map(({ value }) => value),
    ]),
    [["jpki", 13, 14, 15, 16], ["email", 14, 15, 16, 17]],
  );
  assert.deepEqual(
    ask("sex=male&panels=sex").panels?.panels.map(({ code }) => code),
    SEXES,
  );
  assert.equal(ask("sex=male").panels, undefined);
  const apps = ask("miniAppId=a1&miniAppId=a2&panels=sex").panels;
  assert.deepEqual([apps?.refused?.why, apps?.panels], ["apps", []]);
  const [, , may] = ask("panels=miniAppId").panels?.panels
    .find(({ code }) => code === "a2")?.estimates ?? [];
  const [march] = ask("panels=miniAppId").panels?.panels
    .find(({ code }) => code === "a2")?.estimates ?? [];
  assert.deepEqual([march?.status, may?.value], ["not_measured", 842]);
});

Deno.test("answerer() compares with the same months of last fiscal year, also to date", () => {
  const years = answerer(
    stackMonths(
      "412015",
      ["2025-04", "2025-05", "2026-03", "2026-04", "2026-05"].map((
        name,
        at,
      ) => ({
        ...month(at + 1, ["a1"]),
        month: name,
      })),
    ),
  );
  const asked = (text: string) => {
    const question = readQuestion(new URLSearchParams(text)) as Question;
    const found = years(question);
    return [
      found?.from,
      found?.month,
      found?.before?.from,
      found?.before?.month,
      found?.total?.value,
      found?.total?.before?.value,
    ];
  };

  // Two sexes and two ways: four cells of the month's number, and 22 besides.
  assert.deepEqual(asked("compare=year"), [
    ...["2026-05", "2026-05", "2025-05", "2025-05"],
    ...[5 * 4 + 22, 2 * 4 + 22],
  ]);
  assert.deepEqual(asked("compare=toDate"), [
    ...["2026-04", "2026-05", "2025-04", "2025-05"],
    ...[4.5 * 4 + 22, 1.5 * 4 + 22],
  ]);
  assert.deepEqual(asked("compare=before"), [
    ...["2026-05", "2026-05", "2026-04", "2026-04"],
    ...[5 * 4 + 22, 4 * 4 + 22],
  ]);
  // March belongs to the fiscal year before, of which no March was measured.
  assert.deepEqual(asked("month=2026-03&compare=toDate").slice(2, 4), [
    undefined,
    undefined,
  ]);
});

Deno.test("answerer() says of a month that did not measure a mini-app that it did not", () => {
  const [march, , may] = chart("miniAppId=a2", "month").estimates;
  assert.equal(march?.status, "not_measured");
  assert.notEqual(may?.status, "not_measured");
  const mean = chart("from=2026-04&month=2026-05", "miniAppId").estimates;
  assert.deepEqual(
    mean.map(({ code, status }) => [code, status === "not_measured"]),
    [["a2", true], ["a1", false]],
  );
});

Deno.test("readQuestion() reads what questionText() writes, and names what does not fit", () => {
  const text =
    "?metric=miniapp_clicks&from=2026-04&month=2026-06&compare=year&panels=tier&sex=male&sex=female&mode=drill";
  const question = readQuestion(new URLSearchParams(text));
  assert.ok(!("unfit" in question));
  assert.equal(questionText(question), text);
  for (
    const bad of [
      "month=2026-13",
      "compare=x",
      "panels=x",
      "metric=x",
      "name=x",
    ]
  ) {
    const unfit = readQuestion(new URLSearchParams(bad));
    assert.deepEqual(unfit, { unfit: bad.split("=")[0] });
  }
});

/** Modes and opens are measured from May on, as in a store that was there before they were. */
const later = answerer(
  unpackMonths(
    packMonths(
      stackMonths("412015", [
        month(3, ["a1"]),
        month(4, ["a1"]),
        month(5, ["a1", "a2"], { modes: true, opens: true }),
        month(6, ["a1", "a2"], { modes: true, opens: true }),
      ]),
    ).buffer,
  ),
);
const asked = (text: string) => {
  const question = readQuestion(new URLSearchParams(text)) as Question;
  const found = later(question);
  assert.ok(found !== undefined);
  return found;
};
const bars = (text: string, by: string) =>
  asked(text).charts.find((one) => one.by === by);
const CLICKS = "metric=miniapp_clicks";

Deno.test("answerer() adds opens over months and mini-apps, and people over neither", () => {
  // Of a month: two apps, two sexes; 2 × (100 + 200) + 2 × 10 and the month.
  const may = 2 * 300 + 2 * 10 + 4 * 5;
  const june = 2 * 300 + 2 * 10 + 4 * 6;
  assert.equal(asked(`${CLICKS}&month=2026-05`).total?.value, may);
  const both = asked(`${CLICKS}&from=2026-05`);
  assert.equal(both.total?.value, may + june);
  assert.equal(both.total?.within, Math.ceil(1.96 * SIGMA * Math.sqrt(8)));
  assert.equal(both.clamp, 1);
  assert.equal(
    asked(`${CLICKS}&miniAppId=a1&miniAppId=a2`).total?.value,
    june,
  );
  assert.equal(asked("from=2026-05").clamp, undefined);
  assert.equal(asked("from=2026-05").total?.value, (42 + 46) / 2);
});

Deno.test("answerer() has a figure for each mode apart, and mixes none", () => {
  const modes = bars("sex=female", "mode");
  assert.deepEqual(
    modes?.estimates.map(({ code, value }) => [code, value]),
    [["normal", 13], ["drill", 1_006], ["disaster", 2_006]],
  );
  assert.deepEqual(modes?.tables.map(({ id }) => id), [
    "groups",
    "apart",
    "apart",
  ]);
  // Whoever names no mode asks for ordinary days; a chart of modes is not narrowed by one.
  assert.equal(asked("mode=drill&sex=female").total?.value, 1_006);
  assert.equal(asked("mode=normal").total?.value, asked("").total?.value);
  assert.deepEqual(
    bars("mode=drill&sex=female", "mode")?.estimates,
    modes?.estimates,
  );
  assert.deepEqual(
    asked("mode=drill&panels=mode").panels?.panels.map(({ code }) => code),
    ["normal", "drill", "disaster"],
  );
  const mixed = asked("mode=normal&mode=drill");
  assert.equal(mixed.total, undefined);
  assert.equal(
    mixed.charts.find(({ by }) => by === "sex")?.refused?.why,
    "modes",
  );
});

Deno.test("answerer() never says zero of a month that was not measured for what is asked", () => {
  for (const text of ["mode=drill", CLICKS]) {
    const line = bars(text, "month")?.estimates ?? [];
    assert.deepEqual(
      line.map(({ status }) => status === "not_measured"),
      [true, true, false, false],
      text,
    );
    const early = asked(`${text}&month=2026-04`);
    assert.equal(early.total, undefined);
    assert.deepEqual(
      early.charts.find(({ by }) => by === "sex")?.refused,
      { why: "months", since: "2026-05" },
    );
    const across = asked(`${text}&from=2026-04&month=2026-06`);
    assert.deepEqual(across.charts.find(({ by }) => by === "sex")?.refused, {
      why: "months",
      since: "2026-05",
    });
    const compared = asked(`${text}&month=2026-05&compare=before`);
    assert.equal(compared.before, undefined);
    assert.deepEqual(compared.lacking, { from: "2026-04", month: "2026-04" });
  }
  // The months themselves stay as they were.
  assert.equal(asked("month=2026-04").total?.value, 2 * 10 + 2 + 4 * 4);
  const april = bars("month=2026-04", "mode")?.estimates;
  assert.deepEqual(
    april?.map(({ status }) => status === "not_measured"),
    [false, true, true],
  );
  assert.equal(
    bars("mode=drill&tier=email", "sex")?.refused?.why,
    "crossed",
  );
  const old = answerer(stackMonths("412015", [month(3, ["a1"])]));
  const never = readQuestion(new URLSearchParams(CLICKS)) as Question;
  assert.equal(old(never)?.charts[1]?.refused?.why, "never");
});

Deno.test("toggled() lets one mode be chosen, several mini-apps only where they add up", () => {
  const question = (text: string) =>
    readQuestion(new URLSearchParams(text)) as Question;
  const after = (text: string, by: Dimension, code: string) =>
    questionText(toggled(question(text), by, code));

  assert.equal(after("mode=drill", "mode", "disaster"), "?mode=disaster");
  assert.equal(after("mode=drill", "mode", "drill"), "");
  assert.equal(after("mode=drill", "mode", "normal"), "");
  assert.equal(after("miniAppId=a1", "miniAppId", "a2"), "?miniAppId=a2");
  assert.equal(
    after(`${CLICKS}&miniAppId=a1`, "miniAppId", "a2"),
    `?${CLICKS}&miniAppId=a1&miniAppId=a2`,
  );
});
