import { Problem } from "@hiraku/kernel";

/** Says what is wrong with a parameter, never what it said. */
export function refused(parameter: string, what: string): Problem {
  return new Problem("BadRequestData", `Parameter '${parameter}': ${what}`);
}
