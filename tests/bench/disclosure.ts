import { auditFiles, protectFiles, verifyFiles } from "@hiraku/opendata";
import { syntheticCity } from "./disclosure_city.ts";
import type { Figure } from "./figure.ts";

const CASES = [
  { dims: "region,age,sex", users: 6_000, aim: "aim 2 s in all" },
  { dims: "region,age,app", users: 60_000, aim: "aim 30 s, 0 failures" },
  { dims: "region,age,app", users: 12_000, aim: "aim 60 s, 0 failures" },
  { dims: "region,age,sex,app", users: 60_000, aim: "aim 120 s, 0 failures" },
] as const;

/** Protection, its audit and its certificate, by size of the family. */
export async function benchDisclosure(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { dims, users, aim } of CASES) {
    figures.push(await measure(dims.split(","), users, aim));
  }
  return figures;
}

async function measure(
  dims: readonly string[],
  users: number,
  aim: string,
): Promise<Figure> {
  const dir = await Deno.makeTempDir();
  try {
    const { spec, csv } = syntheticCity(dims, users, 1);
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(spec));
    await Deno.writeTextFile(`${dir}/cells.csv`, csv);
    const stopwatch = () => performance.now() / 1_000;
    const report = await protectFiles(
      `${dir}/spec.json`,
      `${dir}/out`,
      stopwatch,
    );
    const before = stopwatch();
    const audit = await auditFiles(`${dir}/spec.json`, [`${dir}/out`], {
      stopwatch,
    });
    const audited = stopwatch() - before;
    const verdict = await verifyFiles(`${dir}/out`);
    const { primary, secondary, cells, seconds } = report;
    const memory = Math.round(Deno.memoryUsage().rss / 2 ** 20);
    const failures = audit.intervals.filter((one) =>
      !one.g1 || (one.sensitive && !one.g2) || !one.exact
    ).length;
    return {
      what: `${cells} cells, ${users.toLocaleString("en")} people`,
      value: `protect ${seconds.protect.toFixed(1)} s, audit ${
        seconds.audit.toFixed(1)
      } s, again from the files ${audited.toFixed(1)} s`,
      against:
        `${primary} primary, ${secondary} more, ${failures} failures, certificate ${
          verdict.holds ? "holds" : "fails"
        }, ${memory} MiB`,
      aim,
    };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
