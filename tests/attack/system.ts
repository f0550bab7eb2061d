import loader from "highs";

// Its types describe the CommonJS build, where the function is `.default`.
const highs = await (loader as unknown as typeof loader.default)();

// With presolve HiGHS 1.15.3 reports whole-number optima that are none: 28
// where the truth is 36, in a system of thirteen unknowns.
const OPTIONS = { presolve: "off" } as const;

/** An unknown whole number with what is known of it at once. */
export interface Unknown {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** `low <= sum of factor × unknown <= high`. */
export interface Fact {
  readonly terms: readonly (readonly [factor: number, name: string])[];
  readonly low: number;
  readonly high: number;
}

export interface System {
  readonly unknowns: readonly Unknown[];
  readonly facts: readonly Fact[];
}

export interface Told {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** What the facts tell of each unknown: its exact least and greatest whole value. */
export function told(system: System): Told[] {
  return components(system).flatMap((part) =>
    isTreeOfSums(part) ? leftByOthers(part) : part.unknowns.map(({ name }) => ({
      name,
      low: extreme(part, name, "Minimize"),
      high: extreme(part, name, "Maximize"),
    }))
  );
}

/** Whether unknowns and plain sums hang together without a circle. */
function isTreeOfSums({ unknowns, facts }: System): boolean {
  const plain = facts.every(({ terms }) =>
    terms.every(([factor]) => Math.abs(factor) === 1)
  );
  const places = facts.reduce((sum, { terms }) => sum + terms.length, 0);
  return plain && places === unknowns.length + facts.length - 1;
}

/**
 * What all others at their ends leave each unknown, again and again until
 * nothing moves; in a tree of sums that is exact.
 */
function leftByOthers({ unknowns, facts }: System): Told[] {
  const known = new Map(
    unknowns.map(({ name, low, high }) => [name, { name, low, high }]),
  );
  for (let moved = true; moved;) {
    moved = false;
    for (const fact of facts) {
      const ends = fact.terms.map(([factor, name]) => {
        const { low = 0, high = 0 } = known.get(name) ?? {};
        return factor > 0 ? { low, high } : { low: -high, high: -low };
      });
      const least = othersOf(ends.map(({ low }) => low));
      const most = othersOf(ends.map(({ high }) => high));
      fact.terms.forEach(([factor, name], at) => {
        const one = known.get(name);
        const end = ends[at];
        if (one === undefined || end === undefined) return;
        const low = Math.max(end.low, fact.low - most(at));
        const high = Math.min(end.high, fact.high - least(at));
        if (low > high) {
          throw new Error("The published figures contradict each other");
        }
        if (low === end.low && high === end.high) return;
        moved = true;
        Object.assign(
          one,
          factor > 0 ? { low, high } : { low: -high, high: -low },
        );
      });
    }
  }
  return [...known.values()];
}

/** The sum of all but one, where some may be infinite. */
function othersOf(values: readonly number[]): (at: number) => number {
  const finite = values.filter(Number.isFinite).reduce((a, b) => a + b, 0);
  const infinite = values.filter((one) => !Number.isFinite(one));
  return (at) => {
    const own = values[at] ?? 0;
    if (Number.isFinite(own)) return infinite[0] ?? finite - own;
    return infinite.length > 1 ? own : finite;
  };
}

function extreme(
  { unknowns, facts }: System,
  name: string,
  sense: "Minimize" | "Maximize",
): number {
  const alias = new Map(unknowns.map((one, at) => [one.name, `x${at}`]));
  const sum = (terms: Fact["terms"]) =>
    terms.map(([factor, of]) =>
      `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} ${alias.get(of)}`
    ).join(" ");
  const lines = facts.flatMap(({ terms, low, high }) =>
    low === high ? [`${sum(terms)} = ${low}`] : [
      ...low === -Infinity ? [] : [`${sum(terms)} >= ${low}`],
      ...high === Infinity ? [] : [`${sum(terms)} <= ${high}`],
    ]
  );
  const bound = (value: number) => value === Infinity ? "+inf" : String(value);
  const answer = highs.solve(
    [
      sense,
      ` obj: ${alias.get(name)}`,
      "Subject To",
      ...lines.map((line, at) => ` c${at}: ${line}`),
      "Bounds",
      ...unknowns.map((one) =>
        ` ${one.low} <= ${alias.get(one.name)} <= ${bound(one.high)}`
      ),
      "General",
      ` ${[...alias.values()].join(" ")}`,
      "End",
    ].join("\n"),
    OPTIONS,
  );
  if (answer.Status === "Optimal") return Math.round(answer.ObjectiveValue);
  const unbounded = answer.Status === "Unbounded" ||
    answer.Status === "Primal infeasible or unbounded";
  if (unbounded && sense === "Maximize") return Infinity;
  throw new Error(
    `The published figures contradict each other: ${answer.Status}`,
  );
}

/** Unknowns that share no fact say nothing of each other. */
function components({ unknowns, facts }: System): System[] {
  const group = new Map(unknowns.map((one) => [one.name, one.name]));
  const root = (name: string): string => {
    const above = group.get(name) ?? name;
    return above === name ? name : root(above);
  };
  for (const { terms } of facts) {
    const first = root(terms[0]?.[1] ?? "");
    for (const [, name] of terms) group.set(root(name), first);
  }
  const parts = Map.groupBy(unknowns, (one) => root(one.name));
  const of = Map.groupBy(facts, (fact) => root(fact.terms[0]?.[1] ?? ""));
  return [...parts].map(([key, members]) => ({
    unknowns: members,
    facts: of.get(key) ?? [],
  }));
}

const PRIME = 2_147_483_629n;

/** Unknowns that equations alone determine, by elimination modulo a large prime. */
export function determined(system: System): string[] {
  return components(system).flatMap(determinedIn);
}

function determinedIn({ unknowns, facts }: System): string[] {
  const at = new Map(unknowns.map((one, index) => [one.name, index]));
  const rows = facts.filter((fact) => fact.low === fact.high).map((fact) => {
    const row = unknowns.map(() => 0n);
    for (const [factor, name] of fact.terms) {
      row[at.get(name) ?? 0] = (BigInt(factor) + PRIME) % PRIME;
    }
    return row;
  });
  let rank = 0;
  for (let column = 0; column < unknowns.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    const lead = rows[pivot];
    const top = rows[rank];
    if (pivot === -1 || lead === undefined || top === undefined) continue;
    rows[pivot] = top;
    const inverse = power(lead[column] ?? 1n, PRIME - 2n);
    rows[rank] = lead.map((value) => value * inverse % PRIME);
    rows.forEach((row, i) => {
      const factor = row[column] ?? 0n;
      if (i === rank || factor === 0n) return;
      rows[i] = row.map((value, c) =>
        (value + (PRIME - factor) * (rows[rank]?.[c] ?? 0n)) % PRIME
      );
    });
    rank += 1;
  }
  return rows.flatMap((row) => {
    const involved = unknowns.filter((_, column) => row[column] !== 0n);
    return involved.length === 1 ? involved.map((one) => one.name) : [];
  });
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = result * factor % PRIME;
    factor = factor * factor % PRIME;
  }
  return result;
}
