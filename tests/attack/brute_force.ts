/** Codes of a dimension and the leaves under each, from the public spec alone. */
export interface Leaves {
  readonly column: string;
  readonly leaves: readonly string[];
  readonly under: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface SpecFile {
  readonly dimensions: readonly {
    readonly dim: string;
    readonly tree: Readonly<Record<string, readonly string[]>>;
  }[];
}

/** One line of a released file. */
export interface Line {
  readonly codes: readonly string[];
  readonly value: number | undefined;
}

export function readLeaves({ dimensions }: SpecFile): Leaves[] {
  const byName = Map.groupBy(dimensions, (one) => one.dim);
  return [...byName].map(([column, entries]) => {
    const parts = new Map<string, readonly string[]>();
    for (const { tree } of entries) {
      for (const [parent, own] of Object.entries(tree)) parts.set(parent, own);
    }
    const codes = new Set([...parts.keys(), ...[...parts.values()].flat()]);
    const leavesOf = (code: string): string[] =>
      parts.get(code)?.flatMap(leavesOf) ?? [code];
    return {
      column,
      leaves: [...codes].filter((code) => !parts.has(code)),
      under: new Map([...codes].map((code) => [code, new Set(leavesOf(code))])),
    };
  });
}

export function readLines(text: string, width: number): Line[] {
  return text.trim().split("\n").slice(1).map((line) => {
    const fields = line.split(",");
    return {
      codes: fields.slice(0, width),
      value: fields[width] === "" ? undefined : Number(fields[width]),
    };
  });
}

export interface Possible {
  low: number;
  high: number;
}

/**
 * Tries every table of whole numbers at the finest level and keeps those that
 * give every published figure: what each withheld line may be. `allowed`
 * narrows by what else an attacker knows. The total must be published.
 */
export function tryEverything(
  dimensions: readonly Leaves[],
  lines: readonly Line[],
  allowed: (line: number, value: number) => boolean = () => true,
): Map<number, Possible> {
  const finest = product(dimensions.map((one) => one.leaves));
  const members = lines.map(({ codes }) =>
    finest.flatMap((leaf, at) =>
      leaf.every((code, d) =>
          dimensions[d]?.under.get(codes[d] ?? "")?.has(code)
        )
        ? [at]
        : []
    )
  );
  const whole = lines.findIndex((_, at) =>
    members[at]?.length === finest.length
  );
  const total = lines[whole]?.value;
  if (total === undefined) throw new Error("The total is not published");
  const linesOf = finest.map((_, leaf) =>
    lines.flatMap((_line, at) => members[at]?.includes(leaf) ? [at] : [])
  );
  const sums = lines.map(() => 0);
  const waiting = members.map((own) => own.length);
  const possible = new Map<number, Possible>();

  const place = (leaf: number): void => {
    if (leaf === finest.length) {
      lines.forEach(({ value }, at) => {
        if (value !== undefined) return;
        const sum = sums[at] ?? 0;
        const one = possible.get(at) ?? { low: sum, high: sum };
        one.low = Math.min(one.low, sum);
        one.high = Math.max(one.high, sum);
        possible.set(at, one);
      });
      return;
    }
    const own = linesOf[leaf] ?? [];
    for (const at of own) waiting[at] = (waiting[at] ?? 0) - 1;
    for (let value = 0; value <= total - (sums[whole] ?? 0); value++) {
      for (const at of own) sums[at] = (sums[at] ?? 0) + value;
      const fits = own.every((at) => {
        const sum = sums[at] ?? 0;
        const shown = lines[at]?.value;
        const isDone = waiting[at] === 0;
        if (shown !== undefined && (sum > shown || (isDone && sum < shown))) {
          return false;
        }
        return !isDone || shown !== undefined || allowed(at, sum);
      });
      if (fits) place(leaf + 1);
      for (const at of own) sums[at] = (sums[at] ?? 0) - value;
    }
    for (const at of own) waiting[at] = (waiting[at] ?? 0) + 1;
  };
  place(0);
  return possible;
}

function product(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (all, list) => all.flatMap((head) => list.map((one) => [...head, one])),
    [[]],
  );
}
