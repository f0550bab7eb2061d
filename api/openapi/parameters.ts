const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const whole = { type: "integer", minimum: 0 } as const;
const instant = { type: "string", format: "date-time" } as const;

/** What the parameters of the interface mean, with the clause that says so. */
export const PARAMETERS: Readonly<Record<string, readonly [object, string]>> = {
  aggrMethods: [text, "Methods of aggregation, by commas (4.5.19)"],
  aggrPeriodDuration: [
    text,
    "Length of a period, an ISO 8601 duration (4.5.19)",
  ],
  attrs: [text, "Attributes asked for, by commas (6.4.3.2)"],
  collation: [text, "Language tag by which texts are ordered (4.23)"],
  containedBy: [text, "Entities that are not put in again (4.5.23)"],
  coordinates: [text, "Coordinates of the reference geometry (4.10)"],
  count: [flag, "Whether NGSILD-Results-Count is answered (6.3.13)"],
  csf: [text, "A query over context sources (4.9); there are none here yet"],
  datasetId: [text, "Instances asked for; @none is the one without (4.5.5)"],
  deleteAll: [flag, "Whether all instances are deleted (5.6.5)"],
  details: [flag, "Whether details are answered"],
  drop: [text, "Attributes that are deleted, by commas (5.6.21)"],
  endTimeAt: [instant, "End of `between` (4.11)"],
  entityMap: [flag, "Refused: entity maps are not here yet (5.14)"],
  entityMapLifetime: [text, "Refused: entity maps are not here yet (5.14)"],
  expandValues: [text, "Attributes whose values in q are terms (4.9)"],
  format: [
    {
      enum: [
        "normalized",
        "concise",
        "simplified",
        "keyValues",
        "temporalValues",
        "aggregatedValues",
      ],
    },
    "Representation of the answer (6.3.7)",
  ],
  geometry: [text, "Type of the reference geometry (4.10)"],
  geometryProperty: [
    text,
    "What the geometry of GeoJSON is taken from (6.3.15)",
  ],
  geoproperty: [text, "Attribute with the place; location if missing (4.10)"],
  georel: [text, "Relation to the reference geometry (4.10)"],
  id: [text, "Ids, by commas"],
  idPattern: [text, "Regular expression that ids match"],
  join: [
    { enum: ["inline", "flat", "@none"] },
    "How linked entities are put in (4.5.23)",
  ],
  joinLevel: [
    { type: "integer", minimum: 1 },
    "How far relationships are followed (4.5.23)",
  ],
  jsonKeys: [text, "Attributes whose values are JSON (4.9)"],
  keep: [text, "Attributes that stay, by commas (5.6.21)"],
  kind: [
    { enum: ["Cached", "Hosted", "ImplicitlyCreated"] },
    "Kind of @context (5.13.3)",
  ],
  lang: [text, "Language of language maps, RFC 4647 (4.15)"],
  lastEventId: [text, "The last event read; for who cannot send the header"],
  lastN: [{ type: "integer", minimum: 1 }, "The last instances only (5.7.3)"],
  limit: [{ ...whole, maximum: 1000 }, "Size of a page (6.3.10)"],
  local: [flag, "Whether only this broker is asked (6.3.18)"],
  observedAt: [instant, "A time for every attribute that has one (6.5.3.4)"],
  offset: [whole, "What is left out before the page (6.3.10)"],
  omit: [text, "Members left out (4.21)"],
  options: [text, "Options of the operation, by commas (6.3.11)"],
  orderBy: [text, "Members that order the answer (4.23)"],
  orderFrom: [text, "Coordinates from which distance is measured (4.23)"],
  orderGeometry: [
    text,
    "Type of geometry from which distance is measured (4.23)",
  ],
  pick: [text, "Members asked for (4.21)"],
  q: [text, "Query over attributes (4.9)"],
  reload: [flag, "Whether a cached @context is read anew (5.13.5)"],
  scopeQ: [text, "Query over scopes (4.19)"],
  splitEntities: [flag, "Whether entities may come in parts (6.3.18)"],
  subscription: [text, "Only notifications of this subscription"],
  timeAt: [instant, "The instant compared with (4.11)"],
  timeproperty: [
    { enum: ["observedAt", "createdAt", "modifiedAt", "deletedAt"] },
    "Which time is compared (4.11)",
  ],
  timerel: [
    { enum: ["before", "after", "between"] },
    "Relation in time (4.11)",
  ],
  type: [text, "Selection of entity types (4.17)"],
};
