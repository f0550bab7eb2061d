import {
  describe,
  type Description,
  evaluate,
  type Evaluation,
  readTable,
} from "@hiraku/dashboards/evaluation";
import { Problem } from "@hiraku/kernel";
import { columns, type FileCommand, option, Usage } from "./command.ts";

/** Answers a question of effect from a file; docs/evaluate.md has its input. */
export const evaluateCommand: FileCommand = {
  onFiles: true,
  name: "evaluate",
  operands: "FILE",
  summary:
    "Estimate an effect, a share or a forecast from a CSV file, with how sure it is",
  options: { design: { type: "string" }, spec: { type: "string" } },
  help: [
    "--design NAME  did, its, sc, sdid, rd, ols or rct; survey, forecast or power",
    "--spec FILE    columns, treatment and errors as JSON; see docs/evaluate.md",
  ],
  async run(on) {
    const [file] = on.operands;
    if (file === undefined) throw new Usage("The FILE is missing");
    const design = option(on, "design");
    const spec = jsonOf(read("--spec", await bytesOf(option(on, "spec"))));
    const data = await bytesOf(file);
    const table = readTable(read("FILE", data));
    const answer = describe(design, table, spec) ??
      evaluate(design, table, spec);
    const hash = await crypto.subtle.digest("SHA-256", data);
    const value = {
      ...answer,
      data: { sha256: new Uint8Array(hash).toHex() },
    };
    return {
      value,
      text: "evidence" in answer ? textOf(answer) : described(answer),
    };
  },
};

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
  }
}

/** Other encodings would make different names the same one. */
function read(name: string, bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Problem("BadRequestData", `${name}: is not UTF-8`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("BadRequestData", "--spec: the file is not JSON");
  }
}

function described(description: Description): string {
  const { interval } = description;
  return columns([
    ["design", description.design],
    ["model", description.model],
    ["estimate", shown(description.estimate)],
    ...(interval === null ? [] : [[
      `${shown(interval.level * 100)}% interval`,
      `${shown(interval.low)} to ${shown(interval.high)}`,
    ]]),
    ["errors", description.errors],
    ["n", String(description.n)],
    ...description.warnings.map((warning) => ["warning", warning]),
  ]);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function textOf(evaluation: Evaluation): string {
  const { interval, evidence, assumptions, warnings } = evaluation;
  return columns([
    ["design", evaluation.design],
    ["model", evaluation.model],
    [`estimate (${evidence.word.en})`, shown(evaluation.estimate)],
    ["standard error", shown(evaluation.standardError)],
    [
      `${shown(interval.level * 100)}% interval`,
      `${shown(interval.low)} to ${shown(interval.high)}`,
    ],
    ["p-value", shown(evaluation.pValue)],
    ["errors", evaluation.errors],
    ["n", String(evaluation.n)],
    ...(evaluation.clusters === null
      ? []
      : [["clusters", String(evaluation.clusters)]]),
    ["evidence level", evidence.level],
    ...assumptions.map(({ name, finding, detail, pValue }) => [
      `assumption ${finding}`,
      `${name}: ${detail}${
        pValue === undefined ? "" : ` (p ${shown(pValue)})`
      }`,
    ]),
    ...warnings.map((warning) => ["warning", warning]),
  ]);
}
