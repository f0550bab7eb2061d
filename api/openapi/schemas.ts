const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const iri = { type: "string", format: "uri" } as const;
const instant = { type: "string", format: "date-time" } as const;
const open = { type: "object", additionalProperties: true } as const;
const oneOrMore = {
  oneOf: [text, { type: "array", items: text, minItems: 1 }],
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const listOf = (items: object) => ({ type: "array", items });

/** The shapes of bodies, as far as clients need them; CIM 009 5.2 has all members. */
export const SCHEMAS = {
  Problem: {
    type: "object",
    description: "RFC 9457, with a type of CIM 009 5.5.2",
    required: ["type", "title", "status"],
    properties: {
      type: iri,
      title: text,
      status: { type: "integer" },
      detail: text,
    },
  },
  Entity: {
    ...open,
    description: "CIM 009 5.2.4; every other member is an attribute",
    properties: {
      "id": iri,
      "type": oneOrMore,
      "scope": oneOrMore,
      "@context": {},
    },
  },
  EntityFragment: {
    ...open,
    description: "CIM 009 5.4: the members of an entity that change",
    properties: { "type": oneOrMore, "scope": oneOrMore, "@context": {} },
  },
  Entities: listOf(ref("Entity")),
  Attribute: {
    ...open,
    description: "CIM 009 5.2.5 to 5.2.8 and 5.2.32 to 5.2.38",
    properties: {
      type: {
        enum: [
          ...["Property", "Relationship", "GeoProperty", "LanguageProperty"],
          ...["VocabProperty", "JsonProperty", "ListProperty"],
          "ListRelationship",
        ],
      },
      value: {},
      object: oneOrMore,
      observedAt: instant,
      datasetId: iri,
      unitCode: text,
    },
  },
  EntityTemporal: {
    ...open,
    description: "CIM 009 5.2.20; every other member is a list of instances",
    properties: { "id": iri, "type": oneOrMore, "@context": {} },
  },
  EntityTemporalFragment: open,
  EntitiesTemporal: listOf(ref("EntityTemporal")),
  Ids: listOf(iri),
  Query: {
    ...open,
    description: "CIM 009 5.2.23",
    required: ["type"],
    properties: {
      type: { const: "Query" },
      entities: listOf(open),
      q: text,
      geoQ: open,
      scopeQ: text,
      temporalQ: open,
      ordering: open,
    },
  },
  BatchOperationResult: {
    type: "object",
    description: "CIM 009 5.2.16",
    required: ["success", "errors"],
    properties: {
      success: ref("Ids"),
      errors: listOf({
        type: "object",
        properties: { entityId: iri, error: ref("Problem") },
      }),
    },
  },
  UpdateResult: {
    type: "object",
    description: "CIM 009 5.2.18",
    required: ["updated", "notUpdated"],
    properties: {
      updated: listOf(text),
      notUpdated: listOf({
        type: "object",
        properties: { attributeName: text, reason: text },
      }),
    },
  },
  Subscription: {
    ...open,
    description: "CIM 009 5.2.12",
    required: ["type", "notification"],
    properties: {
      id: iri,
      type: { const: "Subscription" },
      entities: listOf(open),
      watchedAttributes: listOf(text),
      notificationTrigger: listOf(text),
      q: text,
      geoQ: open,
      scopeQ: text,
      throttling: { type: "number" },
      timeInterval: { type: "number" },
      expiresAt: instant,
      isActive: flag,
      notification: {
        ...open,
        required: ["endpoint"],
        properties: {
          attributes: listOf(text),
          format: text,
          endpoint: {
            ...open,
            required: ["uri"],
            properties: { uri: iri, accept: text, receiverInfo: listOf(open) },
          },
        },
      },
    },
  },
  SubscriptionFragment: open,
  Subscriptions: listOf(ref("Subscription")),
  EventStream: text,
  DeadLetters: listOf({
    type: "object",
    required: ["id", "subscription", "attempts", "reason", "diedAt"],
    properties: {
      id: text,
      subscription: iri,
      attempts: { type: "integer" },
      reason: text,
      diedAt: instant,
    },
  }),
  Replay: {
    type: "object",
    additionalProperties: false,
    required: ["ids"],
    properties: { ids: { ...listOf(text), minItems: 1, maxItems: 10_000 } },
  },
  Replayed: {
    type: "object",
    required: ["replayed"],
    properties: { replayed: { type: "integer" } },
  },
  Types: {
    description: "CIM 009 5.2.24, or a list of 5.2.25 with details",
    oneOf: [open, listOf(open)],
  },
  TypeInfo: { ...open, description: "CIM 009 5.2.26" },
  Attributes: {
    description: "CIM 009 5.2.27, or a list of 5.2.28 with details",
    oneOf: [open, listOf(open)],
  },
  AttributeInfo: { ...open, description: "CIM 009 5.2.28" },
  Context: { ...open, properties: { "@context": {} } },
  ContextList: listOf({ oneOf: [text, open] }),
  SourceIdentity: {
    type: "object",
    description: "CIM 009 5.2.40",
    required: [
      ...["id", "type", "contextSourceAlias", "contextSourceUptime"],
      "contextSourceTimeAt",
    ],
    properties: {
      "id": iri,
      "type": { const: "ContextSourceIdentity" },
      "contextSourceAlias": text,
      "contextSourceUptime": text,
      "contextSourceTimeAt": instant,
      "@context": {},
    },
  },
} as const;

export type SchemaName = keyof typeof SCHEMAS;
