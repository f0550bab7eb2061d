import { Problem } from "@hiraku/kernel";
import type { Hono } from "hono";
import type { Env } from "./caller.ts";
import { problemResponse } from "./problem_response.ts";

const ROOT = "/ngsi-ld/v1";

/** Operations of CIM 009 that this broker has not got yet, refused by their names. */
const NOT_IMPLEMENTED: readonly (readonly [string, string, string])[] = [
  ["PATCH", "/entities/:id", "Merge Entity"],
  ["PUT", "/entities/:id", "Replace Entity"],
  ["DELETE", "/entities", "Purge Entities"],
  ["PATCH", "/entities/:id/attrs/:attr", "Partial Attribute Update"],
  ["PUT", "/entities/:id/attrs/:attr", "Replace Attribute"],
  ["DELETE", "/entities/:id/attrs/:attr", "Delete Attribute"],
  ["POST", "/entityOperations/create", "Batch Entity Creation"],
  ["POST", "/entityOperations/update", "Batch Entity Update"],
  ["POST", "/entityOperations/delete", "Batch Entity Deletion"],
  ["POST", "/entityOperations/merge", "Batch Entity Merge"],
  ["POST", "/entityOperations/query", "Query Entities by POST"],
  ["ALL", "/types/*", "Entity Types"],
  ["ALL", "/attributes/*", "Attributes"],
  ["ALL", "/temporal/*", "Temporal Evolution of Entities"],
  ["ALL", "/subscriptions/*", "Subscriptions"],
  ["ALL", "/csourceRegistrations/*", "Context Source Registrations"],
  ["ALL", "/csourceSubscriptions/*", "Context Source Subscriptions"],
  ["ALL", "/jsonldContexts/*", "Stored JSON-LD Contexts"],
  ["ALL", "/entityMaps/*", "Entity Maps"],
  ["ALL", "/snapshots/*", "Snapshots"],
  ["ALL", "/info/*", "Context Source Identity"],
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ["/entities", "GET, POST"],
  ["/entities/:id", "GET, DELETE"],
  ["/entities/:id/attrs", "POST, PATCH"],
  ["/entityOperations/:operation", "POST"],
];

/** Adds an answer to every request that no route before has taken. */
export function refuseTheRest(app: Hono<Env>): void {
  for (const [method, path, operation] of NOT_IMPLEMENTED) {
    const refuse = () => {
      throw new Problem(
        "OperationNotSupported",
        `${operation} is not here yet`,
      );
    };
    if (method === "ALL") app.all(ROOT + path, refuse);
    else app.on(method, ROOT + path, refuse);
  }
  for (const [path, allow] of ALLOWED) {
    app.all(ROOT + path, () => {
      const problem = new Problem("MethodNotAllowed", `Allowed are ${allow}`);
      const response = problemResponse(problem);
      response.headers.set("Allow", allow);
      return response;
    });
  }
}
