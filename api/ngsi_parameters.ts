import { Problem } from "@hiraku/kernel";
import {
  type Names,
  readId,
  type Representation,
  type View,
} from "@hiraku/ngsi";

/** Parameters that CIM 009 defines for entities and this broker has not got yet. */
const NOT_IMPLEMENTED = `
collation containedBy coordinates csf datasetId entityMap entityMapLifetime
expandValues geometry geometryProperty geoproperty georel idPattern join
joinLevel jsonKeys lang orderBy orderFrom orderGeometry q scopeQ splitEntities
deleteAll keep drop observedAt timeproperty timerel timeAt endTimeAt lastN
`.trim().split(/\s+/);

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1000;

/** The query parameters of one request; what it does not know is refused by name. */
export class Parameters {
  readonly #all: ReadonlyMap<string, string>;

  constructor(url: string, known: readonly string[]) {
    const sent = [...new URL(url).searchParams];
    for (const [name] of sent) {
      if (known.includes(name)) continue;
      if (NOT_IMPLEMENTED.includes(name) || QUERY_PARAMETERS.includes(name)) {
        throw new Problem("OperationNotSupported", `Parameter '${name}' here`);
      }
      throw new Problem("BadRequestData", "There is a parameter unknown here");
    }
    this.#all = new Map(sent);
    if (this.#all.size < sent.length) {
      throw new Problem("BadRequestData", "A parameter stands twice");
    }
  }

  list(name: string): readonly string[] | undefined {
    const text = this.#all.get(name);
    if (text === undefined) return undefined;
    const items = text.split(/[,|]/);
    if (items.every((item) => item !== "")) return items;
    throw new Problem("BadRequestData", `Parameter '${name}' has a gap`);
  }

  flag(name: string): boolean {
    const text = this.#all.get(name) ?? "false";
    if (text === "true" || text === "false") return text === "true";
    throw new Problem("BadRequestData", `Parameter '${name}' is true or false`);
  }

  whole(name: string, otherwise: number): number {
    const text = this.#all.get(name);
    if (text === undefined) return otherwise;
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new Problem("BadRequestData", `Parameter '${name}' is a number`);
  }

  names(name: string, names: Names): string[] | undefined {
    return this.list(name)?.map((item) => {
      if (/[{}()[\];*]/.test(item)) {
        throw new Problem("OperationNotSupported", `Paths in '${name}'`);
      }
      return names.expand(item);
    });
  }
}

export const VIEW_PARAMETERS = ["options", "format", "attrs", "pick", "omit"];
export const QUERY_PARAMETERS = [
  ...VIEW_PARAMETERS,
  ...["type", "id", "limit", "offset", "count", "local"],
];

const FORMATS: Readonly<Record<string, Representation>> = {
  normalized: "normalized",
  concise: "concise",
  simplified: "simplified",
  keyValues: "simplified",
};

/** How the request wants entities shown, CIM 009 4.21, 6.3.7 and 6.3.11. */
export function viewOf(parameters: Parameters, names: Names): View {
  const options = parameters.list("options") ?? [];
  const formats = parameters.list("format") ??
    options.filter((one) => one !== "sysAttrs");
  const [format = "normalized", ...more] = formats;
  const representation = FORMATS[format];
  if (representation === undefined || more.length > 0) {
    throw new Problem("BadRequestData", "There is no such representation");
  }
  const attrs = parameters.names("attrs", names);
  const pick = members(parameters, "pick", names);
  const omit = members(parameters, "omit", names);
  if (attrs !== undefined && pick !== undefined) {
    throw new Problem("BadRequestData", "Both 'attrs' and 'pick'");
  }
  const shown = attrs === undefined ? pick : ["id", "type", ...attrs];
  return {
    representation,
    sysAttrs: options.includes("sysAttrs"),
    ...(shown === undefined ? {} : { pick: projection(shown) }),
    ...(omit === undefined ? {} : { omit: projection(omit) }),
  };
}

function projection(members: readonly string[]): Required<View>["pick"] {
  return { members: new Map(members.map((one) => [one, undefined])) };
}

/** The page of a query, CIM 009 6.3.10 and 6.3.13. */
export function pageOf(
  parameters: Parameters,
): { limit: number; offset: number; count: boolean } {
  const limit = parameters.whole("limit", DEFAULT_LIMIT);
  const offset = parameters.whole("offset", 0);
  const count = parameters.flag("count");
  if (limit === 0 && !count) {
    throw new Problem("BadRequestData", "A limit of 0 needs count=true");
  }
  if (limit > LARGEST_LIMIT) {
    throw new Problem(
      "BadRequestData",
      `The limit is ${LARGEST_LIMIT} at most`,
    );
  }
  return { limit, offset, count };
}

export function idsOf(parameters: Parameters): string[] | undefined {
  return parameters.list("id")?.map(readId);
}

function members(
  parameters: Parameters,
  name: "pick" | "omit",
  names: Names,
): string[] | undefined {
  const own = ["id", "type"];
  const listed = parameters.list(name);
  const expanded = parameters.names(name, names);
  return listed?.map((item, i) =>
    own.includes(item) ? item : expanded?.[i] ?? item
  );
}
