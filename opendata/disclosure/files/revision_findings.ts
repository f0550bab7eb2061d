import { coordinatesOf, type Family } from "../model/family.ts";
import type { Finding } from "./findings.ts";
import type { Publication, Told } from "./released_file.ts";

/**
 * Sums of which a revision moves what stays withheld by a few people: the shown
 * figures of both releases tell by how many.
 */
export function revisionFindings(
  family: Family,
  k: number,
  releases: readonly Publication[],
): Finding[] {
  const last = releases.at(-1);
  return releases.slice(0, -1).flatMap((before) =>
    family.rows.flatMap(({ columns, factors, low, high }): Finding[] => {
      if (low !== high || last === undefined) return [];
      let moved = 0;
      let hidden: number | undefined;
      for (const [at, cell] of columns.entries()) {
        const [then, now] = [before.get(cell), last.get(cell)];
        if (isShown(then) && isShown(now)) {
          moved += (factors[at] ?? 0) * (now.value - then.value);
        } else if (then?.status === "withheld" && now?.status === "withheld") {
          hidden = cell;
        } else return [];
      }
      const by = Math.abs(moved);
      if (hidden === undefined || by === 0 || by >= k) return [];
      return [{
        kind: "revision told",
        cell: coordinatesOf(family, hidden),
        message:
          `the revision moves what is withheld of a sum by fewer than ${k}`,
      }];
    })
  );
}

function isShown(
  told: Told | undefined,
): told is Extract<Told, { status: "published" }> {
  return told?.status === "published";
}
