import {
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import {
  changeRegister,
  type Control,
  registerEntries,
  registerHistory,
} from "@hiraku/kernel/control";
import {
  fromCell,
  importRegister,
  inLanguage,
  putEntry,
  type Register,
  registerFile,
  type RegisterImport,
  registerNamed,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { recordAct } from "./record_act.ts";
import { signInFirst } from "./account_routes.tsx";
import {
  type Caller,
  callerOf,
  type Env,
  hasRole,
  requireRole,
} from "./identity/caller.ts";
import { RegisterList, RegisterPage } from "./register_views.tsx";

const KEEPERS = ["admin", "officer", "section"] as const;
const WITH_ANALYSTS = [...KEEPERS, "analyst"] as const;
const LARGEST_FILE = 8 * 1024 * 1024;

/** Pages on which the city's own people keep its registers, one language after the other. */
export function registerPages(
  { control, clock, municipalities }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/registers`;
    app.get(path, (c) => {
      const caller = callerOf(c);
      if (caller.kind === "public") return signInFirst(c, language);
      const city = cityOf(c, municipalities, caller);
      return c.html(<RegisterList language={language} city={city} />);
    });
    app.get(`${path}/:register`, async (c) => {
      const caller = callerOf(c);
      if (caller.kind === "public") return signInFirst(c, language);
      const city = cityOf(c, municipalities, caller, registerOf(c));
      return await page(c, language, city, c.req.query("entry"));
    });
    app.get(`${path}/:register/file.csv`, async (c) => {
      const register = registerOf(c);
      const city = cityOf(c, municipalities, callerOf(c), register);
      const text = await registerFile(control, city.code, register, language);
      return c.body(text, 200, {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition":
          `attachment; filename="${city.code}_${register.id}.csv"`,
      });
    });
    app.post(`${path}/:register`, async (c) => {
      const caller = callerOf(c);
      const register = registerOf(c);
      const city = cityOf(c, municipalities, caller, register);
      const form = await c.req.parseBody();
      const sent: Record<string, unknown> = {};
      for (const [name, schema] of Object.entries(register.row.shape)) {
        const text = form[name];
        const value = fromCell(schema, typeof text === "string" ? text : "");
        if (value !== undefined) sent[name] = value;
      }
      try {
        await putEntry(control, clock, city.code, register, caller.id, sent);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return await page(c, language, city, undefined, {
          problem: error.message,
          typed: sent,
        });
      }
      await recordAct({ control, clock }, c, city, "register.put", register.id);
      return c.redirect(addressOf(language, city, register), 303);
    });
    app.post(`${path}/:register/remove`, async (c) => {
      const caller = callerOf(c);
      const register = registerOf(c);
      const city = cityOf(c, municipalities, caller, register);
      const { id } = await c.req.parseBody();
      await changeRegister(
        control,
        clock,
        { municipality: city.code, register: register.id },
        caller.id,
        new Map([[String(id), null]]),
      );
      await recordAct(
        { control, clock },
        c,
        city,
        "register.remove",
        register.id,
      );
      return c.redirect(addressOf(language, city, register), 303);
    });
    app.post(`${path}/:register/file`, async (c) => {
      const caller = callerOf(c);
      const register = registerOf(c);
      const city = cityOf(c, municipalities, caller, register);
      const { file, replace } = await c.req.parseBody();
      if (!(file instanceof File)) {
        throw new Problem("BadRequestData", "The part 'file' is missing");
      }
      if (file.size > LARGEST_FILE) {
        throw new Problem("BadRequestData", "The file is larger than 8 MiB");
      }
      const done = await importRegister(
        control,
        clock,
        city.code,
        register,
        caller.id,
        await file.text(),
        { replace: replace === "1" },
      );
      await recordAct(
        { control, clock },
        c,
        city,
        "register.import",
        register.id,
      );
      return await page(c, language, city, undefined, { done });
    });
  }

  async function page(
    c: Context<Env>,
    language: Language,
    city: Municipality,
    chosen: string | undefined,
    after: {
      problem?: string;
      typed?: Record<string, unknown>;
      done?: RegisterImport;
    } = {},
  ): Promise<Response> {
    const register = registerOf(c);
    const place = { municipality: city.code, register: register.id };
    const entries = await registerEntries(control, place);
    const history = await registerHistory(control, place);
    const refused = after.problem !== undefined ||
      (after.done?.faults.length ?? 0) > 0;
    return c.html(
      <RegisterPage
        language={language}
        city={city}
        register={register}
        entries={entries}
        history={history.slice(0, 50)}
        edited={after.typed ?? entries.find(({ key }) => key === chosen)?.value}
        {...after}
      />,
      refused ? 400 : 200,
    );
  }
  return app;
}

function cityOf(
  c: Context<Env>,
  municipalities: Municipalities,
  caller: Caller,
  register?: Register,
): Municipality {
  const code = c.req.param("code") ?? "";
  const city = municipalities.get(code);
  const keepers = register?.keptByAnalysts ? WITH_ANALYSTS : KEEPERS;
  if (city === undefined || !hasRole(caller, code, ...keepers)) {
    requireRole(caller, code, ...keepers);
    throw new Problem(
      "NonexistentTenant",
      `Municipality '${code}' does not exist`,
    );
  }
  return city;
}

function registerOf(c: Context<Env>): Register {
  const id = c.req.param("register") ?? "";
  const found = registerNamed(id);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", `Register '${id}' does not exist`);
}

function addressOf(
  language: Language,
  { code }: Municipality,
  { id }: Register,
): string {
  return inLanguage(language, `/operations/${code}/registers/${id}`);
}

/** Where the registers of a municipality stand, for pages that lead there. */
export const REGISTERS_TITLE: Text = { ja: "台帳", en: "Registers" };
