import { at } from "./least_squares.ts";

/** What is said of rising times that do not follow each other at one distance. */
export function spacingWarnings(times: readonly number[]): string[] {
  const gaps = times.slice(1).map((time, i) => time - at(times, i));
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return most - least < 1e-9 * most ? [] : ["The times are not evenly spaced"];
}
