import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Artefacts, artefactsOf, keyOf, tellAll } from "./artefacts.ts";
import { altered, CELLS, csvOf, released, SPEC, truth } from "./fixture.ts";

/** Attackers who know more than one release: a part of it, another one, or a log. */

const asPublished = (
  on: Artefacts,
  shown: (region: string, age: string) => boolean,
) =>
  altered(
    on,
    ([region = "", age = ""]) =>
      shown(region, age)
        ? [region, age, String(truth(region, age)), "published"]
        : [region, age, "", "withheld"],
  );

/** A03, A14: totals of which one part holds everybody. */
function groups(on: Artefacts): string[] {
  const values = new Map(on.lines.map((one) => [keyOf(one.codes), one.value]));
  return on.lines.flatMap(({ codes, value }) =>
    on.groups.flatMap((own, d) =>
      own.flatMap(([parent, parts]) =>
        codes[d] === parent && value !== undefined && value > 0
          ? parts.filter((part) =>
            values.get(keyOf(codes.with(d, part))) === value
          )
            .map((part) => keyOf(codes.with(d, part)))
          : []
      )
    )
  );
}

Deno.test("A03 no total is shown of which one part holds everybody", async () => {
  const cells = { ...CELLS, "A2,young": 0, "A2,middle": 0 };
  const rules = { threshold: 10, groups: { dims: ["age"], coalition: 0 } };

  const real = await released({ ...SPEC, rules, caps: [] }, cells);
  const twin = await released({ ...SPEC, caps: [] }, cells);

  const ages = (found: string[]) => found.filter((one) => !one.endsWith("all"));
  assert.deepEqual(ages(groups(real)), []);
  assert.ok(ages(groups(twin)).includes("A2|elder"));
});

/** A07: what a conspirator with one withheld figure tells of the others. */
function conspiracy(on: Artefacts, key: string, value: number): string[] {
  return tellAll(on, new Map([[key, value]]))
    .filter(({ name, low, high }) => {
      const [region = "", age = ""] = name.split("|");
      return low === high && truth(region, age) < 10 && truth(region, age) > 0;
    }).map((one) => one.name);
}

Deno.test("A07 who knows one withheld figure tells no other small one", async () => {
  const cell = { region: "A3", age: "middle" };
  const coalitions = [[{ cell }]];

  const real = await released({ ...SPEC, coalitions });
  const pair = new Set(["A1,young", "A3,young", "A1,middle", "A3,middle"]);
  const twin = asPublished(
    real,
    (region, age) => !pair.has(`${region},${age}`) && truth(region, age) >= 10,
  );

  assert.deepEqual(conspiracy(real, "A3|middle", CELLS["A3,middle"] ?? 0), []);
  assert.ok(conspiracy(twin, "A3|middle", 7).includes("A1|young"));
});

/** A09: figures of two versions that differ by a few people. */
function revision(one: Artefacts, other: Artefacts): string[] {
  const before = new Map(
    one.lines.map((line) => [keyOf(line.codes), line.value]),
  );
  return other.lines.flatMap(({ codes, value }) => {
    const was = before.get(keyOf(codes));
    if (was === undefined || value === undefined) return [];
    const by = Math.abs(value - was);
    return by > 0 && by < other.k ? [keyOf(codes)] : [];
  });
}

Deno.test("A09 no two versions differ by a few people", async () => {
  const first = await released();
  const late = { ...CELLS, "B3,young": 72 };

  await assert.rejects(publishedAgain(late), /takes a revision/);
  assert.deepEqual(revision(first, await publishedAgain(CELLS)), []);
  assert.ok(revision(first, await released(SPEC, late)).length > 0);
});

/** Publishes `CELLS` and then `cells` as a later version of them. */
async function publishedAgain(
  cells: Readonly<Record<string, number>>,
): Promise<Artefacts> {
  const { protectFiles } = await import("@hiraku/opendata");
  const dir = await Deno.makeTempDir();
  const stopwatch = () => performance.now() / 1_000;
  try {
    const write = async (name: string, spec: object, own: typeof cells) => {
      await Deno.writeTextFile(`${dir}/cells.csv`, csvOf(own));
      await Deno.writeTextFile(`${dir}/${name}.json`, JSON.stringify(spec));
      await protectFiles(`${dir}/${name}.json`, `${dir}/${name}`, stopwatch);
    };
    await write("first", SPEC, CELLS);
    await write("second", { ...SPEC, earlier: ["first"] }, cells);
    const text = await Deno.readTextFile(`${dir}/second/released.csv`);
    return artefactsOf(SPEC, new Map([["released.csv", text]]));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** A13: fractions of few people that a printed rate gives away. */
function ratios(text: string): string[] {
  return [...text.matchAll(/(\d+\.\d+)\s*%/g)].flatMap(([, rate = ""]) => {
    const decimals = rate.split(".")[1]?.length ?? 0;
    const fits: string[] = [];
    for (let whole = 1; whole <= 60; whole++) {
      for (let part = 1; part < whole; part++) {
        if ((100 * part / whole).toFixed(decimals) === rate) {
          fits.push(`${part}/${whole}`);
        }
      }
    }
    const few = fits.filter((one) => Number(one.split("/")[0]) < 10);
    return few.length > 0 && few.length === fits.length ? [rate] : [];
  });
}

Deno.test("A13 no rate is printed that only a few people give", async () => {
  const { files } = await released();

  assert.deepEqual(ratios([...files.values()].join("\n")), []);
  assert.deepEqual(ratios("usage 14.285714 %"), ["14.285714"]);
});

/** A22, A24: a withheld figure in any byte of what leaves, or in what is said. */
const SECRET = 7919;

Deno.test("A22 a withheld figure stands in no file and no message", async () => {
  const cells = { ...CELLS, "A1,young": 4, "A1,middle": SECRET };
  const dir = await Deno.makeTempDir();
  try {
    const spec = {
      ...SPEC,
      caps: [],
      // The small figure can only be hidden behind its neighbour, the secret.
      frozen: [{ region: "A1" }, { region: "A1", age: "elder" }],
    };
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(spec));
    await Deno.writeTextFile(`${dir}/cells.csv`, csvOf(cells));
    const run = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-check",
        "-A",
        fileURLToPath(new URL("../../app/hiraku.ts", import.meta.url)),
        "protect",
        "--spec",
        `${dir}/spec.json`,
        "--out",
        `${dir}/out`,
        "--json",
      ],
      stdout: "piped",
      stderr: "piped",
    }).output();
    const said = new TextDecoder().decode(run.stdout) +
      new TextDecoder().decode(run.stderr);
    const released = await Deno.readTextFile(`${dir}/out/released.csv`);
    const certificate = await Deno.readTextFile(`${dir}/out/certificate.json`);

    assert.equal(run.code, 0, said);
    assert.match(released, /^A1,middle,,withheld$/m);
    const bytes = released + certificate + said;
    assert.doesNotMatch(bytes, new RegExp(`\\b${SECRET}\\b`));
    assert.match(csvOf(cells), new RegExp(`\\b${SECRET}\\b`));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
