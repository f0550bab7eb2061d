import { Problem } from "@hiraku/kernel";
import type { Names } from "../context/names.ts";
import { readId } from "../entity/read_entity.ts";
import type { View } from "../entity/view.ts";
import { readGeoQuery } from "../query/geo_query.ts";
import { parseQ } from "../query/parse_q.ts";
import { parsePattern } from "../query/pattern.ts";
import {
  parseProjection,
  type Projection,
  projectionDepth,
} from "../query/projection.ts";
import { asksForAttribute, linkDepth } from "../query/q.ts";
import { refused } from "../query/refusal.ts";
import { parseScopeQuery } from "../query/scope_query.ts";
import { parseTypeSelection } from "../query/type_selection.ts";
import { type Aggregation, readMethods } from "./aggregate.ts";
import type {
  EntitySelector,
  EvolutionQuery,
  EvolutionRequest,
} from "./evolution_reads.ts";
import { readPeriod } from "./period.ts";
import {
  readTemporalQuery,
  refuseLinked,
  type TemporalMembers,
  TIME_PROPERTIES,
} from "./temporal_query.ts";

/** The forms of CIM 009 4.5.6, 4.5.9 and 4.5.19. */
export type TemporalForm = "normalized" | "temporalValues" | "aggregatedValues";

/** The members of a request for history as sent, lists separated by commas. */
export type TemporalSent =
  & TemporalMembers
  & Readonly<
    Partial<
      Record<
        | "type"
        | "id"
        | "idPattern"
        | "attrs"
        | "pick"
        | "omit"
        | "q"
        | "georel"
        | "geometry"
        | "coordinates"
        | "geoproperty"
        | "scopeQ"
        | "csf"
        | "datasetId"
        | "lang"
        | "expandValues"
        | "jsonKeys"
        | "orderBy"
        | "collation"
        | "aggrMethods"
        | "aggrPeriodDuration"
        | "format"
        | "options"
        | "local",
        string
      >
    >
  >;

/** What was asked for, and how it is to be shown. */
export interface TemporalAsked<Request> {
  readonly request: Request;
  readonly view: View;
  readonly form: TemporalForm;
}

/** CIM 009 6.19.3.1. Throws `BadRequestData` or `InvalidRequest`. */
export function readRetrieval(
  sent: TemporalSent,
  names: Names,
): TemporalAsked<EvolutionRequest> {
  const { view, attributes, withScopes } = readProjection(sent, names);
  const { form, sysAttrs } = readForm(sent);
  const datasets = list(sent.datasetId, "datasetId");
  return {
    form,
    view: { ...view, sysAttrs },
    request: {
      selection: {
        query: readTemporalQuery(sent, false),
        withScopes,
        ...attributes === undefined ? {} : { attributes },
        ...datasets === undefined ? {} : { datasets },
      },
      ...readAggregation(sent, form),
    },
  };
}

/** What a query says besides its entities. */
type Page = Pick<EvolutionQuery, "limit" | "offset" | "count">;

/** CIM 009 6.18.3.2 and 6.24. Throws `BadRequestData` or `InvalidRequest`. */
export function readEvolutionQuery(
  sent: TemporalSent,
  selectors: readonly EntitySelector[] | undefined,
  page: Page,
  names: Names,
): TemporalAsked<EvolutionQuery> {
  readTemporalQuery(sent, true);
  const { form, view, request } = readRetrieval(sent, names);
  const chosen = selectors ?? selectorOf(sent, names);
  const having = list(sent.attrs, "attrs")?.map(names.expand);
  const q = sent.q === undefined ? undefined : parseQ(sent.q, names, {
    ...option(
      "expandValues",
      list(sent.expandValues, "expandValues")?.map(names.expand),
    ),
  });
  refuseLinked(q !== undefined && linkDepth(q) > 0);
  // It chooses among other brokers; to one alone it says nothing.
  if (sent.csf !== undefined) parseQ(sent.csf, names);
  const geo = readGeo(sent, names);
  const local = sent.local === "true" || sent.type === "*";
  const ofAttributes = list(sent.attrs, "attrs")
    ?.some((name) => !SYSTEM.includes(name));
  const narrow = local || ofAttributes === true || geo !== undefined ||
    chosen.some(({ types }) => types !== undefined) ||
    q !== undefined && asksForAttribute(q);
  // CIM 009 5.7.4.4
  if (!narrow) throw refused("type", "the query is too wide without it");
  return {
    form,
    view,
    request: {
      ...request,
      ...page,
      selectors: chosen,
      ...option("having", having),
      ...option("q", q),
      ...option("geo", geo),
      ...sent.scopeQ === undefined
        ? {}
        : { scopes: parseScopeQuery(sent.scopeQ) },
      ...readOrder(sent),
    },
  };
}

