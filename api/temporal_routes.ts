import { Problem } from "@hiraku/kernel";
import {
  type EvolutionAnswer,
  type EvolutionRequest,
  type Names,
  queryEvolutions,
  readAttributeInstance,
  readEvolution,
  readEvolutionFragment,
  readEvolutionQuery,
  readId,
  readRetrieval,
  renderAggregated,
  renderEvolution,
  renderTemporalValues,
  retrieveEvolution,
  selectorOf,
  type TemporalAsked,
} from "@hiraku/ngsi";
import type { Context as HonoContext, Hono } from "hono";
import type { Env } from "./identity/caller.ts";
import type { Access } from "./ngsi_access.ts";
import {
  flag,
  type KnownParameters,
  knownParameters,
} from "./known_parameters.ts";
import { ngsiBody, ngsiNames } from "./ngsi_body.ts";
import { ngsiAnswer } from "./ngsi_media.ts";
import { addPageLinks } from "./page_links.ts";
import { pageOf } from "./page_request.ts";
import { sentByPost, temporalSent } from "./temporal_parameters.ts";

type C = HonoContext<Env>;

const PATH = "/ngsi-ld/v1/temporal/entities";

/** The HTTP binding of CIM 009 6.18 to 6.22 and 6.24. */
export function addTemporalRoutes(app: Hono<Env>, access: Access): void {
  const readable = (c: C) => access.broker(c);
  const bodyOf = (c: C) => ngsiBody(c, access.broker(c).contexts);
  const namesOf = (c: C) => ngsiNames(c, access.broker(c).contexts);

  // CIM 009 6.18.3.1
  app.post(PATH, async (c) => {
    const evolutions = access.evolutions(c);
    knownParameters(c.req.url);
    const { sent, namesFor } = await bodyOf(c);
    const draft = readEvolution(sent, await namesFor(sent));
    if (await evolutions.upsert(draft) === "updated") return c.body(null, 204);
    const location = `${PATH}/${
      encodeURIComponent(draft.id).replaceAll("%3A", ":")
    }`;
    return c.body(null, 201, { Location: location });
  });

  // CIM 009 6.18.3.2
  app.get(PATH, async (c) => {
    const { history } = readable(c);
    const names = await namesOf(c);
    const sent = temporalSent(c.req.url, "query");
    const page = pageOf(sent);
    const asked = readEvolutionQuery(sent, undefined, page, names);
    const answer = await queryEvolutions(history, asked.request);
    addPageLinks(c, page, answer.more);
    return answerEvolutions(c, asked, answer, names);
  });

  // CIM 009 6.24.3.1
  app.post("/ngsi-ld/v1/temporal/entityOperations/query", async (c) => {
    const { history } = readable(c);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const parameters = temporalSent(c.req.url, "post");
    const { members, selectors } = sentByPost(sent);
    const page = pageOf(parameters);
    const asked = readEvolutionQuery(
      { ...members, ...parameters },
      selectors.flatMap((one) => selectorOf(one, names)),
      page,
      names,
    );
    const answer = await queryEvolutions(history, asked.request);
    addPageLinks(c, page, answer.more);
    return answerEvolutions(c, asked, answer, names);
  });

  // CIM 009 6.19.3.1
  app.get(`${PATH}/:id`, async (c) => {
    const { history } = readable(c);
    const names = await namesOf(c);
    const id = readId(c.req.param("id"));
    const asked = readRetrieval(temporalSent(c.req.url, "retrieval"), names);
    const answer = await retrieveEvolution(history, id, asked.request);
    const [only = {}] = rendered(asked, answer, names);
    if (Object.keys(only).length === 0) {
      throw new Problem("ResourceNotFound", "Nothing is left of the entity");
    }
    addRange(c, answer);
    return ngsiAnswer(c, only, names, statusOf(answer));
  });

  // CIM 009 6.19.3.2
  app.delete(`${PATH}/:id`, async (c) => {
    const evolutions = access.evolutions(c);
    knownParameters(c.req.url);
    await evolutions.delete(readId(c.req.param("id")));
    return c.body(null, 204);
  });

  // CIM 009 6.20.3.1
  app.post(`${PATH}/:id/attrs`, async (c) => {
    const evolutions = access.evolutions(c);
    knownParameters(c.req.url);
    const id = readId(c.req.param("id"));
    const { sent, namesFor } = await bodyOf(c);
    const fragment = readEvolutionFragment(sent, await namesFor(sent));
    await evolutions.addAttributes(id, fragment);
    return c.body(null, 204);
  });

  // CIM 009 6.21.3.1
  app.delete(`${PATH}/:id/attrs/:attr`, async (c) => {
    const evolutions = access.evolutions(c);
    const parameters = knownParameters(c.req.url, ["datasetId", "deleteAll"]);
    const names = await namesOf(c);
    const id = readId(c.req.param("id"));
    await evolutions.deleteAttribute(id, names.expand(c.req.param("attr")), {
      deleteAll: flag(parameters, "deleteAll"),
      ...dataset(parameters),
    });
    return c.body(null, 204);
  });

  // CIM 009 6.22.3.1
  app.patch(`${PATH}/:id/attrs/:attr/:instance`, async (c) => {
    const evolutions = access.evolutions(c);
    knownParameters(c.req.url);
    const { id, attr, instance } = c.req.param();
    readId(id);
    const { sent, namesFor } = await bodyOf(c);
    const names = await namesFor(sent);
    const iri = names.expand(attr);
    const draft = readAttributeInstance(sent, iri, names);
    await evolutions.modifyInstance(id, iri, instance, draft);
    return c.body(null, 204);
  });

  // CIM 009 6.22.3.2
  app.delete(`${PATH}/:id/attrs/:attr/:instance`, async (c) => {
    const evolutions = access.evolutions(c);
    knownParameters(c.req.url);
    const names = await namesOf(c);
    const { id, attr, instance } = c.req.param();
    await evolutions.deleteInstance(readId(id), names.expand(attr), instance);
    return c.body(null, 204);
  });

  refuseGaps(app);
}

