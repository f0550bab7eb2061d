import { Problem } from "@hiraku/kernel";
import { checkDepth } from "../entity/value.ts";
import { CONTEXTS_PATH } from "./hosted_context.ts";

type Part = string | Record<string, unknown>;
export type Reference = Part | Part[];

/** The same id for the same context, so that it is stored once. */
export async function idFor(text: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return new Uint8Array(digest).toHex().slice(0, 32);
}

/** A `@context` as sent, flat, its own addresses made whole. Throws `BadRequestData`. */
export function checkedForm(context: unknown, origin: string): Reference {
  checkDepth(context, "@context");
  const parts = [context].flat(Infinity).map((part: unknown) =>
    typeof part === "string" && part.startsWith(CONTEXTS_PATH)
      ? origin + part
      : part
  );
  const [first, ...more] = parts;
  if (first === undefined || !parts.every(isPart)) throw invalidForm();
  return more.length === 0 ? first as Part : parts as Part[];
}

function isPart(part: unknown): part is Part {
  return typeof part === "string"
    ? URL.canParse(part)
    : typeof part === "object" && part !== null;
}

export function invalidForm(): Problem {
  return new Problem("BadRequestData", "The @context has no valid form");
}
