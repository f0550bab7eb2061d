import { Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { newPlatform } from "./platform.ts";
import { freePort } from "./free_port.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const PAGE = `${root}/docs/ngsi-ld/partners_day.md`;
const PATIENCE_MS = 180_000;
const SAGA = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
});

/** Something to run and what the page says comes back, if it says so. */
interface Step {
  readonly language: "sh" | "js";
  readonly code: string;
  readonly expected:
    | { readonly form: string; readonly text: string }
    | undefined;
}

function stepsOf(page: string): Step[] {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .map(([, language = "", text = ""]) => ({ language, text }));
  return blocks.flatMap(({ language, text }, i): Step[] => {
    if (language !== "sh" && language !== "js") return [];
    const next = blocks[i + 1];
    const expected = next?.language === "json" || next?.language === "text"
      ? { form: next.language, text: next.text }
      : undefined;
    return [{ language, code: text, expected }];
  });
}

Deno.test("a partner's day goes as its page says, with curl and with ngsijs", async () => {
  if (!await hasCurl()) {
    Deno.stdout.writeSync(
      new TextEncoder().encode("Left out: there is no curl here\n"),
    );
    return;
  }
  const steps = stepsOf(await Deno.readTextFile(PAGE));
  const platform = await newPlatform([SAGA], {
    ngsi: { allowPrivateAddresses: true },
  });
  const folder = await Deno.makeTempDir({ prefix: "hiraku-partner-" });
  const serve = platform.start("serve");
  try {
    await platform.listening();
    const program = await scriptOf(steps, folder);

    const { said, complained } = await run(program, {
      HIRAKU: platform.origin,
      HIRAKU_CONFIG: platform.configPath,
      RECEIVER_PORT: String(freePort()),
    });

    for (const [i, step] of steps.entries()) {
      const answer = said.get(i);
      assert.ok(answer !== undefined, `${step.code}\n${complained}`);
      compare(step, answer.trim());
    }
    assert.match(complained, /ngsild-results-count: 1/);
    assert.ok(steps.length > 20);
    assert.ok(steps.some(({ language }) => language === "js"));
  } finally {
    await serve.kill("SIGTERM");
    await Deno.remove(folder, { recursive: true });
  }
});

/** All steps as one program, so that later ones have what earlier ones have set. */
async function scriptOf(
  steps: readonly Step[],
  folder: string,
): Promise<string> {
  // The packages that programs on the page may import.
  await Deno.copyFile(`${root}/tests/deno.json`, `${folder}/deno.json`);
  const parts = [`set -eu; cd "${root}"; mkdir "${folder}/at"`];
  for (const [i, { language, code }] of steps.entries()) {
    parts.push(`printf '\\n@@@ ${i}\\n'`);
    // Only the command line of the platform needs its folder.
    if (!code.includes("deno task")) parts.push(`cd "${folder}/at"`);
    if (language === "sh") parts.push(code);
    else {
      await Deno.writeTextFile(`${folder}/${i}.js`, code);
      parts.push(
        `CONTEXT=$CONTEXT deno run -A --quiet --no-check "${folder}/${i}.js"`,
      );
    }
  }
  parts.push(`printf '\\n@@@ end\\n'`);
  return parts.join("\n");
}

async function run(
  program: string,
  env: Record<string, string>,
): Promise<{ said: ReadonlyMap<number, string>; complained: string }> {
  const child = new Deno.Command("bash", {
    args: ["-c", program],
    env: { NO_COLOR: "1", NODE_OPTIONS: "--no-warnings", ...env },
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  const said = new Map(
    decoder.decode(stdout).split(/^@@@ /m).slice(1, -1).map((part) => {
      const at = part.indexOf("\n");
      return [Number(part.slice(0, at)), part.slice(at + 1)];
    }),
  );
  return { said, complained: decoder.decode(stderr) };
}

function compare({ code, expected }: Step, answer: string): void {
  if (expected === undefined) return assert.equal(answer, "", code);
  if (expected.form === "json") {
    const [wanted, got] = [JSON.parse(expected.text), JSON.parse(answer)];
    return assert.deepEqual(unlike(got, wanted), wanted, code);
  }
  const lines = answer.split("\n");
  const wanted = expected.text.trim().split("\n");
  assert.deepEqual(
    lines.map((line, i) => wanted[i] === "…" ? "…" : line),
    wanted,
    code,
  );
}

/** What came, with `…` where the page leaves open what comes. */
function unlike(got: unknown, wanted: unknown): unknown {
  if (wanted === "…" && got !== undefined) return "…";
  if (typeof got !== "object" || got === null) return got;
  if (typeof wanted !== "object" || wanted === null) return got;
  if (Array.isArray(got)) {
    return got.map((one, i) => unlike(one, (wanted as unknown[])[i]));
  }
  return Object.fromEntries(
    Object.entries(got).map(([name, value]) => [
      name,
      unlike(value, (wanted as Record<string, unknown>)[name]),
    ]),
  );
}

async function hasCurl(): Promise<boolean> {
  try {
    return (await new Deno.Command("curl", { args: ["--version"] }).output())
      .success;
  } catch {
    return false;
  }
}
