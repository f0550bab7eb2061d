import { absenceView, surveysView } from "./answers_view.ts";
import type { LiveView } from "./live_view.ts";
import { issuesView, mapView, needsView, queuesView } from "./places_view.ts";
import { eventsView, kpiView, servicesView } from "./services_view.ts";

/** Every view that is kept current at the broker. */
export const LIVE_VIEWS: readonly LiveView[] = [
  servicesView,
  eventsView,
  kpiView,
  queuesView,
  issuesView,
  mapView,
  needsView,
  surveysView,
  absenceView,
];
