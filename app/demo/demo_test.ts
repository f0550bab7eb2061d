import { layout } from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import assert from "node:assert/strict";
import {
  answers,
  freePort,
  launch,
  type Launched,
  until,
} from "../_launched.ts";

const REGISTRANTS =
  "/opendata/252018/registrants/latest/252018_registrants.csv";

interface Opened {
  readonly launched: Launched;
  readonly credentials: string;
}

/** Starts the demo and waits until it says that it is open. */
async function open(dataDir: string, port: number): Promise<Opened> {
  const launched = launch([
    "demo",
    ...["--events", "20000", "--rate", "5"],
    ...["--data", dataDir, "--port", String(port)],
  ]);
  await until("the demo is open", () => launched.said().includes("Ctrl-C"));
  const [, credentials = ""] =
    /Accounts of this demo[^\n]*\n([^]*?)\nCtrl-C/.exec(launched.said()) ?? [];
  return { launched, credentials };
}

async function stop({ launched }: Opened): Promise<void> {
  launched.kill("SIGINT");
  assert.equal((await launched.ended).code, 0);
  await launched.close();
}

Deno.test("the demo tells its disk, makes three cities, lets its admin in and goes on from there", async (t) => {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-demo-" });
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  const read = async (path: string) =>
    await (await fetch(origin + path)).text();
  let demo = await open(dataDir, port);
  const first = demo.credentials;
  const figures = await read(REGISTRANTS);

  try {
    await t.step("disk first, then addresses and credentials", () => {
      const said = demo.launched.said();

      assert.match(said, /^Demo: 20,000 events need about \d+ MB of disk/);
      assert.ok(said.includes(`${origin}/dashboards`));
      assert.match(first, /admin +\S{18} [^]*412015 hk_\S+/);
    });

    await t.step(
      "the printed password of the administrator signs in",
      async () => {
        const password = /admin +(\S{18}) /.exec(first)?.[1] ?? "";
        const signIn = (word: string) =>
          fetch(`${origin}/login`, {
            method: "POST",
            headers: { Origin: origin },
            body: new URLSearchParams({ login: "admin", password: word }),
            redirect: "manual",
          });
        const right = await signIn(password);
        const wrong = await signIn(password.toUpperCase() + "x");
        await right.body?.cancel();
        await wrong.body?.cancel();

        assert.equal(right.status, 303);
        assert.match(right.headers.get("set-cookie") ?? "", /hiraku_session=/);
        assert.equal(wrong.status, 401);
        assert.equal(wrong.headers.get("set-cookie"), null);
      },
    );

    await t.step("figures stand on their dates", async () => {
      const page = await read("/dashboards/412015");

      assert.match(figures, /"2025-11-23","email","[^"]+","1724"/);
      assert.match(figures, /"2025-11-23","jpki","[^"]+","2398"/);
      assert.equal(1724 + 2398, 4122);
      assert.match(page, /佐賀市[^]*\d{2},\d{3}[^]*<svg/);
      assert.doesNotMatch(page, /undefined|NaN/);
    });

    await t.step(
      "explore pages are made before other boards, and say so meanwhile",
      async () => {
        const page = await read("/dashboards/252018/explore");
        const asked = await askedFor(dataDir);
        const answered = async () =>
          (await read("/api/v1/explore/412015")).includes("estimates");

        assert.match(page, /準備しています|<hiraku-explore>/);
        // Those of one millisecond stand in no order.
        const last = asked.lastIndexOf("use_cube");
        assert.equal(asked.filter((one) => one === "use_cube").length, 3);
        assert.ok(last < asked.indexOf("survey_results"), asked.join());
        await until("the newest month answers", answered);
      },
    );

    await t.step(
      "a second start goes on with the same credentials and figures",
      async () => {
        await stop(demo);
        assert.equal(await answers(origin), false);
        demo = await open(dataDir, port);

        assert.equal(demo.credentials, first);
        assert.doesNotMatch(demo.launched.said(), /events need/);
        // A new day may have begun meanwhile; what was published stands.
        const after = (await read(REGISTRANTS)).split("\n");
        for (const line of figures.split("\n")) assert.ok(after.includes(line));
        assert.equal(
          after.filter((line) => /"2025-11-23"/.test(line)).length,
          2,
        );
      },
    );
  } finally {
    await stop(demo);
    await Deno.remove(dataDir, { recursive: true });
  }
});

/** Pipelines that the demo has asked for, in that order. */
async function askedFor(dataDir: string): Promise<string[]> {
  const control = await openControl(layout(dataDir).control);
  const rows = await control.selectFrom("command").select("arguments")
    .orderBy("id").execute();
  await control.destroy();
  return rows.map((row) => JSON.parse(row.arguments).pipeline);
}
