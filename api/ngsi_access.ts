import type { Broker, EntityOperations, Evolutions } from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import type { Env } from "./identity/caller.ts";

/** The broker that a request is for, and who may do what there. */
export interface Access {
  broker(c: HonoContext<Env>): Broker;
  /** Throws unless the caller may write there. */
  operations(c: HonoContext<Env>): EntityOperations;
  /** Likewise for what was. */
  evolutions(c: HonoContext<Env>): Evolutions;
}
