import {
  OPENDATA_OPERATIONS,
  type OpendataOperation,
  type OpendataParameter,
} from "./opendata_operations.ts";

/** The OpenAPI 3.1 description of the open data that is reached under `origin`. */
export function opendataOpenapi(origin: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPENDATA_OPERATIONS) {
    const path = paths[operation.path] ??= {};
    path[operation.method] = described(operation);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Hiraku open data / オープンデータ",
      version: "1",
      description:
        "Catalogue (DCAT-AP 3.0.1), CKAN action API 3, files and SQL over released tables. Needs no key. 公表したデータだけに答えます。",
      license: {
        name: "CC BY 4.0",
        identifier: "CC-BY-4.0",
      },
    },
    servers: [{ url: origin }],
    tags: ["DCAT", "CKAN", "files", "SQL"].map((name) => ({ name })),
    paths,
    components: {
      responses: {
        Problem: {
          description: "What went wrong (RFC 7807, or CKAN's own form)",
          content: {
            "application/json": { schema: { type: "object" } },
            "application/problem+json": { schema: { type: "object" } },
          },
        },
      },
    },
  };
}

function described(
  { id, group, about, parameters = [], types, method }: OpendataOperation,
): Record<string, unknown> {
  const problem = { $ref: "#/components/responses/Problem" };
  const isFound = parameters.some((one) => one.in === "path");
  return {
    operationId: id,
    summary: about.en,
    description: about.ja,
    tags: [group],
    security: [],
    parameters: parameters.map(parameter),
    ...(method === "post" && {
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["municipality", "sql"],
              additionalProperties: false,
              properties: {
                municipality: { type: "string", pattern: "^\\d{6}$" },
                sql: { type: "string", minLength: 1, maxLength: 20_000 },
                limit: {
                  type: "integer",
                  minimum: 1,
                  maximum: 100_000,
                  default: 10_000,
                },
              },
            },
          },
        },
      },
    }),
    responses: {
      200: {
        description: "What was asked for",
        content: Object.fromEntries(types.map((type) => [type, {}])),
      },
      ...(id === "latest_file" && {
        302: { description: "Where the newest version is" },
      }),
      400: problem,
      ...((isFound || group === "CKAN") && { 404: problem }),
      ...(group === "CKAN" && { 409: problem }),
      ...(id === "file" && { 410: problem }),
    },
  };
}

function parameter(one: OpendataParameter): object {
  const { name, about, type = "string", values } = one;
  return {
    name,
    in: one.in,
    required: one.in === "path",
    description: `${about.en} / ${about.ja}`,
    schema: { type, ...(values && { enum: values }) },
  };
}
