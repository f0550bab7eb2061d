import {
  composeAlert,
  composeReport,
  dueDay,
  type Message,
  ReportPlan,
  type Shelf,
} from "@hiraku/dashboards";
import {
  type Clock,
  type Config,
  describeError,
  type Log,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  claimDelivery,
  type Control,
  finishDelivery,
  type ReportSchedule,
  reportSchedule,
  reportSchedules,
} from "@hiraku/kernel/control";
import type { Handler, Sender } from "@hiraku/pipelines";
import { z } from "zod";

/** What reports are made with and go out by. */
export interface Reporting {
  readonly config: Pick<Config, "origin" | "municipalities" | "running">;
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  readonly shelf: Shelf;
  readonly sender: Sender;
}

/**
 * Sends what is due and not paused. Each delivery is claimed before anything
 * is sent, so that it never goes out twice: where the process dies in between,
 * it stays `sending` and the page says that nobody knows.
 */
export async function sendReports(reporting: Reporting): Promise<void> {
  const { config, control, log } = reporting;
  for (const municipality of config.municipalities) {
    for (const schedule of await reportSchedules(control, municipality.code)) {
      if (schedule.paused) continue;
      try {
        await sendDue(reporting, municipality, schedule);
      } catch (error) {
        log.error("A report could not be made", {
          municipality: municipality.code,
          schedule: schedule.id,
          error: describeError(error),
        });
      }
    }
  }
}

async function sendDue(
  reporting: Reporting,
  municipality: Municipality,
  schedule: ReportSchedule,
): Promise<void> {
  const { clock, config, shelf } = reporting;
  const plan = ReportPlan.parse(schedule.plan);
  const city = { municipality, shelf };
  const place = { origin: config.origin, language: schedule.language };
  if (plan.kind === "alert") {
    const found = await composeAlert(city, plan, place);
    if (found === undefined) return;
    const { period, message } = found;
    return await deliver(
      reporting,
      schedule,
      period,
      () => Promise.resolve(message),
    );
  }
  const due = dueDay(plan.every, schedule.createdAt, clock.now());
  if (due === undefined) return;
  await deliver(
    reporting,
    schedule,
    due,
    () => composeReport(city, plan, place),
  );
}

type Channel = "mail" | "webhook";

async function deliver(
  reporting: Reporting,
  schedule: ReportSchedule,
  due: string,
  made: () => Promise<Message>,
): Promise<void> {
  const { control, clock, log } = reporting;
  const { id } = schedule;
  let message: Message | undefined;
  for (const channel of channelsOf(schedule)) {
    const delivery = `${due} ${channel}`;
    if (!await claimDelivery(control, clock, id, delivery)) continue;
    try {
      message ??= await made();
      await sendBy(reporting, channel, schedule, `${id}-${due}`, message);
      await finishDelivery(control, clock, id, delivery, null);
    } catch (error) {
      log.error("A report could not be sent", {
        municipality: schedule.municipality,
        schedule: id,
        error: describeError(error),
      });
      if (isUnknown(error)) continue;
      const detail = error instanceof Error ? error.name : "Error";
      await finishDelivery(control, clock, id, delivery, detail);
    }
  }
}

function channelsOf({ mail, webhook }: ReportSchedule): Channel[] {
  return [
    ...(mail.length > 0 ? ["mail" as const] : []),
    ...(webhook !== null ? ["webhook" as const] : []),
  ];
}

/** Whether it may have arrived all the same: the other side did not answer in time. */
function isUnknown(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return name === "TimeoutError" || code === "ETIMEDOUT";
}

async function sendBy(
  { sender, config: { running } }: Reporting,
  channel: Channel,
  { municipality, name, mail, webhook }: ReportSchedule,
  id: string,
  { subject, text, link, figures, attachment }: Message,
): Promise<void> {
  if (channel === "mail") {
    return await sender.mail({
      to: mail,
      subject: `[Hiraku ${municipality}] ${name}: ${subject}`,
      text,
      id,
      ...(attachment && { attachment }),
    });
  }
  // The list may have become shorter since the address was entered.
  const host = webhook === null ? "" : new URL(webhook).host;
  if (webhook === null || !running.reports.webhookHosts.includes(host)) {
    throw new Problem("Forbidden", "The host is not one that may be posted to");
  }
  const body = { id, municipality, name, subject, link, figures, text };
  await sender.post(webhook, body, { "Idempotency-Key": id });
}

const Asked = z.object({ schedule: z.string() });

/** The command that sends one schedule's message at once, marked as a test. */
export function reportCommands(
  reporting: Reporting,
): Record<string, Handler> {
  const { control, clock, config, shelf } = reporting;
  return {
    "report.test": {
      run: async (command) => {
        const { schedule: id } = Asked.parse(command.arguments);
        const municipality = config.municipalities.find(({ code }) =>
          code === command.municipality
        );
        if (municipality === undefined) {
          throw new Problem("NonexistentTenant", "There is no such city");
        }
        const schedule = await reportSchedule(control, municipality.code, id);
        const plan = ReportPlan.parse(schedule.plan);
        const city = { municipality, shelf };
        const place = { origin: config.origin, language: schedule.language };
        const message = plan.kind === "report"
          ? await composeReport(city, plan, place)
          : (await composeAlert(city, plan, place, { always: true }))?.message;
        if (message === undefined) {
          throw new Problem("ResourceNotFound", "The figure is not published");
        }
        const mark = schedule.language === "ja" ? "［試験］" : "[Test] ";
        const at = clock.now().toISOString();
        for (const channel of channelsOf(schedule)) {
          await sendBy(reporting, channel, schedule, `${id}-test-${at}`, {
            ...message,
            subject: mark + message.subject,
          });
        }
        return { sent: true };
      },
    },
  };
}
