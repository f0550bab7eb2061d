import { fileURLToPath } from "node:url";

/** What judges of evaluations are told: the command line they ask. */
export interface EvaluationCase {
  /** The program with its arguments, to which those of a command are added. */
  readonly command: readonly string[];
  /** Of the data that are drawn. */
  readonly seed: number;
}

/** Keeps the case in `folder` and answers its path. */
export async function judgedEvaluations(folder: string): Promise<string> {
  const program = fileURLToPath(
    new URL("../../app/hiraku.ts", import.meta.url),
  );
  const told: EvaluationCase = {
    command: [Deno.execPath(), "run", "-q", "--no-check", "-A", program],
    seed: 20260401,
  };
  const path = `${folder}/evaluations.json`;
  await Deno.writeTextFile(path, JSON.stringify(told));
  return path;
}
