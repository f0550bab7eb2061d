import type { Metric } from "../metric.ts";
import { communityMetrics } from "./community.ts";
import { disasterMetrics } from "./disaster.ts";
import { kpiMetrics } from "./kpi.ts";
import { noticeMetrics } from "./notices.ts";
import { officeMetrics } from "./offices.ts";
import { registrationMetrics } from "./registration.ts";
import { serviceMetrics } from "./services.ts";
import { useMetrics } from "./use.ts";
import { voiceMetrics } from "./voices.ts";

/** Every metric, from which pages, files and answers are made. */
export const METRICS: readonly Metric[] = [
  ...registrationMetrics,
  ...useMetrics,
  ...noticeMetrics,
  ...disasterMetrics,
  ...communityMetrics,
  ...serviceMetrics,
  ...officeMetrics,
  ...voiceMetrics,
  ...kpiMetrics,
];
