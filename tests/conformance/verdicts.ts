/** What the suite found of one case. */
export interface Verdict {
  /** Folder of the case, such as `Consumption.Entity.QueryEntities`. */
  readonly area: string;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** The first line of what was wrong. */
  readonly message: string;
}

/** Reads Robot Framework's xUnit file. */
export function readVerdicts(xml: string): Verdict[] {
  const cases =
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  return [...xml.matchAll(cases)].map(
    ([, path = "", name = "", inside = ""]) => {
      const message = /message="([^"]*)"/.exec(inside)?.[1] ?? "";
      return {
        area: path.split(".").slice(0, -1).join("."),
        name: decoded(name),
        outcome: inside.includes("<failure")
          ? "failed"
          : inside.includes("<skipped")
          ? "skipped"
          : "passed",
        message: decoded(message).split("\n")[0] ?? "",
      };
    },
  );
}

/** Passed and failed cases by area, as lines of text. */
export function summary(verdicts: readonly Verdict[]): string[] {
  const areas = new Map<string, { passed: number; failed: number }>();
  for (const { area, outcome } of verdicts) {
    const tally = areas.get(area) ?? { passed: 0, failed: 0 };
    if (outcome !== "skipped") tally[outcome] += 1;
    areas.set(area, tally);
  }
  return [...areas].map(([area, { passed, failed }]) =>
    `${String(passed).padStart(4)} passed ${
      String(failed).padStart(4)
    } failed  ${area}`
  );
}

function decoded(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => {
    if (name.startsWith("#")) {
      return String.fromCodePoint(Number(name.slice(1)));
    }
    return { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" }[name] ?? whole;
  });
}
