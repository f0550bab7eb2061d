import {
  type Leaves,
  type Line,
  readLeaves,
  type SpecFile,
} from "./brute_force.ts";
import { type Fact, type System, type Told, told } from "./system.ts";

/** Everything a stranger can download of a release, and what everybody knows. */
export interface Artefacts {
  readonly dimensions: readonly Leaves[];
  /** Parents and their parts, by dimension; several groupings in a row. */
  readonly groups: readonly (readonly [string, readonly string[]])[][];
  readonly lines: readonly Line[];
  /** Raw files by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly caps: ReadonlyMap<string, number>;
  readonly k: number;
}

interface PublicSpec extends SpecFile {
  readonly rules?: { readonly threshold?: number };
  readonly caps?: readonly {
    readonly cell: Readonly<Record<string, string>>;
    readonly population: number;
  }[];
}

/** Reads a release as a stranger does: the public structure and the folder. */
export async function readArtefacts(
  spec: PublicSpec,
  dir: string,
): Promise<Artefacts> {
  const files = new Map<string, string>();
  for (const name of ["released.csv", "certificate.json"]) {
    files.set(name, await Deno.readTextFile(`${dir}/${name}`).catch(() => ""));
  }
  return artefactsOf(spec, files);
}

export function artefactsOf(
  spec: PublicSpec,
  files: ReadonlyMap<string, string>,
): Artefacts {
  const dimensions = readLeaves(spec);
  const names = dimensions.map((one) => one.column);
  const caps = new Map((spec.caps ?? []).map(({ cell, population }) => [
    names.map((name, d) =>
      cell[name] ?? Object.keys(spec.dimensions[d]?.tree ?? {})[0] ?? ""
    ).join("|"),
    population,
  ]));
  const rows = (files.get("released.csv") ?? "").trim().split("\n").slice(1);
  return {
    dimensions,
    groups: names.map((name) =>
      spec.dimensions.filter((one) => one.dim === name)
        .flatMap((one) => Object.entries(one.tree))
    ),
    lines: rows.map((row) => {
      const fields = row.split(",");
      const value = fields[names.length] ?? "";
      return {
        codes: fields.slice(0, names.length),
        value: value === "" || fields[names.length + 1] === "rounded"
          ? undefined
          : Number(value),
      };
    }),
    files,
    caps,
    k: spec.rules?.threshold ?? 10,
  };
}

export const keyOf = (codes: readonly string[]): string => codes.join("|");

/** The withheld figures and every sum they stand in. */
export function systemOf(
  { dimensions, groups, lines, caps }: Artefacts,
): System {
  const byKey = new Map(lines.map((line) => [keyOf(line.codes), line]));
  const facts: Fact[] = [];
  for (const { codes } of lines) {
    dimensions.forEach((_, d) => {
      for (const [parent, parts] of groups[d] ?? []) {
        if (codes[d] !== parent) continue;
        const whole = keyOf(codes);
        const own = parts.map((part) => keyOf(codes.with(d, part)));
        if (own.some((key) => !byKey.has(key))) continue;
        let rest = 0;
        const terms: [number, string][] = [];
        for (
          const [key, factor] of [
            [whole, -1] as const,
            ...own.map((key) => [key, 1] as const),
          ]
        ) {
          const value = byKey.get(key)?.value;
          if (value === undefined) terms.push([factor, key]);
          else rest -= factor * value;
        }
        if (terms.length > 0) facts.push({ terms, low: rest, high: rest });
      }
    });
  }
  return {
    unknowns: lines.filter((one) => one.value === undefined).map((
      { codes },
    ) => ({
      name: keyOf(codes),
      low: 0,
      high: caps.get(keyOf(codes)) ?? Infinity,
    })),
    facts,
  };
}

/** What can be told of every withheld figure; `known` is what a conspirator adds. */
export function tellAll(
  artefacts: Artefacts,
  known: ReadonlyMap<string, number> = new Map(),
): Told[] {
  const lines = artefacts.lines.map((line) => ({
    ...line,
    value: line.value ?? known.get(keyOf(line.codes)),
  }));
  return told(systemOf({ ...artefacts, lines }));
}
