import { Problem } from "@hiraku/kernel";
import type { Command } from "@hiraku/kernel/control";
import { z } from "zod";

/** What a command was given. Throws `BadRequestData`, which names the field. */
export function argumentsOf<S extends z.ZodType>(
  schema: S,
  { arguments: given }: Pick<Command, "arguments">,
): z.infer<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem("BadRequestData", z.prettifyError(parsed.error));
}
