import type { Dataset } from "../dataset.ts";
import { aiGuide } from "./ai_guide.ts";
import { appUse } from "./app_use.ts";
import { cityServices } from "./city_services.ts";
import { communityActivity } from "./community_activity.ts";
import { consentStatus } from "./consent_status.ts";
import { costsShared } from "./costs_shared.ts";
import { counterQueues } from "./counter_queues.ts";
import { environment } from "./environment.ts";
import { eventAttendance } from "./event_attendance.ts";
import { issueReports } from "./issue_reports.ts";
import { kpi } from "./kpi.ts";
import { pointsDataset } from "./points.ts";
import { retention } from "./retention.ts";
import { schoolAbsence } from "./school_absence.ts";
import { serviceCatalogue } from "./service_catalogue.ts";
import { shelterRecord } from "./shelter_record.ts";
import { support } from "./support.ts";
import { surveyResults } from "./survey_results.ts";
import { contentUse } from "./content_use.ts";
import { credentials } from "./credentials.ts";
import { logicModel } from "./logic_model.ts";
import { messages } from "./messages.ts";
import { miniappRanking } from "./miniapp_ranking.ts";
import { miniappUsage } from "./miniapp_usage.ts";
import { population } from "./population.ts";
import { registrantsDataset } from "./registrants.ts";
import { registration } from "./registration.ts";

/** Every dataset a city may publish, in the order of the public list. */
export const DATASETS: readonly Dataset[] = [
  miniappUsage,
  registrantsDataset,
  miniappRanking,
  population,
  registration,
  credentials,
  messages,
  contentUse,
  aiGuide,
  appUse,
  cityServices,
  communityActivity,
  consentStatus,
  costsShared,
  counterQueues,
  environment,
  eventAttendance,
  issueReports,
  kpi,
  pointsDataset,
  retention,
  schoolAbsence,
  serviceCatalogue,
  shelterRecord,
  support,
  surveyResults,
  logicModel,
];
