import assert from "node:assert/strict";
import { completionCommand } from "./completion.ts";
import { commandsOf, groups } from "./groups.ts";

Deno.test("commandsOf finds every command by its first word and nothing by another", async () => {
  const all = await commandsOf(undefined);

  for (const { words, load } of groups) {
    const first = new Set((await load()).map(({ name }) => name.split(" ")[0]));
    assert.deepEqual([...first].toSorted(), [...words].toSorted());
  }
  assert.ok(all.some(({ name }) => name === "keys pseudonym rotate"));
  assert.deepEqual(await commandsOf("nothing"), []);
});

Deno.test("hiraku completion makes bash complete commands, their next words and their options", async () => {
  const { text } = await script("bash");

  assert.deepEqual(await completed(text, "hiraku keys "), [
    "create",
    "list",
    "pseudonym",
    "revoke",
  ]);
  assert.deepEqual(await completed(text, "hiraku backf"), ["backfill"]);
  const options = await completed(text, "hiraku erase scan --");
  assert.deepEqual(options, ["--help", "--json", "--municipality"]);
  assert.deepEqual(await completed(text, "hiraku nothing "), []);
});

Deno.test("hiraku completion gives zsh the same script and refuses another shell", async () => {
  const { text } = await script("zsh");

  assert.ok(text.startsWith("autoload"));
  assert.ok(text.endsWith((await script("bash")).text));
  await assert.rejects(script("fish"), /SHELL is bash or zsh/);
});

function script(shell: string): Promise<{ text: string }> {
  return completionCommand(() => commandsOf(undefined)).run({
    clock: { now: () => new Date(0) },
    operands: [shell],
    values: {},
    json: false,
  });
}

/** What bash offers at the end of a line. */
async function completed(script: string, line: string): Promise<string[]> {
  const words = line.split(" ");
  const { stdout } = await new Deno.Command("bash", {
    args: [
      "--norc",
      "-c",
      `${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _hiraku
printf '%s\\n' "\${COMPREPLY[@]}"`,
      "bash",
      ...words,
    ],
  }).output();
  const said = new TextDecoder().decode(stdout).split("\n");
  return said.filter((word) => word !== "").toSorted();
}
