import type { Room } from "./room.ts";
import { totalsOf } from "./totals.ts";
import {
  hiddenOf,
  isWithheld,
  type Source,
  sumOf,
  type Term,
} from "./source.ts";

/**
 * A withheld point of a running total that other tables tell is as good as
 * shown: the point shown beside it differs from it by nobody or by enough.
 */
export function keepPointsApart(room: Room): void {
  for (const source of room.sources) {
    if (!source.isOwn || source.table.disclosure.kind !== "stock") continue;
    if (source.known.size === 0) continue;
    for (const points of seriesOf(source)) apart(source, points, room);
  }
}

function apart(source: Source, points: readonly number[], room: Room): void {
  const figureAt = (index: number) => source.reading.figures[0]?.[index] ?? 0;
  for (let moved = true; moved;) {
    moved = false;
    const visible = points.filter((index) => !isWithheld(source, index));
    visible.slice(1).forEach((later, at) => {
      const pair = [later, visible[at] ?? later];
      if (moved || !pair.some((index) => source.known.has(index))) return;
      const [now = 0, before = 0] = pair.map(figureAt);
      const step = Math.abs(now - before);
      const rows = pair.map((index): Term => ({
        source,
        at: 0,
        rows: [index],
      }));
      const enough = Math.max(...rows.map((one) => room.fewest(one)));
      if (step === 0 || step >= enough) return;
      const open = rows.find((one) => room.open(one).length > 0);
      if (open === undefined) return;
      room.hide(source, open.rows);
      moved = true;
    });
  }
}

/** The rows of each key, in the order of time. */
function seriesOf({ rows, table }: Source): number[][] {
  const series = Map.groupBy(
    rows.keys(),
    (index) => table.dimensions.map((name) => rows[index]?.[name]).join("|"),
  );
  const period = (index: number) => String(rows[index]?.[table.period]);
  return [...series.values()].map((points) =>
    points.toSorted((a, b) => period(a) < period(b) ? -1 : 1)
  );
}

/**
 * Where all points of a total but one are known, the last one is, too. Answers
 * whether any was learnt.
 */
export function learnRests(room: Room): boolean {
  let isNews = false;
  for (const source of room.sources) {
    const { disclosure, period } = source.table;
    if (disclosure.kind !== "stock" || disclosure.total === undefined) continue;
    const lines = Map.groupBy(
      source.rows.keys(),
      (index) => source.rows[index]?.[period],
    );
    for (const rows of lines.values()) {
      const line = { source, at: 0, rows };
      if (hiddenOf(line).length !== 1) continue;
      const [total] = totalsOf(line, room.sources);
      if (total === undefined || total.rows.length !== 1) continue;
      if (hiddenOf(total).length > 0) continue;
      isNews = room.learn(line, sumOf(total)) || isNews;
    }
  }
  return isNews;
}
