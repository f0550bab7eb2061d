import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../hiraku.ts", import.meta.url));

const LINE = {
  outcome: "y",
  time: "x",
  steps: 1,
  model: { kind: "linear" },
};

async function evaluate(
  folder: string,
  ...args: string[]
): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-A", PROGRAM, "evaluate", ...args],
    cwd: folder,
    // An installation that is not there: opening one would fail.
    env: {
      HIRAKU_CONFIG: `${folder}/none.json`,
      NO_COLOR: "1",
      NODE_OPTIONS: "--no-warnings",
    },
  }).output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("hiraku evaluate answers from two files, opens no installation and names a wrong field", async () => {
  const folder = await Deno.makeTempDir({ prefix: "hiraku-evaluate-" });
  const spec = { outcome: "y", terms: ["x"], estimate: "x" };
  const write = (name: string, text: string) =>
    Deno.writeTextFile(`${folder}/${name}`, text);
  try {
    await write("data.csv", "x,y\n1,1\n2,3\n3,2\n4,5\n5,4\n");
    await write("spec.json", JSON.stringify(spec));
    await write("wrong.json", JSON.stringify({ ...spec, outcome: "z" }));
    const ask = (file: string, design: string, ...more: string[]) =>
      evaluate(folder, "data.csv", "--design", design, "--spec", file, ...more);

    const answer = await ask("spec.json", "ols", "--json");
    const text = await ask("spec.json", "ols");
    const wrong = await ask("wrong.json", "ols", "--json");
    const design = await ask("spec.json", "iv", "--json");
    const absent = await ask("absent.json", "ols");
    await write("line.json", JSON.stringify(LINE));
    const ahead = await ask("line.json", "forecast");
    // 札 and 函 in Shift_JIS: read as UTF-8 they would be one name.
    await Deno.writeFile(
      `${folder}/data.csv`,
      new Uint8Array([0x78, 0x2c, 0x79, 0x0a, 0x8e, 0x44, 0x2c, 0x94, 0x9f]),
    );
    const foreign = await ask("spec.json", "ols");

    assert.equal(answer.code, 0, answer.said);
    const told = JSON.parse(answer.said);
    assert.ok(Math.abs(told.estimate - 0.8) < 1e-12);
    assert.equal(told.evidence.level, "3");
    assert.match(told.data.sha256, /^[0-9a-f]{64}$/);
    assert.equal(text.code, 0);
    assert.match(text.said, /estimate \(change\) +0\.8\n/);
    assert.doesNotMatch(text.said, /effect/);
    assert.equal(wrong.code, 1);
    assert.match(wrong.said, /"outcome: the file has no column 'z'"/);
    assert.equal(design.code, 1);
    assert.match(
      design.said,
      /"design: one of did, its, sc, sdid, rd, ols, rct, survey, forecast, power"/,
    );
    assert.equal(absent.code, 1);
    assert.equal(foreign.code, 1);
    assert.match(foreign.said, /FILE: is not UTF-8/);
    assert.match(ahead.said, /estimate +5\.4\n95% interval/);
    assert.doesNotMatch(ahead.said, /evidence|effect|change/);
    const files = (await Array.fromAsync(Deno.readDir(folder)))
      .map(({ name }) => name).sort();
    assert.deepEqual(files, [
      "data.csv",
      "line.json",
      "spec.json",
      "wrong.json",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
