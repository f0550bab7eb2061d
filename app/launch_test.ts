import assert from "node:assert/strict";
import {
  alive,
  answers,
  freePort,
  launch,
  type Launched,
  until,
} from "./_launched.ts";

interface Folder {
  readonly configPath: string;
  readonly origin: string;
  start(): Launched;
}

async function withFolder(
  use: (folder: Folder) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-launch-" });
  const configPath = `${dataDir}/hiraku.json`;
  const port = freePort();
  await Deno.writeTextFile(
    configPath,
    JSON.stringify({
      dataDir,
      port,
      municipalities: [{
        code: "412015",
        tenant: "saga_412015",
        name: { ja: "佐賀市", en: "Saga City" },
        prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
      }],
    }),
  );
  const launched: Launched[] = [];
  try {
    await use({
      configPath,
      origin: `http://127.0.0.1:${port}`,
      start() {
        const one = launch(["start"], { HIRAKU_CONFIG: configPath });
        launched.push(one);
        return one;
      },
    });
  } finally {
    for (const one of launched) await one.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function bothUp(launched: Launched, origin: string) {
  await until("serve answers", () => answers(origin));
  await until("work is at work", () => launched.said().includes("At work"));
  const { serve, work } = await launched.children();
  assert.ok(serve !== undefined && work !== undefined, launched.said());
  return { serve, work };
}

Deno.test("launch start keeps both processes running and stops them when asked", (t) =>
  withFolder(async ({ origin, start }) => {
    const launched = start();
    const first = await bothUp(launched, origin);

    await t.step("a serve that dies is started again and answers", async () => {
      Deno.kill(first.serve, "SIGKILL");
      await until("another serve is there", async () => {
        const { serve } = await launched.children();
        return serve !== undefined && serve !== first.serve;
      });
      await until("it answers", () => answers(origin));

      assert.match(launched.said(), /serve ended.*"waitMs":250/);
      assert.equal((await launched.children()).work, first.work);
    });

    await t.step("a work that dies is started again, ever later", async () => {
      const again = (at: number) =>
        until("work is at work again", () => atWork(launched) >= at);
      Deno.kill(first.work, "SIGKILL");
      await again(2);
      const { work } = await launched.children();
      assert.ok(work !== undefined && work !== first.work);
      Deno.kill(work, "SIGKILL");
      await again(3);

      assert.match(
        launched.said(),
        /work ended.*"waitMs":250[^]*work ended.*"waitMs":500/,
      );
      assert.ok(await answers(origin));
    });

    await t.step("a second launcher on the folder is refused", async () => {
      const second = start();
      const { code } = await second.ended;
      await second.close();

      assert.equal(code, 1);
      assert.match(
        second.said(),
        /launch\.lock.*started on this folder already/,
      );
      assert.doesNotMatch(second.said(), /Uncaught|at file:|Listening/);
      assert.ok(await answers(origin));
    });

    await t.step("SIGINT ends everything", async () => {
      const { serve = 0, work = 0 } = await launched.children();
      launched.kill("SIGINT");
      const { code } = await launched.ended;
      await launched.close();

      assert.equal(code, 0);
      assert.match(launched.said(), /Stopped\. Start again/);
      assert.deepEqual([await alive(serve), await alive(work)], [false, false]);
      assert.equal(await answers(origin), false);
    });
  }));

Deno.test("children end by themselves when their launcher is killed", () =>
  withFolder(async ({ origin, start }) => {
    const launched = start();
    const { serve, work } = await bothUp(launched, origin);

    launched.kill("SIGKILL");
    await launched.ended;
    await until("serve has ended", async () => !await alive(serve));
    await until("work has ended", async () => !await alive(work));
    await launched.close();

    assert.match(launched.said(), /launcher gone/);
    assert.equal(await answers(origin), false);
  }));

Deno.test("launch start names what is broken in a configuration and starts nothing", () =>
  withFolder(async ({ configPath, start }) => {
    const broken: [string, RegExp][] = [
      ["{", /hiraku\.json' is not JSON/],
      ['{"colour": "red"}', /does not fit.*colour/s],
      ['{"municipalities": [{"code": "412016"}]}', /municipalities\[0\]\.code/],
    ];

    for (const [text, named] of broken) {
      await Deno.writeTextFile(configPath, text);
      const launched = start();
      const { code } = await launched.ended;
      await launched.close();
      assert.equal(code, 1);
      assert.match(launched.said(), named);
      assert.doesNotMatch(launched.said(), /Uncaught|at file:|Listening/);
    }
  }));

function atWork(launched: Launched): number {
  return launched.said().split('"At work"').length - 1;
}
