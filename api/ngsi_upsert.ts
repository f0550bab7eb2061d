import { Problem } from "@hiraku/kernel";
import {
  type Broker,
  type Contexts,
  type EntityDraft,
  readEntity,
  readId,
} from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import { z } from "zod";
import type { Env } from "./caller.ts";
import { input } from "./input.ts";
import { type NgsiBody, ngsiBody } from "./ngsi_media.ts";
import { Parameters } from "./ngsi_parameters.ts";
import { type ProblemDetails, problemDetails } from "./problem_response.ts";

const LARGEST_BATCH = 5000;
const Batch = z.array(z.looseObject({ id: z.string() })).min(1).max(
  LARGEST_BATCH,
);

interface EntityError {
  readonly entityId: string;
  readonly error: ProblemDetails;
}

/** Batch Entity Creation or Update, CIM 009 6.15.3.1. */
export async function upsertRoute(
  c: HonoContext<Env>,
  broker: Broker,
  contexts: Contexts,
): Promise<Response> {
  const options = new Parameters(c.req.url, ["options"]).list("options") ?? [];
  const [mode = "replace", ...more] = options;
  if ((mode !== "replace" && mode !== "update") || more.length > 0) {
    throw new Problem("BadRequestData", "Options are 'replace' or 'update'");
  }
  const body = await ngsiBody(c, contexts);
  const sent = input(Batch, body.sent);
  for (const { id } of sent) readId(id);

  const errors: EntityError[] = [];
  const drafts: EntityDraft[] = [];
  for (const one of sent) {
    const draft = await read(one, body);
    if (draft instanceof Problem) errors.push(failure(one.id, draft));
    else drafts.push(draft);
  }
  const created: string[] = [];
  const updated: string[] = [];
  const outcomes = await broker.upsert(drafts, mode);
  for (const [i, { id }] of drafts.entries()) {
    const outcome = outcomes[i];
    if (outcome === "created") created.push(id);
    else if (outcome === "changed") updated.push(id);
    else errors.push(failure(id, outcome));
  }
  if (errors.length > 0) {
    return c.json({ success: [...created, ...updated], errors }, 207);
  }
  return created.length > 0 ? c.json(created, 201) : c.body(null, 204);
}

async function read(
  sent: unknown,
  { namesFor }: NgsiBody,
): Promise<EntityDraft | Problem> {
  try {
    return readEntity(sent, await namesFor(sent));
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function failure(entityId: string, problem: unknown): EntityError {
  return { entityId, error: problemDetails(problem) };
}
