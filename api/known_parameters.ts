import { Problem } from "@hiraku/kernel";
import {
  type Names,
  parseTypeSelection,
  type TypeSelection,
} from "@hiraku/ngsi";

/** The query parameters of one request, each known to the operation. */
export type KnownParameters = ReadonlyMap<string, string>;

/**
 * Reads the parameters that an operation has, and `local`, which says nothing
 * to a broker without registrations. Throws `InvalidRequest` for any other and
 * for one that stands twice, CIM 009 6.3.20.
 */
export function knownParameters(
  url: string,
  known: readonly string[] = [],
): KnownParameters {
  const start = url.indexOf("?");
  if (start < 0) return NONE;
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(url.slice(start))) {
    if (name !== "local" && !known.includes(name)) {
      throw new Problem("InvalidRequest", "There is a parameter unknown here");
    }
    if (found.has(name)) {
      throw new Problem("InvalidRequest", `Parameter '${name}' stands twice`);
    }
    found.set(name, value);
  }
  flag(found, "local");
  if (known.includes("count")) takeCount(found);
  return found;
}

/** Clients in use (FiLiP, ngsildclient) ask for the count as an option. */
function takeCount(found: Map<string, string>): void {
  const options = found.get("options")?.split(",") ?? [];
  if (!options.includes("count")) return;
  const others = options.filter((one) => one !== "count");
  if (others.length === 0) found.delete("options");
  else found.set("options", others.join(","));
  found.set("count", "true");
}

const NONE: KnownParameters = new Map();

/** A parameter that is true or false, and false when it is missing. */
export function flag(parameters: KnownParameters, name: string): boolean {
  const text = parameters.get(name) ?? "false";
  if (text === "true" || text === "false") return text === "true";
  throw new Problem("BadRequestData", `Parameter '${name}' is true or false`);
}

/** The one option of a request that is given, if any of these. */
export function optionOf<Option extends string>(
  parameters: KnownParameters,
  allowed: readonly Option[],
): Option | undefined {
  const text = parameters.get("options");
  if (text === undefined) return undefined;
  const [option, ...more] = text.split(",");
  const found = allowed.find((one) => one === option);
  if (found !== undefined && more.length === 0) return found;
  throw new Problem("InvalidRequest", "There is no such option here");
}

/** The entity types that the target must be of, CIM 009 4.17. */
export function typesOf(
  parameters: KnownParameters,
  names: Names,
): TypeSelection | undefined {
  const text = parameters.get("type");
  return text === undefined ? undefined : parseTypeSelection(text, names);
}
