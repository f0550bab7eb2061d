import { z } from "zod";

/** What a person types or a file holds for a column of a register. */
export type CellKind =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "list"
  | { readonly oneOf: readonly string[] };

/** Of which kind a column is; optional columns may stay empty. */
export function cellKind(
  schema: z.core.$ZodType,
): { kind: CellKind; optional: boolean } {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const { kind } = cellKind(schema._zod.def.innerType);
    return { kind, optional: true };
  }
  if (schema instanceof z.ZodISODate) return { kind: "date", optional: false };
  if (schema instanceof z.ZodNumber) return { kind: "number", optional: false };
  if (schema instanceof z.ZodBoolean) {
    return { kind: "boolean", optional: false };
  }
  if (schema instanceof z.ZodArray) return { kind: "list", optional: false };
  if (schema instanceof z.ZodEnum) {
    return { kind: { oneOf: schema.options.map(String) }, optional: false };
  }
  return { kind: "text", optional: false };
}

/** The value of a cell; what cannot be one is left as it is for the schema to refuse. */
export function fromCell(schema: z.core.$ZodType, text: string): unknown {
  const { kind } = cellKind(schema);
  const trimmed = text.trim();
  if (kind === "list") {
    return trimmed.split(";").map((one) => one.trim()).filter((one) => one);
  }
  if (trimmed === "") return undefined;
  if (kind === "number") {
    const number = Number(trimmed.replaceAll(",", ""));
    return Number.isNaN(number) ? trimmed : number;
  }
  if (kind === "boolean") {
    if (/^(1|true|はい|yes|on)$/i.test(trimmed)) return true;
    if (/^(0|false|いいえ|no)$/i.test(trimmed)) return false;
  }
  return trimmed;
}

/** A value as it stands in a file. */
export function toCell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(";");
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}