/** One selector of entities, CIM 009 5.2.33. */
export function selectorOf(
  { type, id, idPattern }: Pick<TemporalSent, "type" | "id" | "idPattern">,
  names: Names,
): EntitySelector[] {
  if (type === undefined && id === undefined && idPattern === undefined) {
    return [];
  }
  if (idPattern !== undefined) parsePattern(idPattern, "idPattern");
  return [{
    ...type === undefined || type === "*"
      ? {}
      : { types: parseTypeSelection(type, names) },
    ...option("ids", list(id, "id")?.map(readId)),
    ...option("idPattern", idPattern),
  }];
}

function readProjection(
  { attrs, pick, omit, lang }: TemporalSent,
  names: Names,
): { view: View; attributes: string[] | undefined; withScopes: boolean } {
  if (attrs !== undefined && pick !== undefined) {
    throw refused("pick", "not together with attrs");
  }
  if (attrs !== undefined && omit !== undefined) {
    throw refused("omit", "not together with attrs");
  }
  const picked = projection(pick, "pick", names);
  const omitted = projection(omit, "omit", names);
  const named = list(attrs, "attrs")?.map(names.expand);
  const shown: Projection | undefined = named === undefined ? picked : {
    members: new Map(["id", "type", ...named].map((one) => [one, undefined])),
  };
  const members = shown && [...shown.members.keys()];
  if (members?.some((one) => omitted?.members.has(one))) {
    throw refused("omit", "a member that is picked");
  }
  return {
    view: {
      representation: "normalized",
      sysAttrs: false,
      ...option("pick", shown),
      ...option("omit", omitted),
      ...option("lang", lang),
    },
    attributes: members?.filter((one) => !OWN.includes(one)),
    withScopes: members?.includes("scope") ?? true,
  };
}

const OWN = ["id", "type", "scope"];
const SYSTEM: readonly string[] = TIME_PROPERTIES;

function projection(
  text: string | undefined,
  name: "pick" | "omit",
  names: Names,
): Projection | undefined {
  if (text === undefined) return undefined;
  const read = parseProjection(text, names, name);
  refuseLinked(projectionDepth(read) > 0);
  return read;
}

const FORMS: readonly TemporalForm[] = ["temporalValues", "aggregatedValues"];

// CIM 009 6.3.12
function readForm(
  { format, options }: TemporalSent,
): { form: TemporalForm; sysAttrs: boolean } {
  const words = list(options, "options") ?? [];
  const forms = words.filter((one) => one !== "sysAttrs");
  if (forms.some((one) => !isForm(one)) || forms.length > 1) {
    throw invalid("options");
  }
  if (format !== undefined && !isForm(format)) throw invalid("format");
  const form = FORMS.find((one) => one === (format ?? forms[0])) ??
    "normalized";
  return { form, sysAttrs: words.includes("sysAttrs") };
}

// CIM 009 6.3.20
function invalid(name: string): Problem {
  return new Problem("InvalidRequest", `Parameter '${name}' has no such value`);
}

function isForm(word: string): boolean {
  return word === "normalized" || FORMS.some((form) => form === word);
}

function readAggregation(
  { aggrMethods, aggrPeriodDuration }: TemporalSent,
  form: TemporalForm,
): { aggregation?: Aggregation } {
  const named = list(aggrMethods, "aggrMethods");
  const asked = form === "aggregatedValues";
  if (named === undefined && !asked) return {};
  const methods = readMethods(named ?? []);
  const period = aggrPeriodDuration === undefined
    ? undefined
    : readPeriod(aggrPeriodDuration);
  return asked ? { aggregation: { methods, period } } : {};
}

function readGeo(sent: TemporalSent, names: Names) {
  const { georel, geometry, coordinates, geoproperty } = sent;
  if ((georel ?? geometry ?? coordinates) === undefined) return undefined;
  return readGeoQuery({
    ...option("georel", georel),
    ...option("geometry", geometry),
    ...option("coordinates", coordinates),
    ...option("geoproperty", geoproperty),
  }, names);
}

// CIM 009 5.7.4.4
function readOrder(
  { orderBy, collation }: TemporalSent,
): Pick<EvolutionQuery, "byId"> {
  if (collation !== undefined) checkCollation(collation);
  if (orderBy === undefined) return {};
  const [, direction = "asc"] = /^id(?:;(asc|desc))?$/.exec(orderBy) ?? [];
  if (!/^id(;(asc|desc))?$/.test(orderBy)) {
    throw refused("orderBy", "only by id");
  }
  return {
    byId: {
      descending: direction === "desc",
      ...option("collation", collation),
    },
  };
}

function checkCollation(collation: string): void {
  try {
    new Intl.Collator(collation);
  } catch {
    throw refused("collation", "not a collation");
  }
}

function list(text: string | undefined, name: string): string[] | undefined {
  if (text === undefined) return undefined;
  const items = text.split(/[,|]/);
  if (items.every((item) => item !== "")) return items;
  throw refused(name, "a gap");
}

function option<K extends string, V>(
  key: K,
  value: V | undefined,
): { [_ in K]?: V } {
  return value === undefined ? {} : { [key]: value } as { [_ in K]: V };
}
