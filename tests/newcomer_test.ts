import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Work, WRITTEN } from "./newcomer/written.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The numbered lists at the end of ARCHITECTURE.md: by title, the places each names. */
async function lists(): Promise<Map<string, string[]>> {
  const text = await Deno.readTextFile(`${root}/ARCHITECTURE.md`);
  const [, section = ""] = text.split("## Add something\n");
  const parts = section.split(/^### /m).slice(1);
  return new Map(parts.map((part) => {
    const [title = "", ...rest] = part.split("\n");
    const steps = rest.join("\n").split(/^\d+\. /m).slice(1);
    const places = steps.flatMap((step) =>
      [...step.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "")
    );
    assert.equal(steps.length, places.length, `${title}: one place a step`);
    return [title, places];
  }));
}

/** A copy of the project's sources, without its tests and data. */
async function copyOfTheProject(): Promise<string> {
  const to = await Deno.makeTempDir({ prefix: "hiraku-newcomer-" });
  const copy = async (path: string): Promise<void> => {
    await Deno.mkdir(`${to}/${path}`, { recursive: true });
    for await (const { name, isDirectory } of Deno.readDir(`${root}/${path}`)) {
      const one = `${path}/${name}`;
      if (isDirectory) await copy(one);
      else if (!/_test\.tsx?$/.test(name)) {
        await Deno.copyFile(`${root}/${one}`, `${to}/${one}`);
      }
    }
  };
  const { workspace } = JSON.parse(
    await Deno.readTextFile(`${root}/deno.json`),
  );
  for (const room of workspace) await copy(room.replace("./", ""));
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(`${root}/${name}`, `${to}/${name}`);
  }
  return to;
}

async function carryOut({ files, edits }: Work, copy: string): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${copy}/${path}`, text, { createNew: true });
  }
  for (const { path, put, before } of edits) {
    const text = await Deno.readTextFile(`${copy}/${path}`);
    assert.ok(text.includes(before), `${path} has no ${before}`);
    await Deno.writeTextFile(
      `${copy}/${path}`,
      text.replace(before, () => put + before),
    );
  }
}

async function deno(copy: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: copy,
    env: { NO_COLOR: "1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("each list of ARCHITECTURE.md names at most three places, and all of them exist", async () => {
  const found = await lists();

  assert.deepEqual([...found.keys()], Object.keys(WRITTEN));
  for (const [title, places] of found) {
    assert.ok(places.length >= 1 && places.length <= 3, title);
    for (const place of places) {
      const { isDirectory } = await Deno.stat(`${root}/${place}`);
      assert.equal(isDirectory, place.endsWith("/"), place);
    }
  }
});

Deno.test("what a newcomer writes touches no file that its list does not name", async () => {
  for (const [title, places] of await lists()) {
    const { files = {}, edits = [] } = WRITTEN[title] ?? {};
    const touched = [
      ...Object.keys(files).map((path) => path.replace(/[^/]+$/, "")),
      ...edits.map(({ path }) => path),
    ];

    assert.deepEqual([...new Set(touched)].sort(), places.sort(), title);
  }
});

Deno.test("a newcomer who follows the lists sees an event become open data and a figure", async () => {
  const copy = await copyOfTheProject();
  await using _removed = {
    [Symbol.asyncDispose]: () => Deno.remove(copy, { recursive: true }),
  };
  for (const work of Object.values(WRITTEN)) await carryOut(work, copy);

  await deno(copy, "check", "--quiet", "app/work.ts", "app/serve.ts");
  const data = `${copy}/data`;
  await deno(copy, "run", "-A", "--no-check", "tests/newcomer/proof.ts", data);

  const proof = JSON.parse(await Deno.readTextFile(`${data}/proof.json`));
  assert.deepEqual(new Set(proof.admitted), new Set(["accepted"]));
  assert.deepEqual(proof.discarded, ["data.title"]);
  assert.equal(proof.landed, 27);
  assert.ok(proof.listed.includes("library_loans"));
  const [header, ...rows] = proof.csv.slice(1).trim().split("\r\n");
  assert.equal(header.split(",").length, 7);
  assert.match(header, /"年月".*"利用者数.人.","貸出数.冊."/);
  assert.deepEqual(rows, [
    '"252018","大津市","2026-10","252018-ma-01","防災","24","24"',
    '"252018","大津市","2026-10","252018-ma-02","お知らせ","X","X"',
  ]);
  assert.deepEqual(
    proof.json.rows.map((row: Record<string, unknown>) => row["loans"]),
    [24, null],
  );
  assert.equal(proof.dcat["@id"], proof.address);
  assert.match(JSON.stringify(proof.dcat), /252018_library_loans\.parquet/);
  assert.match(proof.page, /Library loans<[^]*at least 24<small>books</);
  assert.match(proof.page, /1 withheld cell included/);
  // Neither what was withheld nor what the contract does not know came through.
  const { admitted: _, ...shown } = proof;
  assert.doesNotMatch(JSON.stringify(shown), /銀河|reader-|"loans":3\b/);
});
