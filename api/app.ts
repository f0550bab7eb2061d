import type { Clock, Config, Layout, Municipalities } from "@hiraku/kernel";
import { describeError, type Log, Problem } from "@hiraku/kernel";
import { audit, type Control, openDownloads } from "@hiraku/kernel/control";
import type { Brokers, LinkStores } from "@hiraku/ngsi";
import {
  type MadeScripts,
  noScripts,
  openShelf as openFigures,
} from "@hiraku/dashboards";
import { openShelf, searchElsewhere } from "@hiraku/opendata";
import { Hono } from "hono";
import { access } from "./access.ts";
import { accountRoutes } from "./account_routes.tsx";
import { audienceRoutes } from "./audience_routes.ts";
import { apiGuide } from "./api_guide.tsx";
import { auditPages } from "./audit_pages.tsx";
import { assetRoutes } from "./assets.ts";
import type { Env } from "./identity/caller.ts";
import { catalogueRoutes } from "./catalogue_routes.ts";
import { ckanRoutes } from "./ckan_routes.ts";
import type { Collector } from "./collector.ts";
import { cutPages } from "./cut_pages.tsx";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import { deadLetterRoutes } from "./dead_letter_routes.ts";
import { embedRoutes } from "./embed_routes.tsx";
import { entityRoutes } from "./entity_routes.ts";
import { mayWrite } from "./writable_entities.ts";
import { eventPages } from "./event_pages.tsx";
import { eventRoutes } from "./event_routes.ts";
import { fileRoutes } from "./file_routes.ts";
import { logicPages } from "./logic_pages.tsx";
import { linkPages } from "./link_pages.tsx";
import { linkRoutes } from "./link_routes.ts";
import { isOfBinding, routedPath } from "./ngsi_binding.ts";
import { notificationStream } from "./notification_stream.ts";
import { openapiRoute } from "./openapi_route.ts";
import { operationsRoutes } from "./operations_routes.tsx";
import { opendataFiles } from "./opendata_files.ts";
import { opendataRoutes } from "./opendata_routes.tsx";
import { pipelinePages } from "./pipeline_pages.tsx";
import { queryRoutes } from "./query_routes.ts";
import { releasePages } from "./release_pages.tsx";
import { registerPages } from "./register_pages.tsx";
import { reportPages } from "./report_pages.tsx";
import { savedQueryRoutes } from "./saved_query_routes.tsx";
import { sheetPages } from "./sheet_pages.tsx";
import { type Answer, withQuickAnswers } from "./quick_answers.ts";
import { withQuickFiles } from "./quick_files.ts";
import { viewAsPages, viewingBanner } from "./view_as_pages.tsx";
import { outlinePages } from "./outline_pages.tsx";
import { lettersAhead } from "./fonts.ts";
import { packedPages } from "./packed_pages.ts";
import { pageHeaders } from "./page_headers.ts";
import { problemAnswer } from "./problem_page.tsx";

/** What the HTTP side of the platform is made of. */
export interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  readonly layout: Layout;
  readonly origin: string;
  readonly municipalities: Municipalities;
  readonly control: Control;
  readonly collector: Collector;
  readonly brokers: Brokers;
  readonly links: LinkStores;
  /** Who may send files of a municipality. */
  readonly senders: Config["senders"];
  /** Hosts that reports may be posted to. */
  readonly webhookHosts?: readonly string[];
  /** Scripts that make pages quicker; they work without them. */
  readonly scripts?: MadeScripts;
  /** Origins whose pages may show figures in frames. */
  readonly embedIn?: readonly string[];
}

/** All HTTP of the platform. Every route sees a caller; every error has one answer. */
export function createApp(parts: Parts): Answer {
  const { clock, control, log, origin } = parts;
  const openTenants = parts.brokers.open;
  const newApp = () => {
    const app = new Hono<Env>({ getPath: routedPath });
    app.onError((error, c) => {
      if (!(error instanceof Problem)) {
        log.error("A request failed", { error: describeError(error) });
      }
      return problemAnswer(c.req.raw, error);
    });
    app.notFound((c) =>
      problemAnswer(
        c.req.raw,
        new Problem("ResourceNotFound", "There is nothing here"),
      )
    );
    return app;
  };
  const known = access({ control, clock, origin, openTenants });
  const app = newApp();
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.use(packedPages());
  app.use(lettersAhead());
  const { scripts = noScripts, embedIn = [] } = parts;
  const figures = { shelf: openFigures(parts.layout, clock), scripts };
  app.route("/", embedRoutes({ ...parts, ...figures, ancestors: embedIn }));
  app.use(known);
  app.route("/api/v1/events", eventRoutes(parts.collector));
  app.route("/api/v1/files", fileRoutes(parts));
  app.route("/", queryRoutes(parts));
  app.route("/", audienceRoutes(parts));
  app.route("/", openapiRoute(origin));
  const open = {
    origin,
    shelf: openShelf(parts),
    downloads: openDownloads(control, clock),
  };
  app.route("/", ckanRoutes(open));
  app.route("/", apiGuide(open));
  app.route("/", deadLetterRoutes(parts.brokers));
  app.route("/", linkRoutes(parts));
  app.route(
    "/",
    notificationStream({
      brokers: parts.brokers,
      audit: (entry) => audit(control, clock, entry),
    }),
  );
  // Pages; data above have no use for most of it.
  app.use(pageHeaders(origin));
  app.use(viewingBanner());
  app.route("/", assetRoutes(scripts, parts.municipalities));
  app.route("/", viewAsPages(parts));
  app.route("/", auditPages(parts));
  app.route("/", accountRoutes(parts));
  app.route("/", operationsRoutes(parts));
  app.route("/", linkPages(parts));
  app.route("/", registerPages(parts));
  app.route("/", logicPages({ ...parts, shelf: figures.shelf }));
  app.route("/", outlinePages(parts));
  app.route("/", cutPages(parts));
  app.route("/", reportPages(parts));
  app.route("/", pipelinePages(parts));
  app.route("/", releasePages(parts));
  app.route("/", eventPages(origin));
  app.route("/", sheetPages({ ...parts, ...open }));
  app.route("/", catalogueRoutes(open));
  app.route(
    "/",
    opendataRoutes({
      ...parts,
      ...open,
      elsewhere: searchElsewhere(parts.layout),
    }),
  );
  app.route("/", opendataFiles(open));
  app.route("/", savedQueryRoutes(parts));
  app.route("/", dashboardRoutes({ ...parts, ...figures }));

  // On their own, as looking through all routes costs as much as many an answer.
  const entities = newApp();
  entities.route(
    "/",
    entityRoutes({
      access: known,
      clock,
      brokers: parts.brokers,
      origin,
      audit: (entry) => audit(control, clock, entry),
      mayWrite,
    }),
  );
  const entityAnswer = withQuickAnswers(entities, parts);
  const otherAnswer = withQuickFiles((request) => app.fetch(request), {
    clock,
    downloads: open.downloads,
  });
  return (request) =>
    isOfBinding(request) ? entityAnswer(request) : otherAnswer(request);
}
