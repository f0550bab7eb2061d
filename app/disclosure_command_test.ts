import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("hiraku.ts", import.meta.url));

async function hiraku(cwd: string, ...args: string[]) {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", "--config", CONFIG, COMMAND, ...args],
    cwd,
    stdout: "piped",
    stderr: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout).trim() };
}

const CONFIG = fileURLToPath(new URL("../deno.json", import.meta.url));
const SPEC = {
  data: "cells.csv",
  dimensions: [
    { dim: "region", tree: { Total: ["A", "B", "C"] } },
    { dim: "sex", tree: { Total: ["f", "m"] } },
  ],
  measure: { count: "n" },
};
const CELLS = "region,sex,n\nA,f,4\nA,m,30\nB,f,25\nB,m,41\nC,f,52\nC,m,18\n";

Deno.test("hiraku protect, audit and certificate verify work on plain files alone", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(SPEC));
    await Deno.writeTextFile(`${dir}/cells.csv`, CELLS);

    const report = await hiraku(
      dir,
      "protect",
      "--spec",
      "spec.json",
      "--out",
      "out",
      "--json",
    );
    const audit = await hiraku(
      dir,
      "audit",
      "--spec",
      "spec.json",
      "out",
      "--json",
    );
    const verdict = await hiraku(dir, "certificate", "verify", "out");

    assert.equal(report.code, 0, report.text);
    assert.equal(JSON.parse(report.text).primary, 1);
    assert.equal(audit.code, 0, audit.text);
    assert.equal(JSON.parse(audit.text).passed, true);
    assert.equal(verdict.code, 0, verdict.text);
    assert.match(verdict.text, /^The certificate holds/);
    const made = (await Array.fromAsync(Deno.readDir(dir)))
      .map((one) => one.name).sort();
    assert.deepEqual(made, ["cells.csv", "out", "spec.json"]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("hiraku audit fails a release that tells a withheld figure", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(SPEC));
    await Deno.mkdir(`${dir}/out`);
    await Deno.writeTextFile(
      `${dir}/out/released.csv`,
      "region,sex,value,status\nA,Total,34,published\nA,f,,withheld\nA,m,30,published\n",
    );

    const audit = await hiraku(dir, "audit", "--spec", "spec.json", "out");
    const nothing = await hiraku(dir, "audit", "--spec", "spec.json");
    const unknown = await hiraku(
      dir,
      "protect",
      "--spec",
      "spec.json",
      "--out",
      "new",
      "--json",
    );

    assert.equal(audit.code, 1);
    assert.match(audit.text, /^Failed\n[\s\S]*"region":"A","sex":"f"\} 4–4/);
    assert.equal(nothing.code, 2);
    assert.equal(unknown.code, 1);
    assert.match(JSON.parse(unknown.text).error, /^data: no file/);
    await assert.rejects(Deno.stat(`${dir}/new`), Deno.errors.NotFound);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
