import { verifyCertificate } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Artefacts, artefactsOf } from "./artefacts.ts";
import { attack } from "./attacks.ts";
import { altered, CELLS, released, SPEC, truth } from "./fixture.ts";

let cached: Promise<Artefacts> | undefined;
const real = () => cached ??= released();

/**
 * Protectors that are wrong in one way each. Every one of them must be caught
 * by an attack on the files it would have shipped.
 */
const MUTANTS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  "withholds small figures alone": async () =>
    attack(await showing((region, age) => truth(region, age) >= 10)),
  "withholds two in every row and column": async () =>
    attack(
      await showing((region, age) => {
        const pairs = [
          "A1,young",
          "A3,young",
          "A1,middle",
          "A3,middle",
          "B2,elder",
        ];
        return !pairs.includes(`${region},${age}`);
      }),
    ),
  "has a threshold that is one too low": async () =>
    attack(
      await released(
        { ...showsAnyway("A2", "middle"), rules: { threshold: 9 } },
        { ...CELLS, "A2,middle": 9 },
      ),
    ),
  "knows nothing of the school zones": async () =>
    attack(
      await withZones({ ...SPEC, dimensions: SPEC.dimensions.toSpliced(1, 1) }),
    ),
  "knows nothing of the areas": async () =>
    attack(
      await withZones({ ...SPEC, dimensions: SPEC.dimensions.toSpliced(0, 1) }),
    ),
  "protects regions and ages as if they were not crossed": async () =>
    attack(
      await showing((region, age) => age !== "all" || truth(region, age) >= 10),
    ),
  "forgets those who are not counted": async () =>
    attack(
      await released({
        ...showsAnyway("A2", "elder"),
        rules: { threshold: 10, bothSides: false },
      }),
    ),
  "forgets the register": async () =>
    attack(await released({ ...showsAnyway("A2", "elder"), caps: [] })),
  "shows one complement": async () => attack(await oneShown(false)),
  "shows one small figure": async () => attack(await oneShown(true)),
  "leaves the figure beside its mark": async () =>
    attack(
      altered(await real(), ([region = "", age = "", value, status = ""]) =>
        status === "withheld"
          ? [region, age, String(truth(region, age)), status]
          : [region, age, value ?? "", status]),
    ),
  "leaves withheld lines out": async () =>
    attack(
      altered(await real(), (fields) =>
        fields[3] === "withheld" ? undefined : fields),
    ),
  "adds an identifier": async () =>
    attack(
      altered(await real(), (fields) => [
        ...fields,
        "01jd3w8q4xk0v7m2t5r9zb6cyh".toUpperCase(),
      ]),
    ),
  "rounds to less than the threshold": async () =>
    attack(
      altered(await real(), ([region = "", age = ""]) => [
        region,
        age,
        String(Math.round(truth(region, age) / 3) * 3),
        "rounded",
      ]),
    ),
  "certifies another file": async () => {
    const { files } = await real();
    return verdict(
      files,
      (text) => text,
      (text) => text.replace(/\d+,published/, "999,published"),
    );
  },
  "certifies wider intervals than its witnesses show": async () => {
    const { files } = await real();
    return verdict(
      files,
      (text) =>
        text.replace(/"low":\d+/, '"low":0').replace(
          /"high":(\d+),"exact"/,
          (_, high) => `"high":${Number(high) + 5},"exact"`,
        ),
    );
  },
  "certifies with witnesses that do not add up": async () => {
    const { files } = await real();
    return verdict(
      files,
      (text) =>
        text.replace(
          /"first":\[(\d+)/,
          (_, first) => `"first":[${Number(first) + 1}`,
        ),
    );
  },
  "certifies all but one withheld figure": async () => {
    const { files } = await real();
    return verdict(files, (text) => {
      const certificate = JSON.parse(text);
      certificate.intervals.pop();
      return JSON.stringify(certificate);
    });
  },
  "certifies only a relation fewer": async () => {
    const { files } = await real();
    return verdict(files, (text) => {
      const certificate = JSON.parse(text);
      const own = certificate.parts[0].lines[0];
      for (const relation of certificate.relations) {
        relation.terms = relation.terms.filter(([line]: [number]) =>
          line !== own
        );
      }
      return JSON.stringify({ ...certificate, parts: [] });
    });
  },
  "audits by linear programs alone": () => Promise.resolve(attack(gap())),
};

