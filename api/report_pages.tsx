import { readPlanOf } from "@hiraku/dashboards";
import {
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  addReportSchedule,
  audit,
  type Control,
  deliveriesOf,
  pauseReportSchedule,
  removeReportSchedule,
  reportSchedule,
  reportSchedules,
  requestCommand,
} from "@hiraku/kernel/control";
import { inLanguage } from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { signInFirst } from "./account_routes.tsx";
import { type Caller, callerOf, type Env } from "./identity/caller.ts";
import { input } from "./input.ts";
import { ReportPage } from "./report_views.tsx";
import { smallBody } from "./small_body.ts";
import { staffCity } from "./staff_city_pages.tsx";

const KEEPERS = ["admin", "officer", "section", "analyst"] as const;

const Sent = z.object({
  kind: z.enum(["report", "alert"]),
  name: z.string().trim().min(1).max(100),
  mail: z.string().max(2_000).default(""),
  webhook: z.string().trim().max(500).default(""),
  language: z.enum(["ja", "en"]),
  board: z.string().default(""),
  asked: z.string().max(1_000).default(""),
  every: z.enum(["day", "week", "month"]).default("month"),
  metric: z.string().default(""),
  at: z.string().max(1_000).default(""),
  when: z.enum(["above", "below"]).default("above"),
  threshold: z.string().trim().default(""),
});
type Sent = z.infer<typeof Sent>;

const Mail = z.array(z.email()).max(20);

/** `/operations/{code}/reports`: boards that go out by themselves and thresholds that are watched. */
export function reportPages(
  { control, clock, municipalities, webhookHosts = [] }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
    /** Hosts that may be posted to. */
    webhookHosts?: readonly string[];
  },
): Hono<Env> {
  const pages = {
    municipalities,
    roles: KEEPERS,
  };
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/reports`;
    app.get(path, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      return c.html(await page(c, language, staffCity(c, pages)));
    });
    app.post(path, smallBody, async (c) => {
      const caller = callerOf(c);
      const city = staffCity(c, pages);
      try {
        const sent = input(Sent, await c.req.parseBody());
        await add(caller, city, sent);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return c.html(await page(c, language, city, error.message), 400);
      }
      return c.redirect(addressOf(language, city), 303);
    });
    app.post(`${path}/:id/:action`, async (c) => {
      const caller = callerOf(c);
      const city = staffCity(c, pages);
      const { id } = await reportSchedule(
        control,
        city.code,
        c.req.param("id"),
      );
      const action = c.req.param("action");
      await act(caller, city, id, action);
      const tested = action === "test" ? "?tested=1" : "";
      return c.redirect(addressOf(language, city) + tested, 303);
    });
  }

  async function page(
    c: Context<Env>,
    language: Language,
    city: Municipality,
    problem?: string,
  ) {
    const schedules = await reportSchedules(control, city.code);
    const { board, tested, ...rest } = c.req.query();
    return (
      <ReportPage
        language={language}
        city={city}
        schedules={await Promise.all(schedules.map(async (schedule) => ({
          schedule,
          deliveries: await deliveriesOf(control, schedule.id),
        })))}
        hosts={webhookHosts}
        chosen={{ board, asked: new URLSearchParams(rest).toString() }}
        isTested={tested !== undefined}
        {...problem === undefined ? {} : { problem }}
      />
    );
  }

  async function add(
    caller: Caller,
    { code }: Municipality,
    sent: Sent,
  ): Promise<void> {
    const plan = readPlanOf(planOf(sent));
    const mail = Mail.safeParse(split(sent.mail));
    if (!mail.success) throw new Problem("BadRequestData", "mail: no address");
    const webhook = sent.webhook === "" ? null : sent.webhook;
    if (webhook !== null && !isAllowed(webhook)) {
      throw new Problem(
        "BadRequestData",
        "webhook: not a host to be posted to",
      );
    }
    if (mail.data.length === 0 && webhook === null) {
      throw new Problem("BadRequestData", "mail: neither address nor webhook");
    }
    const id = await addReportSchedule(control, clock, caller.id, {
      municipality: code,
      name: sent.name,
      plan,
      mail: mail.data,
      webhook,
      language: sent.language,
    });
    await record(caller, code, "report.add", id);
  }

  function isAllowed(address: string): boolean {
    const url = URL.parse(address);
    return url !== null && /^https?:$/.test(url.protocol) &&
      url.username === "" && webhookHosts.includes(url.host);
  }

  async function act(
    caller: Caller,
    { code }: Municipality,
    id: string,
    action: string,
  ): Promise<void> {
    switch (action) {
      case "pause":
      case "resume":
        await pauseReportSchedule(control, id, action === "pause");
        break;
      case "remove":
        await removeReportSchedule(control, clock, id);
        break;
      case "test":
        await requestCommand(control, clock, {
          municipality: code,
          kind: "report.test",
          arguments: { schedule: id },
          requestedBy: caller.id,
        });
        break;
      default:
        throw new Problem("ResourceNotFound", "There is nothing here");
    }
    await record(caller, code, `report.${action}`, id);
  }

  const record = (
    caller: Caller,
    municipality: string,
    action: string,
    object: string,
  ) =>
    audit(control, clock, { caller: caller.id, municipality, action, object });
  return app;
}

function planOf(sent: Sent): unknown {
  if (sent.kind === "report") {
    const { kind, board, every } = sent;
    const asked = new URLSearchParams(sent.asked.replace(/^\?/, ""));
    return { kind, board, every, asked: Object.fromEntries(asked) };
  }
  const { kind, metric, when } = sent;
  const at = split(sent.at).map((one) => {
    const cut = one.indexOf("=");
    if (cut > 0) return [one.slice(0, cut), one.slice(cut + 1)];
    throw new Problem("BadRequestData", "at: not dimension=value");
  });
  return {
    kind,
    metric,
    when,
    at: Object.fromEntries(at),
    threshold: sent.threshold === "" ? undefined : Number(sent.threshold),
  };
}

function split(text: string): string[] {
  return text.split(/[;\n]/).map((one) => one.trim()).filter((one) => one);
}

function addressOf(language: Language, { code }: Municipality): string {
  return inLanguage(language, `/operations/${code}/reports`);
}
