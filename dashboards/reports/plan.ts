import { addDays, cityDay, Problem } from "@hiraku/kernel";
import { z } from "zod";
import { boardNamed } from "../boards/board_named.ts";
import { readAsked } from "../boards/board_address.ts";
import { metricOrNone } from "../metrics/registry.ts";

/** What goes out by itself: a board by the calendar, or a figure that crosses a line. */
export const ReportPlan = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("report"),
    board: z.string(),
    /** The board's filters, as in its address. */
    asked: z.record(z.string(), z.string()),
    every: z.enum(["day", "week", "month"]),
  }),
  z.strictObject({
    kind: z.literal("alert"),
    metric: z.string(),
    /** Rows of the metric by dimension. */
    at: z.record(z.string(), z.string()),
    when: z.enum(["above", "below"]),
    threshold: z.number(),
  }),
]);
export type ReportPlan = z.infer<typeof ReportPlan>;

/** The hour of the city's day at which reports go out. */
const HOUR = 8;
/** Figures of a month are out by then. */
const DAY_OF_MONTH = 5;

/** Checks a plan against the boards and metrics that are there. Throws `BadRequestData`, which names the field. */
export function readPlanOf(sent: unknown): ReportPlan {
  const parsed = ReportPlan.safeParse(sent);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new Problem("BadRequestData", `${field}: does not fit`);
  }
  const plan = parsed.data;
  if (plan.kind === "alert") {
    if (metricOrNone(plan.metric) !== undefined) return plan;
    throw new Problem("BadRequestData", "metric: there is none of that code");
  }
  const board = boardNamed(plan.board);
  if (board === undefined) {
    throw new Problem("BadRequestData", "board: there is none of that name");
  }
  readAsked(board, plan.asked);
  return plan;
}

/**
 * The newest day on which a report is due, since it was asked for; what passed
 * while nobody was at work is not sent afterwards.
 */
export function dueDay(
  every: "day" | "week" | "month",
  createdAt: string,
  now: Date,
): string | undefined {
  const passed = new Date(now.getTime() - HOUR * 3_600_000);
  let day = cityDay(passed);
  if (every === "week") {
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    day = addDays(day, -weekday);
  }
  if (every === "month") {
    while (Number(day.slice(8)) !== DAY_OF_MONTH) day = addDays(day, -1);
  }
  const created = cityDay(new Date(Date.parse(createdAt) - HOUR * 3_600_000));
  return day > created ? day : undefined;
}
