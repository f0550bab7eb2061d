import { fixedClock, Problem, readConfig } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { openInstallation } from "../installation.ts";
import { Usage } from "./command.ts";
import { harvestCommands } from "./harvest.ts";

const CITY = {
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
};

Deno.test("harvest adds, runs, lists and removes a portal of a host that the configuration names, and no other", async () => {
  const dataDir = await Deno.makeTempDir();
  const settings = {
    dataDir,
    municipalities: [CITY],
    harvest: { hosts: ["localhost"], allowPrivateAddresses: true },
  };
  const installation = await openInstallation(
    readConfig(() => undefined, () => JSON.stringify(settings)),
  );
  const run = async (
    name: string,
    operands: string[],
    values: Record<string, string> = {},
  ) =>
    await harvestCommands.find((one) => one.name === `harvest ${name}`)?.run({
      installation,
      clock: fixedClock("2026-11-21T03:00:00Z"),
      operands,
      values,
      json: false,
    });
  const results = [{ id: "1", name: "bridges", title: "橋" }];
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => Response.json({ success: true, result: { count: 1, results } }),
  );
  const portal = {
    municipality: "412015",
    kind: "ckan",
    title: "県",
    address: `http://localhost:${server.addr.port}`,
  };
  try {
    await run("add", ["pref"], portal);
    const done = await run("run", ["pref"]);
    const list = await run("list", []);

    assert.match(done?.text ?? "", /1 datasets: 1 added, 0 removed/);
    assert.match(list?.text ?? "", /pref +412015 +ckan +1 +2026-11-21/);
    await assert.rejects(run("add", ["pref"], portal), Problem);
    const elsewhere = { ...portal, address: "https://elsewhere.example" };
    await assert.rejects(run("add", ["other"], elsewhere), Problem);
    const wrong = { ...portal, kind: "oai-pmh" };
    await assert.rejects(run("add", ["other"], wrong), Usage);
    await assert.rejects(run("add", ["../x"], portal), Usage);
    await run("remove", ["pref"]);
    assert.deepEqual((await run("list", []))?.value, []);
    await assert.rejects(run("run", ["pref"]), Problem);
  } finally {
    await installation.control.destroy();
    await Deno.remove(dataDir, { recursive: true });
  }
});
