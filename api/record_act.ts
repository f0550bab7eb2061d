import type { Clock } from "@hiraku/kernel";
import { audit, type Control } from "@hiraku/kernel/control";
import type { Context } from "hono";
import { callerOf, type Env } from "./identity/caller.ts";

/** Keeps what the caller of a request did in a city, for its audit pages. */
export async function recordAct(
  { control, clock }: { readonly control: Control; readonly clock: Clock },
  c: Context<Env>,
  { code }: { readonly code: string },
  action: string,
  object: string,
): Promise<void> {
  const caller = callerOf(c).id;
  await audit(control, clock, { caller, municipality: code, action, object });
}
