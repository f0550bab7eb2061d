import {
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import type { Context } from "hono";
import type { Env } from "./identity/caller.ts";

/** The city whose dashboards an address asks for. Throws `ResourceNotFound`. */
export function askedCity(
  c: Context<Env>,
  municipalities: Municipalities,
): Municipality {
  const city = municipalities.get(c.req.param("code") ?? "");
  if (city !== undefined) return city;
  throw new Problem("ResourceNotFound", "There is no such dashboard");
}
