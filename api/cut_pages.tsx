import {
  type Clock,
  type Language,
  type Layout,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  addCutRequest,
  answerCutRequest,
  audit,
  type Control,
  cutRequest,
  cutRequests,
  requestCommand,
} from "@hiraku/kernel/control";
import {
  DATASETS,
  dimensionsOfCut,
  inLanguage,
  latestVersion,
  withCut,
} from "@hiraku/opendata";
import { Hono } from "hono";
import { z } from "zod";
import { signInFirst } from "./account_routes.tsx";
import { CutPage } from "./cut_views.tsx";
import { callerOf, type Env, hasRole, requireRole } from "./identity/caller.ts";
import { input } from "./input.ts";
import { smallBody } from "./small_body.ts";
import { staffCity } from "./staff_city_pages.tsx";

const ASKERS = ["admin", "officer", "section", "analyst", "board"] as const;
const OFFICERS = ["admin", "officer"] as const;

const Wanted = z.object({
  family: z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/),
  by: z.array(z.string()).min(1).max(3),
  reason: z.string().trim().min(1).max(500),
});

const Answer = z.object({
  verdict: z.enum(["accepted", "refused"]),
  reason: z.string().trim().max(500),
});

/** `/operations/{code}/cuts`: staff ask for a cut, the officer sees what it would withhold and answers. */
export function cutPages(
  { control, clock, layout, municipalities }: {
    control: Control;
    clock: Clock;
    layout: Layout;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const pages = {
    municipalities,
    roles: ASKERS,
  };
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/cuts`;
    const back = ({ code }: Municipality) =>
      inLanguage(language, `/operations/${code}/cuts`);
    const page = async (
      caller: ReturnType<typeof callerOf>,
      city: Municipality,
      problem?: string,
    ) => (
      <CutPage
        language={language}
        city={city}
        isOfficer={hasRole(caller, city.code, ...OFFICERS)}
        requests={await requestsOf(city)}
        {...problem === undefined ? {} : { problem }}
      />
    );
    app.get(path, async (c) => {
      const caller = callerOf(c);
      if (caller.kind === "public") return signInFirst(c, language);
      return c.html(await page(caller, staffCity(c, pages)));
    });
    app.post(path, smallBody, async (c) => {
      const caller = callerOf(c);
      const city = staffCity(c, pages);
      const form = await c.req.parseBody({ all: true });
      try {
        await ask(caller.id, city, form);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return c.html(await page(caller, city, wordsOf(error, language)), 400);
      }
      return c.redirect(back(city), 303);
    });
    app.post(`${path}/:id`, smallBody, async (c) => {
      const caller = callerOf(c);
      const city = staffCity(c, pages);
      requireRole(caller, city.code, ...OFFICERS);
      const { id } = await cutRequest(control, city.code, c.req.param("id"));
      const { verdict, reason } = input(Answer, await c.req.parseBody());
      if (verdict === "refused" && reason === "") {
        throw new Problem("BadRequestData", "reason: needed to refuse");
      }
      await answerCutRequest(control, clock, caller.id, id, {
        verdict,
        reason: reason === "" ? null : reason,
      });
      await audit(control, clock, {
        caller: caller.id,
        municipality: city.code,
        action: `cut.${verdict}`,
        object: id,
      });
      return c.redirect(back(city), 303);
    });
  }

  async function ask(
    by: string,
    { code }: Municipality,
    form: Record<string, unknown>,
  ): Promise<void> {
    const columns = form["by"] === undefined ? [] : [form["by"]].flat();
    const wanted = input(Wanted, { ...form, by: columns });
    const [id = "", family = ""] = wanted.family.split(".");
    const dataset = DATASETS.find((one) => one.id === id);
    if (dataset === undefined) {
      throw new Problem("BadRequestData", "family: no such dataset");
    }
    // Refuses what could never be released before anybody is asked.
    withCut(dataset, family, wanted.by);
    const request = await addCutRequest(control, clock, by, {
      municipality: code,
      dataset: id,
      family,
      by: wanted.by,
      reason: wanted.reason,
    });
    await requestCommand(control, clock, {
      municipality: code,
      kind: "cut.preview",
      arguments: { request },
      requestedBy: by,
    });
    await audit(control, clock, {
      caller: by,
      municipality: code,
      action: "cut.ask",
      object: request,
    });
  }

  /** Requests with whether a published version has the table meanwhile. */
  async function requestsOf({ code }: Municipality) {
    const all = await cutRequests(control, code);
    return await Promise.all(all.map(async (request) => {
      const version = request.answer?.verdict === "accepted"
        ? await latestVersion(layout.releasedRoot(code), request.dataset, clock)
        : undefined;
      const dataset = DATASETS.find(({ id }) => id === request.dataset);
      return {
        request,
        title: dataset?.tables[request.family]?.title,
        released: version !== undefined &&
          isReleased(version.manifest.tables, request),
      };
    }));
  }
  return app;
}

/** Whether a table of the version breaks the family down by what was asked for, and nothing else. */
function isReleased(
  tables: readonly {
    readonly total?: { readonly table: string } | undefined;
    readonly columns: readonly {
      readonly name: string;
      readonly role: string;
    }[];
  }[],
  { dataset, family, by }: {
    readonly dataset: string;
    readonly family: string;
    readonly by: readonly string[];
  },
): boolean {
  const whole = DATASETS.find(({ id }) => id === dataset);
  if (whole === undefined) return false;
  const wanted = dimensionsOfCut(whole, family, by);
  return tables.some(({ total, columns }) =>
    total?.table === family &&
    columns.filter(({ role }) => role === "dimension").length ===
      wanted.length &&
    wanted.every((name) =>
      columns.some((one) => one.name === name && one.role === "dimension")
    )
  );
}

const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/released already/, "この表はもう公開されています"],
  [/crosses one to/, "軸は合わせて3つまでです"],
  [/Fifty/, "回答待ちの要望が50あります"],
];

function wordsOf({ message }: Problem, language: Language): string {
  if (language === "en") return message;
  return REFUSALS.find(([pattern]) => pattern.test(message))?.[1] ??
    `入力を確かめてください（${message.split(":")[0]}）`;
}
