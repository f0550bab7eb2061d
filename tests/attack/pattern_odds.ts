import type { Inhabitants } from "./city_attack.ts";
import { type CityTable, keyOf } from "./city_files.ts";

/** Which partner a protector that anybody can read would choose: odds by place. */
export type Choosing = (
  hidden: readonly number[],
  candidates: readonly number[],
) => ReadonlyMap<number, number>;

/** The protector's published way: a block of five in public order, by a secret. */
export function byBlock(
  hidden: readonly number[],
  candidates: readonly number[],
): ReadonlyMap<number, number> {
  const odds = new Map<number, number>();
  for (const near of hidden) {
    const block = Math.floor(near / 5);
    const own = candidates.filter((one) => Math.floor(one / 5) === block);
    const pool = own.length > 0
      ? own
      : candidates.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))
        .slice(0, 5);
    for (const one of pool) {
      const share = 1 / pool.length / hidden.length;
      odds.set(one, (odds.get(one) ?? 0) + share);
    }
  }
  return odds;
}

/** Fewest inhabitants first: what a protector without a secret does. */
export function byOrder(
  _hidden: readonly number[],
  candidates: readonly number[],
): ReadonlyMap<number, number> {
  return new Map(candidates.slice(0, 1).map((first) => [first, 1]));
}

/** More than this many withheld together leave too many stories to tell. */
const MOST = 8;
const SURE = 0.9;

/**
 * Withheld figures that the pattern tells to be small: for each set of them
 * that may have been the small ones, how likely the public way of choosing
 * partners leads to what is withheld. Of lines of one column under a total.
 */
export function smallOfPattern(
  tables: readonly CityTable[],
  inhabitants: Inhabitants,
  choosing: Choosing = byBlock,
): { told: string[]; all: number } {
  const told: string[] = [];
  let all = 0;
  for (const parts of tables) {
    const [family, by] = parts.id.split("_by_");
    const whole = tables.find((one) =>
      one.dataset === parts.dataset &&
      (one.id === family || one.id === one.dataset && parts.id === `by_${by}`)
    );
    const measure = parts.people;
    const own = parts.dimensions.filter((name) =>
      whole?.dimensions.includes(name) === false
    );
    const [column] = own;
    if (
      whole === undefined || measure === undefined || column === undefined ||
      own.length > 1 || parts.rule !== "flow"
    ) continue;
    const keys = [whole.period, ...whole.dimensions];
    const totals = new Map(whole.rows.map((row) => [keyOf(row, keys), row]));
    for (const [key, rows] of Map.groupBy(parts.rows, (r) => keyOf(r, keys))) {
      const total = totals.get(key)?.[measure];
      const line = inPublicOrder(rows, column, inhabitants);
      const hidden = [...line.keys()].filter((at) =>
        line[at]?.[measure] === null
      );
      if (typeof total !== "number" || hidden.length === line.length) continue;
      if (hidden.length === 0 || hidden.length > MOST) continue;
      all += hidden.length;
      const rest = line.reduce(
        (sum, row) => sum - Number(row[measure] ?? 0),
        total,
      );
      const open = [...line.keys()].filter((at) =>
        Number(line[at]?.[measure] ?? 0) > 0
      );
      odds(hidden, open, rest, parts.k, choosing).forEach((sure, at) => {
        if (sure <= SURE) return;
        told.push(`${parts.dataset}/${parts.id}/${key}/${line[at]?.[column]}`);
      });
    }
  }
  return { told, all };
}

function inPublicOrder(
  rows: CityTable["rows"],
  column: string,
  inhabitants: Inhabitants,
): CityTable["rows"] {
  const size = (code: string) =>
    code.split("+").reduce(
      (sum, one) => sum + (inhabitants.get(one) ?? Infinity),
      0,
    );
  return rows.toSorted((a, b) => {
    const [one, other] = [String(a[column]), String(b[column])];
    const unlike = column === "districtCode" ? size(one) - size(other) : 0;
    return unlike || (one < other ? -1 : 1);
  });
}

/** How sure it is that each withheld place was small. */
function odds(
  hidden: readonly number[],
  open: readonly number[],
  sum: number,
  k: number,
  choosing: Choosing,
): Map<number, number> {
  const sure = new Map(hidden.map((at) => [at, 0]));
  let all = 0;
  for (let set = 1; set < 2 ** hidden.length; set++) {
    const small = hidden.filter((_, bit) => set & (1 << bit));
    const partners = hidden.filter((at) => !small.includes(at));
    const isPossible = partners.length === 0
      ? sum <= small.length * (k - 1)
      : sum >= small.length + partners.length * k;
    if (!isPossible) continue;
    const weight = leadsTo(small, partners, open, choosing);
    all += weight;
    for (const at of small) sure.set(at, (sure.get(at) ?? 0) + weight);
  }
  if (all === 0) return new Map();
  return new Map([...sure].map(([at, weight]) => [at, weight / all]));
}

/** How likely these become the partners, in any order. */
function leadsTo(
  hidden: readonly number[],
  partners: readonly number[],
  open: readonly number[],
  choosing: Choosing,
): number {
  if (partners.length === 0) return 1;
  const choice = choosing(
    hidden,
    [...open, ...partners].sort((a, b) => a - b),
  );
  return partners.reduce((sum, one) => {
    const likely = choice.get(one) ?? 0;
    if (likely === 0) return sum;
    const rest = partners.filter((other) => other !== one);
    return sum + likely * leadsTo([...hidden, one], rest, open, choosing);
  }, 0);
}
