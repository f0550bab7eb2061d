import { Problem } from "@hiraku/kernel";
import type { TemporalSent } from "@hiraku/ngsi";
import { knownParameters } from "./known_parameters.ts";
import { PAGE_MEMBERS } from "./page_request.ts";

const RETRIEVAL = [
  ..."attrs pick omit lang datasetId options format local".split(" "),
  ..."timerel timeAt endTimeAt timeproperty lastN".split(" "),
  ..."aggrMethods aggrPeriodDuration".split(" "),
];
const QUERY = [
  ...RETRIEVAL,
  ...PAGE_MEMBERS,
  ..."type id idPattern q georel geometry coordinates geoproperty".split(" "),
  ..."scopeQ csf expandValues jsonKeys orderBy collation".split(" "),
];
const BY_POST = [...PAGE_MEMBERS, "options", "format", "local"];
/** Of registrations and maps of them, which a single broker has not. */
const DISTRIBUTED = ["entityMap", "entityMapLifetime", "splitEntities"];

/** Parameters that a request for history may have. */
export const KNOWN = { retrieval: RETRIEVAL, query: QUERY, post: BY_POST };

/** The parameters of a request for history, each once. */
export function temporalSent(
  url: string,
  request: keyof typeof KNOWN,
): TemporalSent & Readonly<Record<string, string>> {
  const known = knownParameters(url, [...KNOWN[request], ...DISTRIBUTED]);
  const refused = DISTRIBUTED.find((name) => known.has(name));
  if (refused !== undefined) {
    throw new Problem("OperationNotSupported", `Parameter '${refused}' here`);
  }
  const sent = Object.fromEntries(known);
  if (sent.type === "*" && sent.local === "false") {
    throw new Problem("BadRequestData", "Every type is asked for locally only");
  }
  return sent;
}

/** A CIM 009 5.2.23 Query on history as if its members had been parameters. */
export interface SentByPost {
  readonly members: TemporalSent;
  readonly selectors: readonly Readonly<Record<string, string>>[];
}

const PLAIN = [
  ..."q scopeQ csf lang orderBy collation".split(" "),
  ..."attrs pick omit datasetId expandValues jsonKeys".split(" "),
];
const GEO = ["georel", "geometry", "coordinates", "geoproperty"];
const TEMPORAL = "timerel timeAt endTimeAt timeproperty lastN".split(" ");
const AGGREGATION = ["aggrMethods", "aggrPeriodDuration"];

/** Reads the body of a query by POST. Throws `BadRequestData`. */
export function sentByPost(body: unknown): SentByPost {
  const members = object(body, "(whole)");
  if (members.type !== "Query") throw unfit("type");
  const sent: Record<string, unknown> = {};
  const known = [...PLAIN, "type", "entities", "geoQ", "temporalQ", "@context"];
  known.push("ordering", "aggrParams");
  for (const name of Object.keys(members)) {
    if (!known.includes(name)) throw unfit(name);
  }
  take(sent, members, PLAIN);
  if (members.geoQ !== undefined) take(sent, object(members.geoQ, "geoQ"), GEO);
  const { temporalQ, aggrParams, ordering } = members;
  if (temporalQ !== undefined) {
    take(sent, object(temporalQ, "temporalQ"), [...TEMPORAL, ...AGGREGATION]);
  }
  if (aggrParams !== undefined) {
    take(sent, object(aggrParams, "aggrParams"), AGGREGATION);
  }
  if (ordering !== undefined) {
    take(sent, object(ordering, "ordering"), ["orderBy", "collation"]);
  }
  if (sent.aggrMethods !== undefined) sent.format = "aggregatedValues";
  const { entities = [] } = members;
  if (!Array.isArray(entities)) throw unfit("entities");
  return {
    members: sent as TemporalSent,
    selectors: entities.map((one) => {
      const selector: Record<string, unknown> = {};
      take(selector, object(one, "entities"), ["type", "id", "idPattern"]);
      if (selector.type === undefined) throw unfit("entities.type");
      return selector as Record<string, string>;
    }),
  };
}

function take(
  into: Record<string, unknown>,
  from: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) into[name] = plain(value, name);
  }
}

/** Lists become what parameters write, with commas between their items. */
function plain(value: unknown, name: string): unknown {
  if (name === "coordinates") {
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === "string")) return value.join(",");
    throw unfit(name);
  }
  if (typeof value === "string" || name === "lastN") return value;
  throw unfit(name);
}

function object(
  value: unknown,
  name: string,
): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw unfit(name);
}

function unfit(name: string): Problem {
  return new Problem("BadRequestData", `Does not fit: ${name}`);
}
