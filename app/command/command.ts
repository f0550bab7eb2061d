import type { Clock, Config } from "@hiraku/kernel";
import type { ParseArgsOptionsConfig } from "node:util";
import type { Installation } from "../installation.ts";

/** One thing the command line can do. */
export interface Command {
  /** Such as `keys create`. */
  readonly name: string;
  /** What follows the name, such as `FILE`. */
  readonly operands: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** Lines for `--help`, one an option. */
  readonly help: readonly string[];
  /** Set when it works on files it is given and needs no installation. */
  readonly onFiles?: undefined;
  run(on: Invocation): Promise<Outcome>;
}

/** A command that works on files it is given, without an installation. */
export interface FileCommand extends Omit<Command, "onFiles" | "run"> {
  readonly onFiles: true;
  run(on: Omit<Invocation, "installation">): Promise<Outcome>;
}

export type AnyCommand = Command | FileCommand;

export interface Invocation {
  readonly installation: Installation;
  readonly clock: Clock;
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether the answer goes to a program; progress is then not shown. */
  readonly json: boolean;
}

/** What a command answers: a value for programs and the same for people. */
export interface Outcome {
  readonly value: unknown;
  readonly text: string;
  /** 0 done, 1 failed or found faults, 2 wrong use. */
  readonly code?: 0 | 1;
}

/** A text option, or the default, or a refusal that names it. */
export function option(
  { values }: Pick<Invocation, "values">,
  name: string,
  fallback?: string,
): string {
  const value = values[name] ?? fallback;
  if (typeof value !== "string" || value === "") {
    throw new Usage(`--${name} is missing`);
  }
  return value;
}

/** Refuses a municipality that the installation does not have. */
export function requireConfigured(
  { municipalities }: Pick<Config, "municipalities">,
  code: unknown,
): void {
  if (municipalities.some((one) => one.code === code)) return;
  throw new Usage(`--municipality: '${code}' is not configured`);
}

/** The command line was not understood; exit code 2. */
export class Usage extends Error {
  override readonly name = "Usage";
}

/** Columns of text, as wide as their widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ").trimEnd()
  ).join("\n");
}
