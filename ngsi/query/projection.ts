import type { Names } from "../context/names.ts";
import { refused } from "./refusal.ts";

/**
 * Which members an answer shows or leaves out, CIM 009 4.21. A member is `id`,
 * `type`, `scope` or an attribute's IRI; what stands in braces behind a
 * relationship is a projection of the entities it leads to.
 */
export interface Projection {
  readonly members: ReadonlyMap<string, Projection | undefined>;
}

type ProjectionParameter = "pick" | "omit" | "attrs";

const OWN = ["id", "type", "scope"];
const SYSTEM = ["createdAt", "modifiedAt", "expiresAt", "deletedAt"];
const NAME = /[^,|{}[\]();*\s]+/y;
const DEEPEST = 32;
const LONGEST = 10_000;

/** Reads `a,b{c|d}`. Throws `BadRequestData`. */
export function parseProjection(
  text: string,
  names: Names,
  parameter: ProjectionParameter = "pick",
): Projection {
  if (text.length > LONGEST) throw refused(parameter, "too long");
  let at = 0;

  function list(depth: number): Projection {
    if (depth > DEEPEST) throw refused(parameter, "nested too deep");
    const members = new Map<string, Projection | undefined>();
    do {
      NAME.lastIndex = at;
      const name = NAME.exec(text)?.[0];
      if (name === undefined) throw refused(parameter, "a name is missing");
      at += name.length;
      const member = memberNamed(name, names);
      if (members.has(member)) throw refused(parameter, "a name stands twice");
      members.set(member, inner(depth));
    } while (take(",") || take("|"));
    return { members };
  }

  function inner(depth: number): Projection | undefined {
    if (!take("{")) return undefined;
    if (parameter === "attrs") throw refused(parameter, "no braces here");
    const projection = list(depth + 1);
    if (!take("}")) throw refused(parameter, "a brace stays open");
    return projection;
  }

  function take(sign: string): boolean {
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  }

  const projection = list(0);
  if (at < text.length) throw refused(parameter, "not a list of names");
  return projection;
}

/** How many relationships a projection follows. */
export function projectionDepth({ members }: Projection): number {
  const inner = [...members.values()].flatMap((one) => one ?? []);
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map(projectionDepth));
}

function memberNamed(name: string, names: Names): string {
  return OWN.includes(name) || SYSTEM.includes(name)
    ? name
    : names.expand(name);
}
