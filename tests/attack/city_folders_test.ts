import { layout } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { FOLDER_ATTACKS } from "./city_folders.ts";

const CITIES = ["412015", "252018"];
const SUBJECT = `7-${"0a".repeat(16)}`;

/** What each attack finds in a folder that holds these files. */
async function found(
  files: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = `${dir}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(path, text);
    }
    const outcomes = FOLDER_ATTACKS.map(async ({ id, run }) =>
      [id, (await run(layout(dir), CITIES)).length] as const
    );
    return Object.fromEntries(await Promise.all(outcomes));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("A21, A24 and A25 break a careless installation, and not a careful one", async () => {
  const reserve = (nanoRho: number) =>
    `${JSON.stringify({ kind: "reserve", id: "a", nanoRho })}\n`;
  const careful = {
    "412015/cubes/budget-2026.ndjson": reserve(20_000_000),
    "412015/released/d/2026-11-01.1/412015_d.csv": "a,b\n1,2\n",
    "252018/released/d/2026-11-01.1/252018_d.csv": "a,b\n1,2\n",
    "412015/warehouse.duckdb": SUBJECT,
    "work.log": '{"message":"landed","rows":412015}\n',
  };
  const token = "deadbeefdeadbeef";
  const careless = {
    ...careful,
    "412015/cubes/budget-2026.ndjson": reserve(400_000_000).repeat(2),
    "412015/released/d/2026-11-01.1/412015_d.csv": `a,${token}\n`,
    "252018/released/d/2026-11-01.1/252018_d.csv": `${token},b\n`,
    "work.log": `{"message":"refused","subject":"${SUBJECT}"}\n`,
  };

  assert.deepEqual(await found(careful), { A21: 0, A24: 0, A25: 0 });
  assert.deepEqual(await found(careless), { A21: 1, A24: 1, A25: 1 });
});
