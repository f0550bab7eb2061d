import { Problem } from "@hiraku/kernel";
import {
  type BatchOutcome,
  type EntityDraft,
  type Names,
  type ReadEntities,
  readEntity,
  readFragment,
  readId,
  readPatch,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import { knownParameters, optionOf } from "./known_parameters.ts";
import { isPlainJson, type NgsiBody, ngsiBody } from "./ngsi_body.ts";
import { type ProblemDetails, problemDetails } from "./problem_response.ts";

type C = HonoContext<Env>;

interface EntityError {
  readonly entityId: string;
  readonly error: ProblemDetails;
}
/** What of a batch could be read, and what could not. */
interface Batch<Read> {
  readonly ids: readonly string[];
  readonly read: readonly Read[];
  readonly errors: readonly EntityError[];
}

const PATH = "/ngsi-ld/v1/entityOperations";
const LARGEST_BATCH = 10_000;
/** A smaller body is read sooner than it is handed over. */
const FOR_A_THREAD = 64 * 1024;

/** The HTTP binding of CIM 009 6.14 to 6.17 and 6.31. */
export function addBatchRoutes(app: Hono<Env>, access: Access): void {
  const bodyOf = (c: C) => ngsiBody(c, access.broker(c).contexts);
  const readEntities = async (c: C) => {
    const large = Number(c.req.header("Content-Length")) >= FOR_A_THREAD;
    if (!large || !isPlainJson(c)) {
      return readBatch(await bodyOf(c), readEntity);
    }
    const broker = access.broker(c);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const read = await broker.readEntities(bytes);
    if ("drafts" in read) return readBeside(read);
    const text = new TextDecoder().decode(read);
    return readBatch(await ngsiBody(c, broker.contexts, text), readEntity);
  };

  // CIM 009 6.14.3.1
  app.post(`${PATH}/create`, async (c) => {
    const operations = access.operations(c);
    knownParameters(c.req.url);
    const batch = await readEntities(c);
    return answer(c, batch, await operations.createAll(batch.read));
  });

  // CIM 009 6.15.3.1
  app.post(`${PATH}/upsert`, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["options"]);
    const mode = optionOf(parameters, ["replace", "update"]) ?? "replace";
    const batch = await readEntities(c);
    return answer(c, batch, await operations.upsert(batch.read, mode));
  });

  // CIM 009 6.16.3.1
  app.post(`${PATH}/update`, async (c) => {
    const operations = access.operations(c);
    const parameters = knownParameters(c.req.url, ["options"]);
    const overwrite = optionOf(parameters, ["noOverwrite"]) === undefined;
    const batch = await readBatch(await bodyOf(c), (sent, names, id) => ({
      id,
      sent: readFragment(sent, names),
    }));
    return answer(c, batch, await operations.updateAll(batch.read, overwrite));
  });

  // CIM 009 6.31.3.1
  app.post(`${PATH}/merge`, async (c) => {
    const operations = access.operations(c);
    knownParameters(c.req.url);
    const batch = await readBatch(await bodyOf(c), (sent, names, id) => ({
      id,
      sent: readPatch(sent, names),
    }));
    return answer(c, batch, await operations.mergeAll(batch.read));
  });

  // CIM 009 6.17.3.1
  app.post(`${PATH}/delete`, async (c) => {
    const operations = access.operations(c);
    knownParameters(c.req.url);
    const { sent } = await bodyOf(c);
    const ids = elements(sent).map(readId);
    const batch = { ids, read: ids, errors: [] };
    return answer(c, batch, await operations.deleteAll(ids));
  });
}

function readBeside({ drafts, refused }: ReadEntities): Batch<EntityDraft> {
  refuseMany(drafts.length + refused.length);
  return {
    ids: drafts.map(({ id }) => id),
    read: drafts,
    errors: refused.map(({ id, why }) => ({
      entityId: id,
      error: problemDetails(why),
    })),
  };
}

async function readBatch<Read>(
  { sent, namesFor }: NgsiBody,
  read: (sent: unknown, names: Names, id: string) => Read,
): Promise<Batch<Read>> {
  const all = elements(sent);
  const ids = all.map(idIn);
  const good: string[] = [];
  const drafts: Read[] = [];
  const errors: EntityError[] = [];
  let context: unknown = NO_CONTEXT;
  let names: Names | undefined;
  for (const [i, one] of all.entries()) {
    const id = ids[i] ?? "";
    try {
      const own = (one as Record<string, unknown>)["@context"];
      if (names === undefined || own !== context) {
        names = await namesFor(one);
        context = own;
      }
      drafts.push(read(one, names, id));
      good.push(id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.push({ entityId: id, error: problemDetails(error) });
    }
  }
  return { ids: good, read: drafts, errors };
}

const NO_CONTEXT = Symbol("no context yet");

function elements(sent: unknown): readonly unknown[] {
  if (!Array.isArray(sent) || sent.length === 0) {
    throw new Problem("BadRequestData", "The body is not a list with elements");
  }
  refuseMany(sent.length);
  return sent;
}

function refuseMany(elements: number): void {
  if (elements <= LARGEST_BATCH) return;
  throw new Problem("BadRequestData", `At most ${LARGEST_BATCH} elements`);
}

function idIn(one: unknown): string {
  if (typeof one !== "object" || one === null) {
    throw new Problem("BadRequestData", "An element is not an object");
  }
  return readId("id" in one ? one.id : undefined);
}

/** What went wrong with which elements, CIM 009 5.2.17. */
export function batchErrors(
  ids: readonly string[],
  outcomes: readonly BatchOutcome[],
): EntityError[] {
  return outcomes.flatMap((outcome, i) =>
    outcome instanceof Problem
      ? [{ entityId: ids[i] ?? "", error: problemDetails(outcome) }]
      : []
  );
}

// CIM 009 5.2.16
function answer(
  c: C,
  { ids, errors: unread }: Batch<unknown>,
  outcomes: readonly BatchOutcome[],
): Response {
  const created: string[] = [];
  const changed: string[] = [];
  const errors = [...unread, ...batchErrors(ids, outcomes)];
  for (const [i, outcome] of outcomes.entries()) {
    const id = ids[i] ?? "";
    if (outcome === "created") created.push(id);
    else if (outcome === "changed") changed.push(id);
  }
  if (errors.length > 0) {
    const success = [...new Set([...created, ...changed])];
    return c.json({ success, errors }, 207);
  }
  return created.length > 0 ? c.json(created, 201) : c.body(null, 204);
}
