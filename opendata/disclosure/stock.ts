import type { Cell } from "./cell.ts";
import { moves } from "./series.ts";
import { partner } from "./partner.ts";
import { type StockPeriod, Timeline } from "./_timeline.ts";

/**
 * Decides, period by period, which cells of a running total are shown. Frozen
 * periods come first and stay as they are. The argument stands in `stock.md`.
 */
export function decideStock(
  periods: readonly StockPeriod[],
  secret: () => number,
): boolean[][] {
  const timeline = new Timeline(periods[0]?.cells.length ?? 0);
  return periods.map((period) => {
    const { cells, totalShown, frozen } = period;
    // Without a public sum the period binds no figure; it is withheld whole.
    if (!totalShown) return cells.map(() => false);
    timeline.push(cells, frozen);
    if (frozen === undefined) decide(timeline, period, secret);
    return [...timeline.settle()];
  });
}

function decide(
  timeline: Timeline,
  { cells, already }: StockPeriod,
  secret: () => number,
): void {
  const now = timeline.length - 1;
  cells.forEach((cell, at) =>
    timeline.show(
      at,
      !already?.[at] && moves(cell, timeline.lastShown(now, at)),
    )
  );
  for (;;) {
    const weak = weakness(timeline, cells);
    if (weak === undefined) return;
    const next = complement(timeline, cells, weak, secret);
    if (next === undefined) break;
    timeline.show(next, false);
  }
  cells.forEach((_, at) => timeline.show(at, false));
}

/** A cell whose withheld figures would be told too closely, or `group` for all withheld together. */
function weakness(
  timeline: Timeline,
  cells: readonly Cell[],
): number | "group" | undefined {
  const now = timeline.length - 1;
  let newcomers = 0;
  let needed = 0;
  for (const [at, cell] of cells.entries()) {
    if (timeline.shown(now, at) && timeline.shown(now - 1, at)) continue;
    newcomers += timeline.increase(at, now - 1, now);
    needed = Math.max(needed, cell.threshold);
    const last = timeline.shown(now, at) ? now - 1 : now;
    for (let back = last; !timeline.shown(back, at); back--) {
      const enough = Math.min(cell.threshold, timeline.allowance(back, at));
      if (timeline.room(back, at) < enough) return at;
    }
  }
  return newcomers > 0 && newcomers < needed ? "group" : undefined;
}

/** The next cell to withhold: the weak one, else one withheld before, else one near it. */
function complement(
  timeline: Timeline,
  cells: readonly Cell[],
  weak: number | "group",
  secret: () => number,
): number | undefined {
  const now = timeline.length - 1;
  if (weak !== "group" && timeline.shown(now, weak)) return weak;
  const candidates = cells.map((_, at) => at).filter((at) =>
    timeline.shown(now, at) &&
    (timeline.increase(at, now - 1, now) > 0 || !timeline.shown(now - 1, at))
  );
  const again = candidates.filter((at) => !timeline.shown(now - 1, at));
  const hidden = [...cells.keys()].filter((at) => !timeline.shown(now, at));
  const near = weak === "group"
    ? hidden[Math.floor(secret() * hidden.length)] ?? 0
    : weak;
  return partner(again.length > 0 ? again : candidates, near, secret);
}
