import type { Selectable } from "kysely";
import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import { Problem } from "../problem.ts";
import type { Language } from "../language.ts";
import type { DashboardTables } from "./dashboard_tables.ts";
import type { Control } from "./open.ts";

export interface NewSchedule {
  readonly municipality: string;
  readonly name: string;
  /** What is sent and when; its shape is the dashboards' own. */
  readonly plan: unknown;
  readonly mail: readonly string[];
  readonly webhook: string | null;
  readonly language: Language;
}

export interface ReportSchedule extends NewSchedule {
  readonly id: string;
  readonly paused: boolean;
  readonly createdAt: string;
}

export interface Delivery {
  readonly due: string;
  readonly state: "sending" | "sent" | "failed";
  readonly at: string;
  readonly detail: string | null;
}

const MOST_SCHEDULES = 200;

/** Keeps a schedule and answers its id. Throws `TooManyRequests` above two hundred a city. */
export async function addReportSchedule(
  control: Control,
  clock: Clock,
  by: string,
  schedule: NewSchedule,
): Promise<string> {
  const now = clock.now();
  const id = ulid(now.getTime());
  const standing = await reportSchedules(control, schedule.municipality);
  if (standing.length >= MOST_SCHEDULES) {
    throw new Problem("TooManyRequests", "There are two hundred already");
  }
  await control.insertInto("report_schedule").values({
    id,
    municipality: schedule.municipality,
    name: schedule.name,
    plan: JSON.stringify(schedule.plan),
    mail: JSON.stringify(schedule.mail),
    webhook: schedule.webhook,
    language: schedule.language,
    paused: 0,
    created_by: by,
    created_at: now.toISOString(),
    removed_at: null,
  }).execute();
  return id;
}

/** The schedules of a city that were not removed, the oldest first. */
export async function reportSchedules(
  control: Control,
  municipality: string,
): Promise<ReportSchedule[]> {
  const rows = await control.selectFrom("report_schedule").selectAll()
    .where("municipality", "=", municipality).where("removed_at", "is", null)
    .orderBy("id").execute();
  return rows.map(scheduleOf);
}

/** One schedule. Throws `ResourceNotFound` for one that is gone or of another city. */
export async function reportSchedule(
  control: Control,
  municipality: string,
  id: string,
): Promise<ReportSchedule> {
  const all = await reportSchedules(control, municipality);
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", "There is no such schedule");
}

export async function pauseReportSchedule(
  control: Control,
  id: string,
  paused: boolean,
): Promise<void> {
  await control.updateTable("report_schedule")
    .set({ paused: Number(paused) }).where("id", "=", id).execute();
}

export async function removeReportSchedule(
  control: Control,
  clock: Clock,
  id: string,
): Promise<void> {
  await control.updateTable("report_schedule")
    .set({ removed_at: clock.now().toISOString() }).where("id", "=", id)
    .execute();
}

const AGAIN_AFTER_MS = 600_000;

/**
 * Takes a delivery for one sender; false when it was taken before. One that
 * failed for certain can be taken again after ten minutes, one of which nobody
 * knows (`sending`) never.
 */
export async function claimDelivery(
  control: Control,
  clock: Clock,
  schedule: string,
  due: string,
): Promise<boolean> {
  const now = clock.now();
  const before = new Date(now.getTime() - AGAIN_AFTER_MS).toISOString();
  const at = now.toISOString();
  const taken = await control.insertInto("report_delivery")
    .values({ schedule, due, state: "sending", at, detail: null })
    .onConflict((conflict) =>
      conflict.columns(["schedule", "due"])
        .doUpdateSet({ state: "sending", at, detail: null })
        .where("report_delivery.state", "=", "failed")
        .where("report_delivery.at", "<", before)
    ).returning("due").executeTakeFirst();
  return taken !== undefined;
}

export async function finishDelivery(
  control: Control,
  clock: Clock,
  schedule: string,
  due: string,
  failure: string | null,
): Promise<void> {
  await control.updateTable("report_delivery").set({
    state: failure === null ? "sent" : "failed",
    at: clock.now().toISOString(),
    detail: failure,
  }).where("schedule", "=", schedule).where("due", "=", due).execute();
}

/** The newest deliveries of a schedule. */
export async function deliveriesOf(
  control: Control,
  schedule: string,
): Promise<Delivery[]> {
  return await control.selectFrom("report_delivery")
    .select(["due", "state", "at", "detail"])
    .where("schedule", "=", schedule).orderBy("at", "desc").limit(5).execute();
}

function scheduleOf(
  row: Selectable<DashboardTables["report_schedule"]>,
): ReportSchedule {
  return {
    id: row.id,
    municipality: row.municipality,
    name: row.name,
    plan: JSON.parse(row.plan),
    mail: JSON.parse(row.mail),
    webhook: row.webhook,
    language: row.language === "en" ? "en" : "ja",
    paused: row.paused === 1,
    createdAt: row.created_at,
  };
}
