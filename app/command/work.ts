import { Problem } from "@hiraku/kernel";
import { commandState, requestCommand } from "@hiraku/kernel/control";
import { progressView } from "../progress.ts";
import {
  type Command,
  type Invocation,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";

const run: Command = {
  name: "run",
  operands: "PIPELINE",
  summary: "Ask the work process to run a pipeline now",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  for which municipality"],
  async run(on) {
    const [pipeline] = on.operands;
    if (pipeline === undefined) throw new Usage("The PIPELINE is missing");
    const municipality = option(on, "municipality");
    requireConfigured(on.installation.config, municipality);
    return await ask(on, municipality, "run", { pipeline });
  },
};

const importing: Command = {
  name: "import",
  operands: "FILE",
  summary:
    "Read a municipal file: population (sheet 04) or designated shelters",
  options: {
    municipality: { type: "string" },
    language: { type: "string" },
  },
  help: [
    "--municipality CODE  for which municipality (default: the code in the file)",
    "--language ja|en     of the findings (default ja)",
  ],
  async run(on) {
    const { operands: [path], installation: { config, layout }, values } = on;
    if (path === undefined) throw new Usage("The FILE is missing");
    const language = option(on, "language", "ja");
    if (language !== "ja" && language !== "en") {
      throw new Usage("--language: ja or en");
    }
    const only = config.municipalities.length === 1
      ? config.municipalities[0]?.code
      : undefined;
    const municipality = values["municipality"] ?? codeInName(path) ?? only;
    if (typeof municipality !== "string") {
      throw new Usage("--municipality is missing");
    }
    requireConfigured(config, municipality);
    const fileName = path.split("/").at(-1) ?? path;
    const inbox = layout.inbox(municipality);
    await Deno.mkdir(inbox, { recursive: true });
    const stored = `${inbox}/${crypto.randomUUID()}`;
    await copy(path, stored);
    return await ask(on, municipality, "import", {
      path: stored,
      fileName,
      language,
    });
  },
};

async function copy(path: string, stored: string): Promise<void> {
  try {
    await Deno.copyFile(path, stored);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
  }
}

export const workCommands: readonly Command[] = [run, importing];

const PATIENCE_MS = 15_000;

/** Hands a command to *work* and waits for it, showing how far it is. */
export async function ask(
  { installation: { control }, clock, json }: Invocation,
  municipality: string,
  kind: string,
  args: Record<string, unknown>,
): Promise<{ value: unknown; text: string; code: 0 | 1 }> {
  const id = await requestCommand(control, clock, {
    municipality,
    kind,
    arguments: args,
    requestedBy: "cli",
  });
  const view = json ? undefined : progressView(kind);
  const since = clock.now().getTime();
  for (;;) {
    const state = await commandState(control, id);
    if (state?.outcome !== null && state !== undefined) {
      const text = describe(state.result);
      view?.finish(state.outcome);
      const failed = state.outcome === "failed" ||
        hasErrors(state.result ?? {});
      return { value: state.result, text, code: failed ? 1 : 0 };
    }
    if (!state?.taken && clock.now().getTime() - since > PATIENCE_MS) {
      throw new Problem(
        "Unavailable",
        "The work process does not answer; is the platform started?",
      );
    }
    view?.update(state?.progress ?? 0, 1, "");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function codeInName(path: string): string | undefined {
  return /(?:^|\/)(\d{6})_[^/]*$/.exec(path)?.[1];
}

/** Whether an import kept rows out, or could make nothing of the file. */
function hasErrors(result: unknown): boolean {
  const { quarantined, findings } = result as {
    quarantined?: number;
    findings?: readonly { severity: string }[];
  };
  return (quarantined ?? 0) > 0 ||
    (findings ?? []).some(({ severity }) => severity === "error");
}

/** Findings a line each, then the counts. */
function describe(result: unknown): string {
  if (typeof result !== "object" || result === null) {
    return String(result ?? "");
  }
  const lines: string[] = [];
  for (const [key, value] of Object.entries(result)) {
    if (Array.isArray(value)) {
      for (const one of value) lines.push(findingText(one));
    } else lines.push(`${key}: ${value}`);
  }
  return lines.join("\n");
}

function findingText(finding: unknown): string {
  if (typeof finding !== "object" || finding === null) return String(finding);
  const { row, column, message } = finding as Record<string, unknown>;
  return [row, column, message].filter((part) => part !== undefined).join(": ");
}
