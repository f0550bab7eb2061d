import { protectLine } from "../flow.ts";
import { equalSums } from "./equal_sums.ts";
import { growths } from "./growths.ts";
import { keepPointsApart, learnRests } from "./points.ts";
import type { Readings } from "./reading.ts";
import { Room } from "./room.ts";
import type { SuspectTable } from "./suspect_table.ts";
import {
  hiddenOf,
  isWithheld,
  leastWithheld,
  sumOf,
  type Suspicion,
  type Term,
} from "./source.ts";

/** A row that is withheld behind a row which was chosen is one of so many. */
const CHOICE = 5;

/**
 * One happening may be counted by two tables, of one dataset or of two. Where
 * all lines that both show agree, a stranger suspects it, and reads in one
 * table what the other withholds. Answers the keys (table, period, codes) of
 * every row of the dataset that must be withheld so that no suspicion tells a
 * figure, those included that are; nothing when no more have to be. `known`
 * gathers rows that others show, `readings` what others say.
 */
export function withheldMore(
  tables: readonly SuspectTable[],
  readings: Readings,
  secret: () => number,
  known: Set<string>,
): string[] {
  const room = new Room(tables, readings, secret, known);
  for (const one of equalSums(room.sources, readings)) settle(one, room);
  do {
    for (const one of growths(room.sources, readings)) settle(one, room);
  } while (learnRests(room));
  keepPointsApart(room);
  return room.isChanged ? room.withheld() : [];
}

/** Withholds rows until what is known of others tells no row. */
function settle(suspicion: Suspicion, room: Room): void {
  const { parts, known } = suspicion;
  if (!isTold(suspicion, room) || !isToBeFeared(suspicion, room)) return;
  const isOfTime = isGrowth(suspicion);
  // To withhold the point before would only ask for the one before that.
  const mayHide = (term: Term) =>
    !isRunning(term) || (isOfTime && !isRunning(parts) && term === known[0]);
  while (isTold(suspicion, room)) {
    const rest = isOfTime || !isRunning(parts) ? room.open(parts) : [];
    const other = known.find((one) =>
      mayHide(one) && room.open(one).length > 0
    );
    const nobody = isOfTime
      ? [parts, ...known].find((one) =>
        !isRunning(one) && room.nobody(one).length > 0
      )
      : undefined;
    if (parts.rows.length > 1 && rest.length > 0) {
      const more = complements(parts, rest, room) ??
        chosen(parts, rest, room.secret);
      room.hide(parts.source, more.length > 0 ? more : rest);
    } else if (other !== undefined) {
      const sums = room.open(other);
      const more = chosen(other, sums, room.secret);
      room.hide(other.source, more.length > 0 ? more : sums);
    } else if (room.zeros(parts).length > 0) {
      room.hide(parts.source, room.zeros(parts));
    } else if (nobody !== undefined) {
      // That nobody came tells a point; a zero goes with its whole line.
      room.hide(nobody.source, room.nobody(nobody).slice(0, 1));
    } else {
      // Months that are out tell a point: of its period nothing is shown.
      if (isOfTime && isRunning(parts)) room.hideTotalOf(parts);
      // It stands elsewhere already; nothing may rest on its being withheld.
      if (isRunning(parts)) {
        room.learn(parts, totalOf(known));
        return;
      }
      for (const index of parts.rows) room.disclose(parts.source, index);
      return;
    }
  }
}

/** Whether months and running totals tell each other. */
function isGrowth(
  { parts, known }: Pick<Suspicion, "parts" | "known">,
): boolean {
  return known.length > 1 || isRunning(known[0] ?? parts) !== isRunning(parts);
}

const isRunning = ({ source: { table } }: Term) =>
  table.disclosure.kind === "stock";

/** Who suspects without good reason what is not so learns nothing. */
function isToBeFeared(
  { parts, known, isStrong, isOpen }: Suspicion,
  room: Room,
): boolean {
  if (isStrong || isOpen) return true;
  let sum: number | undefined = 0;
  for (const one of known) {
    const exact = room.exact(one);
    if (exact === undefined || sum === undefined) return true;
    sum += one.isLess ? -exact : exact;
  }
  const truth = room.exact(parts);
  return truth === undefined || truth === sum;
}

function totalOf(known: Suspicion["known"]): number {
  return known.reduce(
    (sum, one) => sum + (one.isLess ? -sumOf(one) : sumOf(one)),
    0,
  );
}

function isTold(
  { parts, known, isOpen = false }: Suspicion,
  room: Room,
): boolean {
  const hidden = hiddenOf(parts).length;
  if (hidden === 0) return false;
  if (known.some((one) => hiddenOf(one).length > 0)) return false;
  const total = totalOf(known);
  if (!Number.isInteger(total) || total === 0) return false;
  if (hidden === 1 && !isOpen) return true;
  // Without a month that is shown, two points tell what they tell alone.
  const isGrown = isGrowth({ parts, known }) && !isRunning(parts);
  if (isGrown && sumOf(parts) === 0) return false;
  const values = total - sumOf(parts) - leastWithheld(parts) + 1;
  return values < Math.min(room.fewest(parts), total + 1);
}

/** What the line's own exact figures ask for under a total; undefined where that is nothing more. */
function complements(
  { source, rows }: Term,
  rest: readonly number[],
  room: Room,
): readonly number[] | undefined {
  const cells = rows.flatMap((index) => room.cell(source, index) ?? []);
  if (cells.length < rows.length) return;
  const already = new Set(
    rows.flatMap((index, at) => isWithheld(source, index) ? [at] : []),
  );
  const withheld = protectLine(cells, room.secret, {
    already,
    isShared: true,
  });
  const more = rest.filter((index) =>
    withheld === "all" || withheld.has(rows.indexOf(index))
  );
  return more.length > 0 ? more : undefined;
}

/** One of the smallest rows that count anything. */
function chosen(
  { source: { rows, table }, at }: Term,
  among: readonly number[],
  secret: () => number,
): number[] {
  const name = table.measures[at] ?? "";
  const of = (index: number) => Number(rows[index]?.[name] ?? 0);
  const smallest = among.filter((index) => of(index) > 0)
    .toSorted((a, b) => of(a) - of(b)).slice(0, CHOICE);
  return smallest.length === 0
    ? []
    : [smallest[Math.floor(secret() * smallest.length)] ?? 0];
}
