import { ENTITY_OPERATIONS } from "./entity_operations.ts";
import type { Operation } from "./operation.ts";
import { PARAMETERS } from "./parameters.ts";
import { SCHEMAS } from "./schemas.ts";
import { SUBSCRIPTION_OPERATIONS } from "./subscription_operations.ts";
import { TEMPORAL_OPERATIONS } from "./temporal_operations.ts";
import { VOCABULARY_OPERATIONS } from "./vocabulary_operations.ts";

/** Every operation of the broker's interface. */
export const OPERATIONS: readonly Operation[] = [
  ...ENTITY_OPERATIONS,
  ...SUBSCRIPTION_OPERATIONS,
  ...VOCABULARY_OPERATIONS,
  ...TEMPORAL_OPERATIONS,
];

const JSON_TYPES = ["application/json", "application/ld+json"];
const NOT_FOUND = { 404: "There is none, or no such tenant" };
const WITH_BODY = {
  411: "The length is missing",
  413: "The body is too large",
  415: "The body is of another type",
};
const NGSI_FAULTS = {
  400: "The request does not fit",
  406: "No acceptable type is to be had",
  422: "The operation is not here",
  504: "A @context is not to be had",
};
const CLOSED = {
  401: "This needs a key or an account",
  403: "The caller may not do this",
};
const NEEDS = {
  writer: "An API key that may write entities of the municipality.",
  subscriber: "An API key or an account of the municipality.",
  caretaker: "The role `admin` or `section` in the municipality.",
};

/** The parameters that an operation knows, besides those of its path. */
export function parametersOf({ path, parameters = [] }: Operation): string[] {
  const ngsi = path.startsWith("/ngsi-ld/") && !path.endsWith("/hiraku");
  return [...new Set([...parameters, ...ngsi ? ["local"] : []])];
}

/** The OpenAPI 3.1 description of the broker that is reached under `origin`. */
export function openapi(origin: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ??= {};
    path[operation.method] = described(operation);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Hiraku NGSI-LD broker",
      version: "1.9.1",
      description: "The HTTP binding of ETSI GS CIM 009 V1.9.1, clause 6, " +
        "without context source registrations, entity maps and snapshots, " +
        "and what this broker adds to it.",
    },
    servers: [{ url: origin }],
    tags: ["NGSI-LD", "Hiraku"].map((name) => ({ name })),
    paths,
    components: {
      schemas: SCHEMAS,
      headers: HEADERS,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      },
      responses: {
        Problem: {
          description: "What went wrong",
          content: contentOf(["application/json"], "Problem"),
        },
      },
    },
  };
}

const HEADERS = {
  Location: { description: "Where it is", schema: { type: "string" } },
  Count: { description: "How many there are", schema: { type: "integer" } },
  Link: {
    description: "The @context, and the pages before and after",
    schema: { type: "string" },
  },
};

function described(operation: Operation): Record<string, unknown> {
  const { id, clause, summary, needs, body } = operation;
  const notes = [
    ...clause === undefined ? [] : [`CIM 009 ${clause}.`],
    ...needs === undefined ? [] : [NEEDS[needs]],
  ];
  return {
    operationId: id,
    summary,
    ...notes.length === 0 ? {} : { description: notes.join(" ") },
    tags: [clause === undefined ? "Hiraku" : "NGSI-LD"],
    security: needs === undefined
      ? [{}, { bearer: [] }, { key: [] }]
      : [{ bearer: [] }, { key: [] }],
    parameters: [
      ...variables(operation.path),
      ...parametersOf(operation).map(parameter),
      ...headersOf(operation),
    ],
    ...body === undefined ? {} : {
      requestBody: {
        required: true,
        content: contentOf(bodyTypes(operation), body),
      },
    },
    responses: { ...answersOf(operation), ...faultsOf(operation) },
  };
}

function variables(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function parameter(name: string): object {
  const [schema, description] = PARAMETERS[name] ?? [{}, name];
  return { name, in: "query", description, schema };
}

function headersOf({ clause, headers = [] }: Operation): object[] {
  const all = clause === undefined ? headers : ["NGSILD-Tenant", "Link"];
  return all.map((name) => ({
    name,
    in: "header",
    schema: { type: "string" },
  }));
}

function bodyTypes({ method, clause }: Operation): string[] {
  if (clause === undefined) return ["application/json"];
  return method === "patch"
    ? [...JSON_TYPES, "application/merge-patch+json"]
    : JSON_TYPES;
}

function answersOf({ answers, clause }: Operation): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema = "nothing"]) => {
      if (schema === "nothing") {
        const made = status === "201";
        const description = made ? "Created" : "Done";
        return [status, {
          description,
          ...made ? { headers: { Location: header("Location") } } : {},
        }];
      }
      const list = schema.endsWith("ies") || schema.endsWith("ions");
      return [status, {
        description: DESCRIPTIONS[status] ?? "What was asked for",
        headers: {
          ...clause === undefined ? {} : { Link: header("Link") },
          ...list ? { "NGSILD-Results-Count": header("Count") } : {},
        },
        content: contentOf(answerTypes(schema, clause), schema),
      }];
    }),
  );
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "201": "Created",
  "203": "What was asked for, as an earlier version had it",
  "206": "What was asked for, in part",
  "207": "Some of it was done",
};

function answerTypes(schema: string, clause: string | undefined): string[] {
  if (schema === "EventStream") return ["text/event-stream"];
  if (clause === undefined) return ["application/json"];
  const entities = schema === "Entity" || schema === "Entities";
  return entities ? [...JSON_TYPES, "application/geo+json"] : JSON_TYPES;
}

function faultsOf(operation: Operation): Record<string, unknown> {
  const { method, clause, path, needs, body } = operation;
  const all = {
    ...clause === undefined ? { 400: NGSI_FAULTS[400] } : NGSI_FAULTS,
    ...needs === undefined ? {} : CLOSED,
    ...path.includes("{") || clause !== undefined ? NOT_FOUND : {},
    ...body === undefined ? {} : WITH_BODY,
    ...method === "post" && needs !== undefined && clause !== undefined
      ? { 409: "It is there already" }
      : {},
  };
  return Object.fromEntries(
    Object.keys(all).map((
      status,
    ) => [status, { $ref: "#/components/responses/Problem" }]),
  );
}

function contentOf(types: readonly string[], schema: string): object {
  const content = { schema: { $ref: `#/components/schemas/${schema}` } };
  return Object.fromEntries(types.map((type) => [type, content]));
}

function header(name: keyof typeof HEADERS): object {
  return { $ref: `#/components/headers/${name}` };
}