/** Paths in which a name is missing. */
function refuseGaps(app: Hono<Env>): void {
  app.patch(`${PATH}/:id/attrs//:instance`, () => {
    throw new Problem("MethodNotAllowed", "The path has a gap");
  });
  for (const path of [`${PATH}//*`, `${PATH}/:id/attrs//:instance`]) {
    app.all(path, () => {
      throw new Problem("BadRequestData", "The path has a gap");
    });
  }
}

function dataset(parameters: KnownParameters): { datasetId?: string } {
  const sent = parameters.get("datasetId");
  if (sent === undefined) return {};
  return { datasetId: sent === "@none" ? sent : readId(sent) };
}

function answerEvolutions(
  c: C,
  asked: TemporalAsked<EvolutionRequest>,
  answer: EvolutionAnswer,
  names: Names,
): Promise<Response> {
  if (answer.total !== undefined) {
    c.header("NGSILD-Results-Count", String(answer.total));
  }
  addRange(c, answer);
  return ngsiAnswer(c, rendered(asked, answer, names), names, statusOf(answer));
}

function rendered(
  { view, form, request }: TemporalAsked<EvolutionRequest>,
  { evolutions, aggregates }: EvolutionAnswer,
  names: Names,
): Record<string, unknown>[] {
  return evolutions.map((one) => {
    switch (form) {
      case "normalized":
        return renderEvolution(one, view, names);
      case "temporalValues": {
        const { timeproperty } = request.selection.query;
        return renderTemporalValues(one, timeproperty, view, names);
      }
      case "aggregatedValues":
        return renderAggregated(
          one,
          aggregates?.get(one.id) ?? [],
          view,
          names,
        );
    }
  });
}

function statusOf({ partial }: EvolutionAnswer): 200 | 206 {
  return partial === undefined ? 200 : 206;
}

/**
 * CIM 009 6.3.10. The unit has the name that earlier versions and the
 * conformance suite give it.
 */
function addRange(c: C, { partial }: EvolutionAnswer): void {
  if (partial === undefined) return;
  const { start, end, size = "*" } = partial;
  c.header("Content-Range", `date-time ${start}-${end}/${size}`);
}
