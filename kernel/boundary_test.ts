import assert from "node:assert/strict";

/** Arms a boundary in a process of its own that passes three of them. */
async function passing(
  spec: string | undefined,
): Promise<{ signal: string | null; said: string }> {
  const module = new URL("boundary.ts", import.meta.url).href;
  const program = `
    import { armBoundary, boundary } from "${module}";
    armBoundary(${JSON.stringify(spec)});
    for (const place of ["one.a", "two.b", "one.a", "three.c"]) {
      boundary(place);
      Deno.stdout.writeSync(new TextEncoder().encode(place + " "));
    }`;
  const { signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program],
  }).output();
  return { signal, said: new TextDecoder().decode(stdout).trim() };
}

Deno.test("boundary() does nothing while nothing is armed", async () => {
  const { signal, said } = await passing(undefined);

  assert.equal(signal, null);
  assert.equal(said, "one.a two.b one.a three.c");
});

Deno.test("boundary() dies by SIGKILL when the armed place is reached for that time", async () => {
  const first = await passing("one.a");
  const second = await passing("one.a:2");

  assert.deepEqual(first, { signal: "SIGKILL", said: "" });
  assert.deepEqual(second, { signal: "SIGKILL", said: "one.a two.b" });
});

Deno.test("boundary() lets a process live that never reaches the armed place", async () => {
  const { signal, said } = await passing("elsewhere:1");

  assert.equal(signal, null);
  assert.notEqual(said, "");
});
