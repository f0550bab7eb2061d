import { fixedClock, layout } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { sampleCity, sampleUsage } from "./_sample.ts";
import { miniappUsage } from "./datasets/miniapp_usage.ts";
import { publish, withdraw } from "./publish.ts";
import { release, type Released } from "./release.ts";
import {
  latestVersion,
  listVersions,
  previousTables,
  readTable,
} from "./released_folder.ts";

const city = sampleCity();
const clock = fixedClock("2026-11-21T03:00:00Z");

function released(months: number): Released {
  return release(miniappUsage, sampleUsage(city, months, 1), {
    municipality: city,
    previous: undefined,
    secret: "the same ties",
    today: "2026-11-21",
  });
}

async function inFolder(
  use: (data: ReturnType<typeof layout>) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await use(layout(dir));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("publish() writes a version whose files match its manifest", () =>
  inFolder(async (data) => {
    const { version, isNew } = await publish(released(2), {
      layout: data,
      clock,
    });

    assert.equal(isNew, true);
    assert.equal(version.version, "2026-11-21.1");
    const manifest = await Deno.readTextFile(`${version.dir}/manifest.json`);
    assert.equal(manifest.includes(data.root), false);
    for (const file of version.manifest.files) {
      const bytes = await Deno.readFile(`${version.dir}/${file.name}`);
      const sum = createHash("sha256").update(bytes).digest("hex");
      assert.equal(sum, file.sha256);
      assert.equal(bytes.byteLength, file.bytes);
    }
    const names = version.manifest.files.map((file) => file.name);
    assert.ok(names.includes("412015_miniapp_usage.csv"));
    assert.ok(names.includes("412015_miniapp_usage_by_district.parquet"));
  }));

Deno.test("publish() makes no new version of the same content", () =>
  inFolder(async (data) => {
    const options = { layout: data, clock };
    await publish(released(1), options);

    const again = await publish(released(1), options);
    const more = await publish(released(2), options);

    assert.equal(again.isNew, false);
    assert.equal(more.version.version, "2026-11-21.2");
    const versions = await listVersions(
      data.releasedRoot(city.code),
      "miniapp_usage",
    );
    assert.deepEqual(versions.map((one) => one.version), [
      "2026-11-21.2",
      "2026-11-21.1",
    ]);
  }));

Deno.test("readTable() gives back the rows that were released", () =>
  inFolder(async (data) => {
    const original = released(2);
    const { version } = await publish(original, { layout: data, clock });

    const rows = await readTable(version, "by_district");
    const previous = await previousTables(data, city.code, "miniapp_usage");

    assert.deepEqual(rows, original.tables["by_district"]);
    assert.deepEqual(previous, original.tables);
    assert.deepEqual(await readTable(version, "../by_district"), []);
  }));

Deno.test("latestVersion() passes over a withdrawn version", () =>
  inFolder(async (data) => {
    const first = await publish(released(1), { layout: data, clock });
    const second = await publish(released(2), { layout: data, clock });

    await withdraw(second.version, { ja: "誤り", en: "Wrong" });

    const root = data.releasedRoot(city.code);
    const latest = await latestVersion(root, "miniapp_usage", clock);
    assert.equal(latest?.version, first.version.version);
    const frozen = await previousTables(data, city.code, "miniapp_usage");
    assert.notDeepEqual(frozen, released(1).tables);
  }));

Deno.test("publish() writes the golden table", () =>
  inFolder(async (data) => {
    const { version } = await publish(released(1), { layout: data, clock });

    const name = "412015_miniapp_usage_by_district.csv";
    const written = await Deno.readTextFile(`${version.dir}/${name}`);
    const golden = new URL(`_golden/${name}`, import.meta.url);
    if (Deno.args.includes("--write-golden")) {
      await Deno.writeTextFile(golden, written);
    }

    assert.equal(written, await Deno.readTextFile(golden));
    assert.equal(written.includes("null"), false);
  }));

for (const place of ["started", "written", "synced", "renamed"]) {
  Deno.test(`publish() killed at ${place} leaves the whole version or none`, () =>
    inFolder(async (data) => {
      const script = fileURLToPath(
        new URL("_publish_and_die.ts", import.meta.url),
      );
      const { signal } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          script,
          data.root,
          `publish.${place}:1`,
        ],
        stderr: "null",
      }).output();

      assert.equal(signal, "SIGKILL");
      const root = data.releasedRoot(city.code);
      const versions = await listVersions(root, "miniapp_usage");
      assert.equal(versions.length, place === "renamed" ? 1 : 0);
      const { version } = await publish(released(2), { layout: data, clock });
      assert.equal(version.version, "2026-11-21.1");
      for await (
        const entry of Deno.readDir(data.released(city.code, "miniapp_usage"))
      ) {
        assert.equal(entry.name.startsWith("."), false);
      }
    }));
}
