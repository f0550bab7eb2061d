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

/**
 * Parses JSON text. Throws `InvalidRequest` without quoting it, and
 * `BadRequestData` for characters that no store keeps.
 */
export function parseJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Problem("InvalidRequest", "The body is not valid JSON");
  }
  // Such characters come escaped or not at all.
  if (text.includes("\\u")) refuseUnkeepable(parsed);
  return parsed;
}

/** Whether every store keeps a text as it is: U+0000 and halves of characters are lost. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function refuseUnkeepable(parsed: unknown): void {
  const left = [parsed];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === "string" && !isKeepable(one)) {
      throw new Problem("BadRequestData", "A text holds what is no character");
    }
    if (typeof one !== "object" || one === null) continue;
    for (const [name, inner] of Object.entries(one)) left.push(name, inner);
  }
}
