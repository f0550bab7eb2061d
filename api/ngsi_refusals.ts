import { Problem, type ProblemKind } from "@hiraku/kernel";
import { Hono } from "hono";
import { acceptedType } from "./accepted_type.ts";
import type { Env } from "./identity/caller.ts";
import { routedPath } from "./ngsi_binding.ts";
import { problemResponse } from "./problem_response.ts";

const ROOT = "/ngsi-ld/v1";
const TEMPORAL = `${ROOT}/temporal/entities`;
const GAP = "The path has a gap";

/** Operations of CIM 009 that this broker has not got yet, refused by their names. */
const NOT_IMPLEMENTED: readonly (readonly [string, string])[] = [
  ["/csourceRegistrations/*", "Context Source Registrations"],
  ["/csourceSubscriptions/*", "Context Source Subscriptions"],
  ["/entityMaps/*", "Entity Maps"],
  ["/snapshots/*", "Snapshots"],
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

const refusals = newRefusals();

/**
 * Adds an answer to every request that no route before has taken. What it takes
 * to tell why is kept from the routes, which are found sooner without it.
 */
export function refuseTheRest(app: Hono<Env>): void {
  app.all(`${ROOT}/*`, (c) => refusals.fetch(c.req.raw));
}

function newRefusals(): Hono {
  const app = new Hono({ getPath: routedPath });
  app.onError((error) => {
    throw error;
  });
  app.notFound(() => {
    throw new Problem("ResourceNotFound", "There is nothing here");
  });
  for (const [path, operation] of NOT_IMPLEMENTED) {
    app.all(ROOT + path, (c) => {
      if (c.req.method === "GET") acceptedType(c.req.header("Accept"));
      throw new Problem(
        "OperationNotSupported",
        `${operation} are not here yet`,
      );
    });
  }
  refuseGaps(app);
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
  return app;
}

/** Paths in which an id or a name is missing. */
function refuseGaps(app: Hono): void {
  const refuse = (kind: ProblemKind, message: string) => () => {
    throw new Problem(kind, message);
  };
  const withoutId = refuse("BadRequestData", "The path has no entity id");
  app.all(`${ROOT}/entities//*`, withoutId);
  app.on(["PUT", "PATCH"], `${ROOT}/entities`, withoutId);
  const instance = `${TEMPORAL}/:id/attrs//:instance`;
  app.patch(instance, refuse("MethodNotAllowed", GAP));
  for (const path of [`${TEMPORAL}//*`, instance]) {
    app.all(path, refuse("BadRequestData", GAP));
  }
}
