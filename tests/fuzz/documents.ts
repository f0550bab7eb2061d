/** Documents that the broker takes as they are: what requests are made from. */

/** Ids that requests are about; few, so that they meet. */
export const IDS = [
  "urn:ngsi-ld:Lot:1",
  "urn:ngsi-ld:Lot:2",
  "urn:ngsi-ld:BusStop:駅前",
  "https://city.example/things/3",
  "urn:ngsi-ld:Subscription:1",
  "urn:ngsi-ld:ShelterOccupancy:E1",
];
export const NAMES = [
  "free",
  "name",
  "location",
  "near",
  "words",
  "category",
  "json",
  "series",
  "links",
  "constructor",
  "urn:x:attribute",
];

const lot = {
  id: "urn:ngsi-ld:Lot:1",
  type: ["Lot", "Facility"],
  scope: ["/Saga/Centre", "/parking"],
  free: {
    type: "Property",
    value: 12,
    unitCode: "C62",
    observedAt: "2026-10-31T23:00:00Z",
    accuracy: { type: "Property", value: 0.5 },
  },
  name: [
    { type: "Property", value: "本庄" },
    { type: "Property", value: "Honjo", datasetId: "urn:x:en" },
  ],
  location: {
    type: "GeoProperty",
    value: { type: "Point", coordinates: [130.29, 33.24] },
  },
  near: { type: "Relationship", object: "urn:ngsi-ld:BusStop:駅前" },
  words: {
    type: "LanguageProperty",
    languageMap: { ja: "駐車場", en: "car park" },
  },
  category: { type: "VocabProperty", vocab: ["open", "covered"] },
  json: { type: "JsonProperty", json: { a: [1, { b: null }] } },
  series: { type: "ListProperty", valueList: [1, 2, "three"] },
  links: {
    type: "ListRelationship",
    objectList: [{ object: "urn:ngsi-ld:Lot:2" }],
  },
};
const concise = {
  id: "urn:ngsi-ld:Lot:2",
  type: "Lot",
  free: {
    value: { a: { b: [1, 2.5, "x"] } },
    expiresAt: "2030-01-01T00:00:00Z",
  },
  name: "plain",
  location: {
    type: "Polygon",
    coordinates: [[[130, 33], [131, 33], [131, 34], [130, 33]]],
  },
};
const evolution = {
  id: "urn:ngsi-ld:Lot:1",
  type: "Lot",
  free: [
    { type: "Property", value: 3, observedAt: "2026-01-01T00:00:00Z" },
    { type: "Property", value: 4.5, observedAt: "2026-02-01T00:00:00.5Z" },
  ],
  category: [{ vocab: "closed", observedAt: "2026-01-01T00:00:00Z" }],
};
const subscription = {
  id: "urn:ngsi-ld:Subscription:1",
  type: "Subscription",
  entities: [{ type: "Lot", idPattern: "^urn:.*1$" }],
  watchedAttributes: ["free"],
  q: 'free>3;name~="本.*"',
  geoQ: {
    georel: "near;maxDistance==2000",
    geometry: "Point",
    coordinates: [130.2, 33.2],
  },
  scopeQ: "/Saga/#",
  throttling: 5,
  expiresAt: "2030-01-01T00:00:00Z",
  notificationTrigger: ["entityCreated", "attributeUpdated"],
  notification: {
    attributes: ["free"],
    format: "concise",
    showChanges: false,
    endpoint: {
      uri: "http://127.0.0.1:9/told",
      accept: "application/json",
      receiverInfo: [{ key: "a", value: "b" }],
    },
  },
};
const query = {
  type: "Query",
  entities: [{ type: "Lot", id: ["urn:ngsi-ld:Lot:1"] }],
  attrs: ["free", "name"],
  q: "free>=1",
  geoQ: {
    georel: "near;maxDistance==2000",
    geometry: "Point",
    coordinates: [130.2, 33.2],
  },
  ordering: { orderBy: ["free", "name;desc"], collation: "ja" },
  join: "inline",
  joinLevel: 2,
};
const temporalQuery = {
  type: "Query",
  entities: [{ type: "Lot" }],
  temporalQ: {
    timerel: "between",
    timeAt: "2026-01-01T00:00:00Z",
    endTimeAt: "2027-01-01T00:00:00Z",
    lastN: 5,
  },
  aggrParams: { aggrMethods: ["max", "avg"], aggrPeriodDuration: "P1M" },
};
const context = {
  "@context": {
    "x": "urn:x:",
    "free": "urn:x:free",
    "名": { "@id": "x:name", "@type": "@id" },
  },
};
const { id: _id, ...fragment } = lot;
const attribute = {
  type: "Property",
  value: 7,
  observedAt: "2026-11-01T00:00:00Z",
};
const patch = {
  free: { value: { a: 1, b: "urn:ngsi-ld:null" } },
  name: "urn:ngsi-ld:null",
};

export const DOCUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  entity: [lot, concise],
  fragment: [fragment, patch],
  attribute: [attribute, { value: "urn:ngsi-ld:null" }, {
    object: "urn:ngsi-ld:Lot:2",
  }],
  evolution: [evolution],
  batch: [[lot, concise], [{ id: "urn:ngsi-ld:Lot:1", ...patch }]],
  ids: [["urn:ngsi-ld:Lot:1", "urn:ngsi-ld:Lot:2"]],
  subscription: [
    subscription,
    {
      type: "Subscription",
      timeInterval: 60,
      notification: { endpoint: { uri: "urn:hiraku:sse" } },
      entities: [{ type: "Lot" }],
    },
  ],
  subscriptionPatch: [{ isActive: false }, { throttling: "urn:ngsi-ld:null" }],
  query: [query],
  temporalQuery: [temporalQuery],
  context: [context],
  replay: [{ ids: ["01JBMZ00000000000000000000"] }],
};
