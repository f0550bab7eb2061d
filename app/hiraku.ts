import { parseArgs } from "node:util";
import { Misconfigured, Problem, systemClock } from "@hiraku/kernel";
import { type AnyCommand, type Outcome, Usage } from "./command/command.ts";
import { commandsOf } from "./command/groups.ts";
import { type Installation, openInstallation } from "./installation.ts";
import { say } from "./progress.ts";

Deno.exit(await main(Deno.args));

/** Runs one command; answers its exit code: 0 done, 1 failed or faults found, 2 wrong use. */
async function main(args: string[]): Promise<number> {
  const json = args.includes("--json");
  const words = args.filter((arg) => arg !== "--json");
  const command = (await commandsOf(words[0] ?? "")).find((one) =>
    one.name.split(" ").every((word, i) => words[i] === word)
  );
  const help = words.includes("--help") || words.includes("-h");
  if (command === undefined) {
    if (help || words.length === 0) {
      say(await usage());
      return 0;
    }
    return misuse(`There is no command '${words[0]}'`, await usage(), json);
  }
  if (help) {
    say(usageOf(command));
    return 0;
  }
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(command.name.split(" ").length),
      allowPositionals: true,
      options: command.options,
    });
    checkOperands(command, positionals.length);
    const given = { clock: systemClock, operands: positionals, values, json };
    const outcome = command.onFiles
      ? await command.run(given)
      : await inInstallation((installation) =>
        command.run({ ...given, installation })
      );
    say(json ? JSON.stringify(outcome.value) + "\n" : outcome.text + "\n");
    return outcome.code ?? 0;
  } catch (error) {
    return tell(error, command, json);
  }
}

async function inInstallation(
  run: (installation: Installation) => Promise<Outcome>,
): Promise<Outcome> {
  const installation = await openInstallation();
  const outcome = await run(installation);
  await installation.control.destroy();
  return outcome;
}

function checkOperands({ name, operands }: AnyCommand, count: number): void {
  const many = operands.endsWith("…]");
  const most = operands === "" ? 0 : many ? Infinity : 1;
  if (count > most) throw new Usage(`'${name}' takes ${most} operand`);
  if (many && count === 0) throw new Usage(`'${name}' needs ${operands}`);
}

function tell(error: unknown, command: AnyCommand, json: boolean): number {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const message = error instanceof Error ? error.message : String(error);
  if (
    error instanceof Usage || String(code).startsWith("ERR_PARSE_ARGS")
  ) return misuse(message, usageOf(command), json);
  if (!(error instanceof Problem) && !(error instanceof Misconfigured)) {
    throw error;
  }
  say(json ? JSON.stringify({ error: message }) + "\n" : message + "\n");
  return 1;
}

function misuse(message: string, help: string, json: boolean): number {
  say(
    json ? JSON.stringify({ error: message }) + "\n" : `${message}\n\n${help}`,
  );
  return 2;
}

async function usage(): Promise<string> {
  const commands = await commandsOf(undefined);
  const width = Math.max(...commands.map((one) => signature(one).length));
  const lines = commands.map((one) =>
    `  ${signature(one).padEnd(width)}  ${one.summary}`
  );
  return `Usage: deno task hiraku COMMAND [--json]

${lines.join("\n")}

Every command has --help. The installation is the one hiraku.json (or
HIRAKU_CONFIG) describes. Exit codes: 0 done, 1 failed or faults found,
2 not understood.
`;
}

function usageOf(command: AnyCommand): string {
  const lines = [...command.help, "--json  answer as JSON"];
  return `Usage: deno task hiraku ${signature(command)}
${command.summary}

${lines.map((line) => `  ${line}`).join("\n")}
`;
}

function signature(command: AnyCommand): string {
  return `${command.name} ${command.operands}`.trim();
}
