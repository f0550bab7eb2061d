import { Problem } from "@hiraku/kernel";
import type { Context as HonoContext, Hono } from "hono";
import { acceptedType } from "./accepted_type.ts";
import type { Env } from "./identity/caller.ts";
import { problemResponse } from "./problem_response.ts";

const ROOT = "/ngsi-ld/v1";

/** Operations of CIM 009 that this broker has not got yet, refused by their names. */
const NOT_IMPLEMENTED: readonly (readonly [string, string, string])[] = [
  ["ALL", "/csourceRegistrations/*", "Context Source Registrations"],
  ["ALL", "/csourceSubscriptions/*", "Context Source Subscriptions"],
  ["ALL", "/entityMaps/*", "Entity Maps"],
  ["ALL", "/snapshots/*", "Snapshots"],
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ["/subscriptions", "GET, POST"],
  ["/subscriptions/:id", "GET, PATCH, DELETE"],
  ["/entities", "GET, POST, DELETE"],
  ["/entities/:id", "GET, PUT, PATCH, DELETE"],
  ["/entities/:id/attrs", "POST, PATCH"],
  ["/entities/:id/attrs/:attribute", "PUT, PATCH, DELETE"],
  ["/jsonldContexts", "GET, POST"],
  ["/jsonldContexts/:id", "GET, DELETE"],
  ["/entityOperations/:operation", "POST"],
  ["/types", "GET"],
  ["/types/:type", "GET"],
  ["/attributes", "GET"],
  ["/attributes/:attribute", "GET"],
  ["/info/sourceIdentity", "GET"],
  ["/temporal/entities", "GET, POST"],
  ["/temporal/entities/:id", "GET, DELETE"],
  ["/temporal/entities/:id/attrs", "POST"],
  ["/temporal/entities/:id/attrs/:attribute", "DELETE"],
  ["/temporal/entities/:id/attrs/:attribute/:instance", "PATCH, DELETE"],
  ["/temporal/entityOperations/query", "POST"],
];

/** Adds an answer to every request that no route before has taken. */
export function refuseTheRest(app: Hono<Env>): void {
  for (const [method, path, operation] of NOT_IMPLEMENTED) {
    const refuse = (c: HonoContext<Env>) => {
      if (c.req.method === "GET") acceptedType(c.req.header("Accept"));
      throw new Problem(
        "OperationNotSupported",
        `${operation} is not here yet`,
      );
    };
    if (method === "ALL") app.all(ROOT + path, refuse);
    else app.on(method, ROOT + path, refuse);
  }
  const withoutId = () => {
    throw new Problem("BadRequestData", "The path has no entity id");
  };
  app.all(`${ROOT}/entities//*`, withoutId);
  app.on(["PUT", "PATCH"], `${ROOT}/entities`, withoutId);
  for (const [path, allow] of ALLOWED) {
    app.all(ROOT + path, (c) => {
      if (c.req.method === "OPTIONS") {
        return c.body(null, 204, { Allow: allow });
      }
      const problem = new Problem("MethodNotAllowed", `Allowed are ${allow}`);
      const response = problemResponse(problem);
      response.headers.set("Allow", allow);
      return response;
    });
  }
}
