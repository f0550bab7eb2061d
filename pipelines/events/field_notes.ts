import type { Text } from "@hiraku/kernel";
import { z } from "zod";
import type { EventType } from "./event_type.ts";

/** What the catalogue says of one field of a type's `data`. */
export interface FieldNote {
  /** Such as `companions[].ageBand`. */
  readonly path: string;
  readonly meaning: Text;
  readonly required: boolean;
  readonly schema: z.core.$ZodType;
}

/** Every field of a type, those of nested objects and lists among them. */
export function fieldNotes({ data }: EventType): FieldNote[] {
  return notesOf(data, "");
}

function notesOf(schema: z.core.$ZodType, prefix: string): FieldNote[] {
  const inner = unwrapped(schema);
  const { def } = (inner as z.core.$ZodTypes)._zod;
  if (def.type === "array") return notesOf(def.element, `${prefix}[]`);
  if (def.type !== "object") return [];
  return Object.entries(def.shape).flatMap(([key, field]) => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    return [{
      path,
      meaning: meaningOf(field),
      required: !z.safeParse(field, undefined).success,
      schema: unwrapped(field),
    }, ...notesOf(field, path)];
  });
}

/** What stands inside optional, nullable and default. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
      return unwrapped(def.innerType);
    default:
      return schema;
  }
}

function meaningOf(schema: z.core.$ZodType): Text {
  const meta = z.globalRegistry.get(schema) ??
    z.globalRegistry.get(unwrapped(schema));
  return {
    ja: typeof meta?.["ja"] === "string" ? meta["ja"] : "",
    en: meta?.description ?? "",
  };
}
