/** A synthetic city as a spec and a CSV of cells, the same for the same seed. */
export interface SyntheticCity {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly csv: string;
}

const RANGES = (name: string, count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => `${name}${at + from}`);

const TREES: Readonly<Record<string, Readonly<Record<string, string[]>>>> = {
  region: {
    Total: RANGES("A", 4),
    ...Object.fromEntries(
      [0, 1, 2, 3].map((
        area,
      ) => [`A${area + 1}`, RANGES("D", 5, area * 5 + 1)]),
    ),
  },
  age: {
    Total: ["young", "middle", "old"],
    young: ["0-14", "15-24"],
    middle: ["25-34", "35-49", "50-64"],
    old: ["65-74", "75-84", "85+"],
  },
  app: {
    Total: ["life", "child", "city"],
    life: RANGES("m", 4),
    child: RANGES("m", 3, 5),
    city: RANGES("m", 3, 8),
  },
  sex: { Total: ["f", "m"] },
};

/** 25 regions, 12 ages, 14 apps and 3 sexes, totals included. */
export function syntheticCity(
  dimensions: readonly string[],
  users: number,
  seed: number,
  more: Readonly<Record<string, unknown>> = {},
): SyntheticCity {
  const next = random(seed);
  const leaves = new Map(dimensions.map((name) => {
    const tree = TREES[name] ?? {};
    return [name, Object.values(tree).flat().filter((code) => !(code in tree))];
  }));
  const odds = new Map(dimensions.map((name) => [
    name,
    (leaves.get(name) ?? []).map((_, at) =>
      name === "sex" ? 1 : name === "app" ? 1 / (at + 1) : 0.2 + next()
    ),
  ]));
  const pick = (name: string): string => {
    const own = odds.get(name) ?? [];
    let rest = next() * own.reduce((sum, one) => sum + one, 0);
    const at = own.findIndex((one) => (rest -= one) <= 0);
    return leaves.get(name)?.at(at) ?? "";
  };
  const counts = new Map<string, number>();
  for (let user = 0; user < users; user++) {
    const person = new Map(dimensions.map((name) => [name, pick(name)]));
    const apps = new Set(
      dimensions.includes("app")
        ? Array.from(
          { length: 1 + Math.floor(next() * 2.2) },
          () => pick("app"),
        )
        : [""],
    );
    for (const app of apps) {
      const key = dimensions.map((name) =>
        name === "app" ? app : person.get(name)
      ).join(",");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return {
    spec: {
      data: "cells.csv",
      dimensions: dimensions.map((dim) => ({ dim, tree: TREES[dim] })),
      measure: { count: "n" },
      rules: { threshold: 10 },
      weights: "cells",
      ...more,
    },
    csv: [
      [...dimensions, "n"].join(","),
      ...[...counts].map(([key, count]) => `${key},${count}`),
    ].join("\n"),
  };
}

/** Mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
