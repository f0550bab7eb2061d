import {
  type Clock,
  type Config,
  describeError,
  type Log,
} from "@hiraku/kernel";
import type { Sender } from "./sender.ts";

/** Something the city's engineer must know; names and counts only. */
export interface Alert {
  readonly municipality: string;
  readonly kind: "run_failed" | "late" | "check" | "partition_blocked";
  /** The pipeline, dataset or asset. */
  readonly object: string;
  readonly detail: string;
}

export interface Alerts {
  /** Tells of it once until it is over; never rejects. */
  raise(alert: Alert): Promise<void>;
  /** What was told may be told again when it comes back. */
  over(municipality: string, kind: Alert["kind"], object: string): void;
}

/** Sends alerts to the webhook and the mailboxes of the configuration. */
export function openAlerts(
  { running }: Pick<Config, "running">,
  clock: Clock,
  log: Log,
  sender: Sender,
): Alerts {
  const { webhook, mail } = running.alerts;
  const told = new Set<string>();
  const key = (...parts: string[]) => parts.join(" ");
  return {
    async raise(alert) {
      const { municipality, kind, object, detail } = alert;
      const id = key(municipality, kind, object);
      if (told.has(id)) return;
      told.add(id);
      log.warn("Alert", { municipality, kind, object, detail });
      const at = clock.now().toISOString();
      const sent = await Promise.allSettled([
        webhook && sender.post(webhook, { at, ...alert }),
        mail && sender.mail({
          to: mail.to,
          subject: `[Hiraku ${municipality}] ${SUBJECTS[kind]}: ${object}`,
          text: `${at}\n${municipality}\n${
            SUBJECTS[kind]
          }: ${object}\n${detail}\n`,
        }),
      ]);
      for (const one of sent) {
        if (one.status !== "rejected") continue;
        // Told again with the next occasion.
        told.delete(id);
        log.error("An alert could not be sent", {
          error: describeError(one.reason),
        });
      }
    },
    over: (municipality, kind, object) => {
      told.delete(key(municipality, kind, object));
    },
  };
}

const SUBJECTS: Readonly<Record<Alert["kind"], string>> = {
  run_failed: "処理の失敗 / A run failed",
  late: "更新の遅れ / Not updated in time",
  check: "検査の警告 / A check warns",
  partition_blocked: "集計の停止 / A partition is blocked",
};
