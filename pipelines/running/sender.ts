import type { Config } from "@hiraku/kernel";
import nodemailer from "nodemailer";

/** Letters and calls to the outside, as the configuration allows them. */
export interface Sender {
  /** Rejects where the server does not take it, or where no mail server is configured. */
  mail(letter: Letter): Promise<void>;
  /** Posts JSON. Rejects unless it is taken; redirects are not followed. */
  post(
    address: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<void>;
}

export interface Letter {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same letter has the same id. */
  readonly id?: string;
  readonly attachment?: { readonly name: string; readonly content: string };
}

const TIMEOUT_MS = 10_000;

/** Opens the mail server and the web. */
export function openSender({ running }: Pick<Config, "running">): Sender {
  const { mail } = running.alerts;
  const transport = mail === undefined
    ? undefined
    : nodemailer.createTransport({
      host: mail.host,
      port: mail.port,
      secure: mail.secure,
      connectionTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  return {
    async mail({ to, subject, text, id, attachment }) {
      if (transport === undefined || mail === undefined) {
        throw new Error("No mail server is configured");
      }
      await transport.sendMail({
        from: mail.from,
        to: to.join(", "),
        subject,
        text,
        ...(id !== undefined && {
          messageId: `<${id}@${mail.from.split("@")[1]}>`,
        }),
        ...(attachment && {
          attachments: [{
            filename: attachment.name,
            content: attachment.content,
            contentType: "text/csv; charset=utf-8",
          }],
        }),
      });
    },
    async post(address, body, headers = {}) {
      const response = await fetch(address, {
        method: "POST",
        redirect: "error",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) {
        throw new Error(`The webhook answered ${response.status}`);
      }
    },
  };
}
