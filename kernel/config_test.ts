import assert from "node:assert/strict";
import { type Config, readConfig } from "./config.ts";

const saga = {
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
};

/** Reads `file` as the configuration, with an environment of its own. */
function config(
  file: unknown,
  env: Record<string, string> = {},
): Config {
  const text = file === undefined ? undefined : JSON.stringify(file);
  return readConfig((name) => env[name], () => text);
}

Deno.test("readConfig() stands on its defaults where there is no file", () => {
  const { dataDir, port, hostname, origin, municipalities } = config(undefined);

  assert.deepEqual(
    { dataDir, port, hostname, origin, municipalities },
    {
      dataDir: "data",
      port: 8000,
      hostname: "127.0.0.1",
      origin: "http://127.0.0.1:8000",
      municipalities: [],
    },
  );
});

Deno.test("readConfig() asks for hiraku.json, or for the file HIRAKU_CONFIG names", () => {
  const asked: string[] = [];
  const read = (path: string) => {
    asked.push(path);
    return undefined;
  };

  readConfig(() => undefined, read);
  assert.throws(
    () =>
      readConfig(
        (name) => name === "HIRAKU_CONFIG" ? "city.json" : undefined,
        read,
      ),
    /'city\.json' does not exist/,
  );

  assert.deepEqual(asked, ["hiraku.json", "city.json"]);
});

Deno.test("readConfig() lets the environment win over the file", () => {
  const file = { dataDir: "a", port: 1, hostname: "b", origin: "https://c.jp" };
  const env = {
    HIRAKU_DATA: "/srv/data",
    HIRAKU_PORT: "9000",
    HIRAKU_HOST: "0.0.0.0",
    HIRAKU_ORIGIN: "https://data.example.jp/",
  };

  const read = config(file, env);

  assert.equal(read.dataDir, "/srv/data");
  assert.equal(read.port, 9000);
  assert.equal(read.hostname, "0.0.0.0");
  // Addresses are made by appending a path.
  assert.equal(read.origin, "https://data.example.jp");
  assert.equal(config(file).dataDir, "a");
  assert.notEqual(config(file, { OTHER: "x" }).port, 9000);
});

Deno.test("readConfig() names the field that does not fit", () => {
  const faults: [unknown, Record<string, string>, RegExp][] = [
    [{ port: "many" }, {}, /at port/],
    [{}, { HIRAKU_PORT: "many" }, /at port/],
    [{ port: 70_000 }, {}, /at port/],
    [{ origin: "not an address" }, {}, /at origin/],
    [{ warehouseMemory: "lots" }, {}, /at warehouseMemory/],
    [{ schedules: { landEveryMs: 1 } }, {}, /at schedules\.landEveryMs/],
    [
      { municipalities: [{ ...saga, code: "412016" }] },
      {},
      /at municipalities\[0\]\.code/,
    ],
  ];

  for (const [file, env, expected] of faults) {
    assert.throws(() => config(file, env), expected);
  }
  assert.doesNotThrow(() => config({ municipalities: [saga] }));
});

Deno.test("readConfig() refuses a setting it does not know, by name", () => {
  assert.throws(() => config({ prot: 9000 }), /prot/);
  assert.throws(() => config({ schedules: { land: "*" } }), /land/);
});

Deno.test("readConfig() says which file is no JSON and not what stands in it", () => {
  assert.throws(
    () => readConfig(() => undefined, () => '{"secret": hunter2}'),
    (error) =>
      error instanceof Error && error.message.includes("'hiraku.json'") &&
      !error.message.includes("hunter2"),
  );
});
