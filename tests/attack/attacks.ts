import { type Artefacts, keyOf, tellAll } from "./artefacts.ts";

/** What an attack found; nothing when the release withstood it. */
export type Disclosed = readonly string[];

/** An attack on one release, by the files it ships. */
export interface Attack {
  readonly id: string;
  readonly name: string;
  run(on: Artefacts): Disclosed;
}

const isFew = (count: number, k: number) => count >= 1 && count < k;

/** Attacks that need nothing but one release and public knowledge. */
export const ATTACKS: readonly Attack[] = [
  {
    id: "A01",
    name: "a small figure is shown",
    run: ({ lines, k }) =>
      lines.filter((one) => isFew(one.value ?? 0, k))
        .map((one) => keyOf(one.codes)),
  },
  {
    id: "A02",
    name: "all but a few are counted",
    run: ({ lines, caps, k }) =>
      lines.flatMap(({ codes, value }) => {
        const cap = caps.get(keyOf(codes));
        if (cap === undefined || value === undefined || value === 0) return [];
        return cap - value < k ? [keyOf(codes)] : [];
      }),
  },
  {
    id: "A04",
    name: "one withheld figure alone in a sum",
    run: (on) => {
      const lines = new Map(on.lines.map((one) => [keyOf(one.codes), one]));
      const found: string[] = [];
      for (let again = true; again;) {
        again = false;
        for (const { codes } of on.lines) {
          on.groups.forEach((groups, d) => {
            for (const [parent, parts] of groups) {
              if (codes[d] !== parent) continue;
              const all = [
                keyOf(codes),
                ...parts.map((part) => keyOf(codes.with(d, part))),
              ];
              const open = all.filter((key) =>
                lines.get(key)?.value === undefined
              );
              const [only, ...others] = open;
              const line = lines.get(only ?? "");
              if (line === undefined || others.length > 0) continue;
              const [whole = "", ...own] = all;
              const sum = own.filter((key) => key !== only)
                .reduce((s, key) => s + (lines.get(key)?.value ?? 0), 0);
              const value = only === whole
                ? sum
                : (lines.get(whole)?.value ?? 0) - sum;
              lines.set(only ?? "", { ...line, value });
              if (isFew(value, on.k)) found.push(only ?? "");
              again = true;
            }
          });
        }
      }
      return found;
    },
  },
  {
    id: "A05",
    name: "whole-number programs over every sum of every table",
    run: (on) =>
      tellAll(on).filter(({ low, high }) =>
        low === high || (high - low < on.k - 1 && low < on.k && high >= 1)
      ).map((one) => one.name),
  },
  {
    id: "A10",
    name: "two areas or bands that differ by a few",
    run: (on) => {
      const found: string[] = [];
      for (const [at, one] of on.lines.entries()) {
        for (const other of on.lines.slice(at + 1)) {
          const d = one.codes.findIndex((code, i) => code !== other.codes[i]);
          if (
            d === -1 || one.value === undefined || other.value === undefined
          ) {
            continue;
          }
          if (one.codes.some((code, i) => i !== d && code !== other.codes[i])) {
            continue;
          }
          const [a, b] = [one.codes[d] ?? "", other.codes[d] ?? ""];
          const under = on.dimensions[d]?.under;
          const inside = under?.get(b)?.isSubsetOf(under.get(a) ?? new Set()) ||
            under?.get(a)?.isSubsetOf(under.get(b) ?? new Set());
          if (inside && isFew(Math.abs(one.value - other.value), on.k)) {
            found.push(`${keyOf(one.codes)} − ${keyOf(other.codes)}`);
          }
        }
      }
      return found;
    },
  },
  {
    id: "A12",
    name: "rounded figures that are told by their sums",
    run: (on) => {
      const rounded = roundedLines(on);
      if (rounded.size === 0) return [];
      const base = Math.min(
        ...[...rounded.values()].filter((one) => one > 0),
        Infinity,
      );
      return base < on.k ? ["rounded to less than the threshold"] : [];
    },
  },
  {
    id: "A22",
    name: "a withheld figure stands in the files",
    run: ({ files, dimensions }) =>
      (files.get("released.csv") ?? "").split("\n")
        .filter((line) =>
          line.includes("withheld") &&
          line.split(",")[dimensions.length] !== ""
        ),
  },
  {
    id: "A23",
    name: "identifiers, hashes and addresses in the released file",
    run: ({ files }) =>
      [...(files.get("released.csv") ?? "").matchAll(
        /[0-9a-f]{16,}|[A-Za-z0-9+/]{24,}|[\w.]+@[\w.]+|0\d{9,10}|[0-9A-HJKMNP-TV-Z]{26}/g,
      )].map((match) => match[0]),
  },
  {
    id: "A28",
    name: "cells that appear or vanish with their people",
    run: ({ lines, dimensions }) => {
      const all = dimensions.reduce((size, one) => size * one.under.size, 1);
      return lines.length === all ? [] : [`${lines.length} of ${all} cells`];
    },
  },
];

function roundedLines({ files, dimensions }: Artefacts): Map<string, number> {
  const width = dimensions.length;
  return new Map(
    (files.get("released.csv") ?? "").trim().split("\n").slice(1)
      .map((line) => line.split(","))
      .filter((fields) => fields[width + 1] === "rounded")
      .map((fields) => [keyOf(fields.slice(0, width)), Number(fields[width])]),
  );
}

/** Everything that any attack found, with the attack's name. */
export function attack(on: Artefacts): string[] {
  return ATTACKS.flatMap(({ id, run }) => run(on).map((one) => `${id} ${one}`));
}
