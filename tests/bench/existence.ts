import {
  addressOf,
  DISTRICTS,
  EMPTY,
  withCity,
} from "../attack/explore_city.ts";
import { type Figure, percentile } from "./figure.ts";

const TURNS = 3_000;
const WARM = 500;

/** Whether the time of an answer tells that nobody lives somewhere (attack A26). */
export async function existenceFigure(): Promise<Figure> {
  let figure: Figure | undefined;
  await withCity(async (ask) => {
    const timed = async (code: string, twin: boolean) => {
      const started = performance.now();
      await (await ask(addressOf({ districtCode: [code] }))).text();
      // The twin counts people where there are any.
      const until = started + 2 * (code === EMPTY ? 0 : 1);
      while (twin && performance.now() < until);
      return performance.now() - started;
    };
    const compare = async (twin: boolean) => {
      const somebody: number[] = [];
      const nobody: number[] = [];
      for (let turn = 0; turn < TURNS + WARM; turn++) {
        const code = DISTRICTS[turn % DISTRICTS.length] ?? "";
        const pair = turn % 2 === 0 ? [code, EMPTY] : [EMPTY, code];
        for (const one of pair) {
          const ms = await timed(one, twin);
          if (turn >= WARM) (one === EMPTY ? nobody : somebody).push(ms);
        }
      }
      return { p: sameDistribution(somebody, nobody), somebody, nobody };
    };
    const { p, somebody, nobody } = await compare(false);
    const median = (ms: readonly number[]) =>
      `${Math.round(percentile(ms, 0.5) * 1_000)} µs`;
    figure = {
      what: "time of an answer, somebody against nobody",
      value: `p = ${p.toPrecision(2)}`,
      against: `Kolmogorov–Smirnov over ${TURNS} pairs, medians ${
        median(somebody)
      } and ${median(nobody)}; a twin that counts: p = ${
        (await compare(true)).p.toPrecision(2)
      }`,
      aim: "aim p over 0.001",
    };
  });
  if (figure === undefined) throw new Error("No city answered");
  return figure;
}

/** p of the two-sample Kolmogorov–Smirnov test, by its limiting distribution. */
function sameDistribution(
  a: readonly number[],
  b: readonly number[],
): number {
  const all = [
    ...a.map((at) => [at, 1] as const),
    ...b.map((at) => [at, -1] as const),
  ].sort(([x], [y]) => x - y);
  let above = 0;
  let furthest = 0;
  for (const [i, [at, step]] of all.entries()) {
    above += step;
    // Within a tie nothing has been passed yet.
    if (all[i + 1]?.[0] !== at) furthest = Math.max(furthest, Math.abs(above));
  }
  const n = a.length;
  const lambda = furthest / n * Math.sqrt(n / 2);
  // The series does not converge there.
  if (lambda < 0.3) return 1;
  let p = 0;
  for (let k = 1; k <= 100; k++) {
    p += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  }
  return Math.min(1, Math.max(0, p));
}
