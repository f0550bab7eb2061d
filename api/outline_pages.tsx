import {
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import { type Control, registerHistory } from "@hiraku/kernel/control";
import {
  inLanguage,
  keepOutlines,
  LARGEST_OUTLINES,
  OUTLINES,
  outlineSheet,
  readOutlines,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { recordAct } from "./record_act.ts";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env } from "./identity/caller.ts";
import { OutlinePage } from "./outline_views.tsx";
import { smallBody } from "./small_body.ts";
import { staffCity } from "./staff_city_pages.tsx";

const Sent = z.object({
  property: z.string().trim().regex(/^[\p{L}\p{N}_ -]{1,60}$/u),
  sourceJa: z.string().trim().min(1).max(200),
  sourceEn: z.string().trim().min(1).max(200),
});

const fileBody = bodyLimit({
  // The frame of the form beside the file.
  maxSize: LARGEST_OUTLINES + 64 * 1024,
  onError: tooLarge,
});

function tooLarge(): never {
  throw new Problem(
    "PayloadTooLarge",
    `file: more than ${LARGEST_OUTLINES} bytes`,
  );
}

/** `/operations/{code}/outlines`: an officer brings outlines of districts, looks at them and approves. */
export function outlinePages(
  { control, clock, municipalities }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const pages = {
    municipalities,
    roles: ["admin", "officer"] as const,
  };
  const app = new Hono<Env>();

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/outlines`;
    const back = (c: Context<Env>, { code }: Municipality) =>
      c.redirect(inLanguage(language, `/operations/${code}/outlines`), 303);

    app.get(path, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      return await page(c, language, staffCity(c, pages));
    });
    app.post(path, fileBody, async (c) => {
      const city = staffCity(c, pages);
      const { file, ...fields } = await c.req.parseBody();
      try {
        const { property, sourceJa, sourceEn } = read(fields);
        if (!(file instanceof File) || file.size === 0) {
          throw new Problem("BadRequestData", "file: missing");
        }
        if (file.size > LARGEST_OUTLINES) tooLarge();
        const areas = readOutlines(city, await file.text(), property);
        await keepOutlines(control, clock, city.code, callerOf(c).id, {
          draft: { source: { ja: sourceJa, en: sourceEn }, areas },
        });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return await page(c, language, city, error.message, fields);
      }
      await recordAct({ control, clock }, c, city, "outlines.upload", "draft");
      return back(c, city);
    });
    app.post(`${path}/approve`, smallBody, async (c) => {
      const city = staffCity(c, pages);
      const reason = String((await c.req.parseBody())["reason"] ?? "").trim();
      const draft = await outlineSheet(control, city.code, "draft");
      if (draft === undefined) {
        throw new Problem("ResourceNotFound", "There is no draft to approve");
      }
      if (reason === "" || reason.length > 500) {
        return await page(c, language, city, "reason: 1 to 500 letters");
      }
      await keepOutlines(control, clock, city.code, callerOf(c).id, {
        approved: draft,
        draft: null,
      });
      await recordAct({ control, clock }, c, city, "outlines.approve", reason);
      return back(c, city);
    });
    app.post(`${path}/drop`, smallBody, async (c) => {
      const city = staffCity(c, pages);
      const { state } = await c.req.parseBody();
      if (state !== "draft" && state !== "approved") {
        throw new Problem("BadRequestData", "state: draft or approved");
      }
      await keepOutlines(control, clock, city.code, callerOf(c).id, {
        [state]: null,
      });
      await recordAct({ control, clock }, c, city, "outlines.drop", state);
      return back(c, city);
    });
  }

  async function page(
    c: Context<Env>,
    language: Language,
    city: Municipality,
    problem?: string,
    typed: Readonly<Record<string, unknown>> = {},
  ): Promise<Response> {
    const place = { municipality: city.code, register: OUTLINES };
    const history = await registerHistory(control, place);
    return c.html(
      <OutlinePage
        language={language}
        city={city}
        draft={await outlineSheet(control, city.code, "draft")}
        approved={await outlineSheet(control, city.code, "approved")}
        history={history.slice(0, 20)}
        problem={problem}
        typed={typed}
      />,
      problem === undefined ? 200 : 400,
    );
  }
  return app;
}

/** The fields beside the file. Throws `BadRequestData`, which names the first that does not fit. */
function read(fields: Readonly<Record<string, unknown>>): z.infer<typeof Sent> {
  const result = Sent.safeParse(fields);
  if (result.success) return result.data;
  const name = String(result.error.issues[0]?.path[0] ?? "form");
  throw new Problem("BadRequestData", `${name}: does not fit`);
}
