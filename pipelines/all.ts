import { publishAiGuide } from "./tallies/ai_guide.ts";
import { publishAppUse } from "./tallies/app_use.ts";
import { publishCityServices } from "./tallies/city_services.ts";
import { publishCommunityActivity } from "./tallies/community_activity.ts";
import { publishConsentStatus } from "./tallies/consent_status.ts";
import { publishCounterQueues } from "./counter_queues.ts";
import { publishEventAttendance } from "./tallies/event_attendance.ts";
import { publishIssueReports } from "./issue_reports.ts";
import { publishKpi } from "./kpi.ts";
import { publishPoints } from "./tallies/points.ts";
import { publishSchoolAbsence } from "./absence/school_absence.ts";
import { publishServiceCatalogue } from "./service_catalogue.ts";
import { publishShelterRecord } from "./tallies/shelter_record.ts";
import { publishSupport } from "./tallies/support.ts";
import { publishSurveyResults } from "./survey_results.ts";
import { publishCosts } from "./costs.ts";
import { publishEnvironment } from "./environment.ts";
import { publishLogicModel } from "./logic_model.ts";
import { publishRanking } from "./miniapp_ranking.ts";
import { publishMiniappUsage } from "./miniapp_usage.ts";
import type { Pipeline } from "./pipeline.ts";
import { publishPopulation } from "./population.ts";
import { publishRegistrants } from "./registrants.ts";
import { publishContentUse } from "./tallies/content_use.ts";
import { publishCredentials } from "./tallies/credentials.ts";
import { publishMessages } from "./tallies/messages.ts";
import { freezeUseCube } from "./use_cube.ts";
import { publishRetention } from "./tallies/retention.ts";
import { publishRegistration } from "./tallies/registration.ts";

/** Every pipeline, in the order in which one day's are run. */
export const PIPELINES: readonly Pipeline[] = [
  publishRegistrants,
  publishMiniappUsage,
  publishRanking,
  publishPopulation,
  publishRegistration,
  publishCredentials,
  publishMessages,
  publishContentUse,
  publishAiGuide,
  publishAppUse,
  publishCityServices,
  publishCommunityActivity,
  publishConsentStatus,
  publishCounterQueues,
  publishEnvironment,
  publishEventAttendance,
  publishIssueReports,
  publishKpi,
  publishPoints,
  publishRetention,
  publishSchoolAbsence,
  publishServiceCatalogue,
  publishShelterRecord,
  publishSupport,
  publishSurveyResults,
  publishCosts,
  // Of what the others have published.
  publishLogicModel,
  freezeUseCube,
];
