import { Problem } from "@hiraku/kernel";
import { z } from "zod";
import type { Board } from "./board.ts";
import type { Asked } from "./asked.ts";

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Value = z.string().max(200);

/**
 * Reads what an address asks of a board. Refuses what the board does not know,
 * naming the parameter; empty ones count as not given.
 */
export function readAsked(
  board: Board,
  query: Readonly<Record<string, string>>,
): Asked {
  const at: Record<string, string> = {};
  let month: string | undefined;
  let from: string | undefined;
  for (const [name, value] of Object.entries(query)) {
    if (value === "") continue;
    if (name === "month" || name === "from") {
      if (!Month.safeParse(value).success) refuse(name);
      if (name === "month") month = value;
      else from = value;
      continue;
    }
    if (!board.filters.includes(name) || !Value.safeParse(value).success) {
      refuse(name);
    }
    at[name] = value;
  }
  return { month, from, at };
}

function refuse(name: string): never {
  throw new Problem(
    "BadRequestData",
    `Parameter '${name}' is not known here, or does not fit`,
  );
}

/** What is asked, as the end of an address. */
export function askedText(
  { month, from, at }: Asked,
  change: Readonly<Record<string, string | undefined>> = {},
): string {
  const given: Record<string, string | undefined> = {
    month,
    from,
    ...at,
    ...change,
  };
  const search = new URLSearchParams(
    Object.entries(given).filter((one): one is [string, string] =>
      one[1] !== undefined && one[1] !== ""
    ),
  ).toString();
  return search === "" ? "" : `?${search}`;
}

/** The address of a board without its language. */
export function boardPath(code: string, board: string, file = ""): string {
  return `/dashboards/${code}/boards/${board}${file === "" ? "" : `/${file}`}`;
}

/** The address of the list of every metric, without its language. */
export function metricsPath(code: string): string {
  return `/dashboards/${code}/metrics`;
}
