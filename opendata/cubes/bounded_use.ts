import { randomBytes } from "node:crypto";
import { boundContributions } from "../disclosure/noise/bound_contributions.ts";
import { clampTimes } from "../disclosure/noise/clamp_times.ts";
import { type Measure, MOST_APPS, type Used } from "./use_cube.ts";

/** That a person of a month used a mini-app in one mode, and how many times. */
export type PersonUsed = Used & {
  readonly person: string;
  readonly times: number;
};

/**
 * What of a month counts for each measure, bounded a person: at most so many
 * mini-apps or times, by ranks that nobody can foresee, and once where a table
 * knows no mini-apps. Measures bounded alike count the same.
 */
export function boundedUse(
  used: readonly PersonUsed[],
): (measure: Measure) => readonly PersonUsed[] {
  const key = randomBytes(16).toString("hex");
  const kept = new Map<string, readonly PersonUsed[]>();
  return ({ counts, modes, dimensions, most }) => {
    const apart = dimensions.includes("miniAppId");
    const name = counts === "opens" ? `${most}` : `${apart}`;
    const known = kept.get(`${counts} ${name} ${modes}`);
    if (known !== undefined) return known;
    const own = used.filter(({ mode }) => modes.some((one) => one === mode));
    const made = counts === "opens"
      ? clampTimes(own, most, key)
      : apart
      ? someApps(own, key)
      : once(own);
    kept.set(`${counts} ${name} ${modes}`, made);
    return made;
  };
}

function someApps(used: readonly PersonUsed[], key: string): PersonUsed[] {
  const cellOf = ({ mode, miniAppId }: PersonUsed) => `${mode}\t${miniAppId}`;
  const kept = new Set(
    boundContributions(
      used.map((one) => ({ person: one.person, cell: cellOf(one) })),
      MOST_APPS,
      key,
    ).map(({ person, cell }) => `${person}\t${cell}`),
  );
  return used.filter((one) => kept.has(`${one.person}\t${cellOf(one)}`));
}

/** Each person once a mode. */
function once(used: readonly PersonUsed[]): PersonUsed[] {
  const seen = new Set<string>();
  return used.filter(({ person, mode }) => {
    const size = seen.size;
    return seen.add(`${person}\t${mode}`).size > size;
  });
}
