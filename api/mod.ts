export { createApp, type Parts } from "./app.ts";
export { type Collector, openCollector } from "./collector.ts";
export { type Receipt } from "./event_sorting.ts";
export { type Caller, type Env, PUBLIC } from "./identity/caller.ts";
export { dashboardRoutes } from "./dashboard_routes.tsx";
export { embedRoutes } from "./embed_routes.tsx";
export { audienceRoutes } from "./audience_routes.ts";
export { access } from "./access.ts";
export { problemResponse } from "./problem_response.ts";
