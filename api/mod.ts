export { isEntityTypePattern } from "./writable_entities.ts";
export { createApp, type Parts } from "./app.ts";
export { type Collector, openCollector } from "./collector.ts";
export { type Receipt } from "./event_sorting.ts";
export { type Caller, type Env, PUBLIC } from "./caller.ts";
export {
  createAccount,
  disableAccount,
  listAccounts,
  type ListedAccount,
  type RoleGrant,
} from "./identity/account.ts";
export {
  createKey,
  type KeyGrant,
  type ListedKey,
  listKeys,
  revokeKey,
} from "./identity/api_key.ts";
export { dashboardRoutes } from "./dashboard_routes.tsx";
export { audienceRoutes } from "./audience_routes.ts";
export { access } from "./access.ts";
export { problemResponse } from "./problem_response.ts";
