import { Problem } from "@hiraku/kernel";
import type { z } from "zod";

/** Turns what a client sent into a value the city trusts; names the field, never the value. */
export function input<S extends z.ZodType>(
  schema: S,
  sent: unknown,
): z.infer<S> {
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) =>
    `${issue.path.join(".") || "(whole)"}: ${issue.code}`
  );
  throw new Problem("BadRequestData", `Does not fit: ${fields.join("; ")}`);
}

/** Parses JSON text and then the schema. */
export function jsonInput<S extends z.ZodType>(
  schema: S,
  text: string,
): z.infer<S> {
  return input(schema, parseJson(text));
}

/** Parses JSON text, or throws `InvalidRequest` without quoting it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("InvalidRequest", "The body is not valid JSON");
  }
}
