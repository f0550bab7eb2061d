import type { Content } from "../entity/attribute.ts";
import { dateOf, dateTimeOf, timeOf } from "../query/instant.ts";

/** What of a value can be counted, ordered and added up, CIM 009 4.5.19.1. */
export interface Measure {
  /** How tables 4.5.19.1-1 to -3 call the value. */
  readonly kind:
    | "number"
    | "boolean"
    | "text"
    | "object"
    | "array"
    | "dateTime"
    | "date"
    | "time"
    | "uri"
    | "relationship";
  /** The number, the array's size, or milliseconds of a time of day. */
  readonly number: number | null;
  /** The value as text: equal values have equal texts. */
  readonly text: string | null;
}

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;

export function measureOf(content: Content): Measure {
  switch (content.type) {
    case "Relationship":
      return reference(content.object);
    case "ListRelationship":
      return reference(content.objectList.map(({ object }) => object));
    case "Property":
      return measureOfValue(content.value);
    case "ListProperty":
      return measureOfValue(content.valueList);
    case "GeoProperty":
      return opaque(content.value);
    case "LanguageProperty":
      return opaque(content.languageMap);
    case "VocabProperty":
      return opaque(content.vocab);
    case "JsonProperty":
      return opaque(content.json);
  }
}

function opaque(value: unknown): Measure {
  return { kind: "object", number: null, text: JSON.stringify(value) };
}

function reference(object: unknown): Measure {
  const text = typeof object === "string" ? object : JSON.stringify(object);
  return { kind: "relationship", number: null, text };
}

function measureOfValue(value: unknown): Measure {
  switch (typeof value) {
    case "number":
      return { kind: "number", number: value, text: null };
    case "boolean":
      return { kind: "boolean", number: value ? 1 : 0, text: null };
    case "string":
      return measureOfText(value);
  }
  const text = JSON.stringify(value);
  if (Array.isArray(value)) {
    return { kind: "array", number: value.length, text };
  }
  const typed = value as Readonly<Record<string, unknown>>;
  return typeof typed["@type"] === "string" &&
      typeof typed["@value"] === "string"
    ? measureOfText(typed["@value"])
    : { kind: "object", number: null, text };
}

function measureOfText(text: string): Measure {
  if (dateTimeOf(text) !== undefined) {
    return { kind: "dateTime", number: null, text };
  }
  if (dateOf(text) !== undefined) return { kind: "date", number: null, text };
  const time = timeOf(text);
  if (time !== undefined) return { kind: "time", number: time, text };
  return { kind: ABSOLUTE.test(text) ? "uri" : "text", number: null, text };
}