/** The figure is one the mutant holds harmless, so it may be asked to show it. */
function showsAnyway(region: string, age: string): typeof SPEC {
  return { ...SPEC, frozen: [...SPEC.frozen, { region, age }] };
}

/** The true figures with some of them withheld. */
async function showing(
  shown: (region: string, age: string) => boolean,
): Promise<Artefacts> {
  return altered(
    await released(),
    ([region = "", age = ""]) =>
      shown(region, age)
        ? [region, age, String(truth(region, age)), "published"]
        : [region, age, "", "withheld"],
  );
}

/** What a protector that misses a grouping withholds, with that grouping's figures shown. */
async function withZones(spec: object): Promise<Artefacts> {
  const less = await released(spec, CELLS, SPEC);
  const hidden = new Set(
    less.lines.filter((one) => one.value === undefined)
      .map((one) => one.codes.join()),
  );
  return await showing((region, age) =>
    !hidden.has(`${region},${age}`) && truth(region, age) >= 10
  );
}

async function oneShown(small: boolean): Promise<Artefacts> {
  const all = await real();
  const hidden = all.lines.filter((one) => one.value === undefined);
  // Whichever complement it is: one that opens nothing would be spare.
  for (const { codes: [region = "", age = ""] } of hidden) {
    if ((truth(region, age) < 10) !== small) continue;
    const changed = altered(
      all,
      (fields) =>
        fields[0] === region && fields[1] === age
          ? [region, age, String(truth(region, age)), "published"]
          : fields,
    );
    if (attack(changed).length > 0) return changed;
  }
  return all;
}

/** 18 of 27 ones withheld: fractions move, whole numbers cannot. */
function gap(): Artefacts {
  const hidden = new Set([
    0,
    2,
    4,
    5,
    6,
    7,
    10,
    11,
    12,
    14,
    15,
    16,
    18,
    19,
    21,
    22,
    24,
    25,
  ]);
  const tree = { all: ["0", "1", "2"] };
  const codes = ["all", "0", "1", "2"];
  const rows = codes.flatMap((a) =>
    codes.flatMap((b) =>
      codes.map((c) => {
        const value = [a, b, c].reduce(
          (all, one) => one === "all" ? all * 3 : all,
          1,
        );
        const at = Number(a) * 9 + Number(b) * 3 + Number(c);
        return hidden.has(at)
          ? `${a},${b},${c},,withheld`
          : `${a},${b},${c},${value},published`;
      })
    )
  );
  return artefactsOf({
    dimensions: ["a", "b", "c"].map((dim) => ({ dim, tree })),
    rules: { threshold: 1 },
  }, new Map([["released.csv", ["a,b,c,value,status", ...rows].join("\n")]]));
}

function verdict(
  files: ReadonlyMap<string, string>,
  change: (certificate: string) => string,
  alter: (released: string) => string = (text) => text,
): readonly string[] {
  return verifyCertificate(
    sealed(change(files.get("certificate.json") ?? "")),
    alter(files.get("released.csv") ?? ""),
  ).faults;
}

/** Whoever forges a certificate forges its seal too. */
function sealed(certificate: string): string {
  const rest = JSON.parse(certificate);
  delete rest.sha256;
  const sha256 = createHash("sha256").update(JSON.stringify(rest)).digest(
    "hex",
  );
  return JSON.stringify({ ...rest, sha256 });
}

Deno.test("protectFiles() withstands every attack on its files", async () => {
  const own = await real();

  assert.deepEqual(attack(own), []);
  assert.deepEqual(verdict(own.files, (text) => text), []);
  assert.ok(own.lines.some((one) => one.value === undefined));
});

Deno.test("the attacks catch every protector that is wrong in one way", async (t) => {
  for (const [name, mutant] of Object.entries(MUTANTS)) {
    await t.step(`one that ${name}`, async () => {
      assert.notDeepEqual(await mutant(), []);
    });
  }
});
