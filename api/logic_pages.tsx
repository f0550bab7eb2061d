import {
  type Clock,
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import { changeRegister, type Control } from "@hiraku/kernel/control";
import { readLogicModel, type Shelf } from "@hiraku/dashboards";
import {
  entriesOf,
  evaluations,
  fromCell,
  inLanguage,
  logicLinks,
  logicNodes,
  putEntry,
  type Register,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { recordAct } from "./record_act.ts";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env } from "./identity/caller.ts";
import type { Edited } from "./logic_editing.ts";
import { LogicEditor } from "./logic_editor.tsx";
import { smallBody } from "./small_body.ts";
import { staffCity } from "./staff_city_pages.tsx";

/** What is edited, by the part of the address. */
const KINDS: Readonly<Record<Edited["kind"], Register>> = {
  boxes: logicNodes,
  links: logicLinks,
};

/** `/operations/{code}/logic-model`: the model as it is drawn, and its boxes and links kept beside. */
export function logicPages(
  { control, clock, municipalities, shelf }: {
    control: Control;
    clock: Clock;
    municipalities: Municipalities;
    shelf: Shelf;
  },
): Hono<Env> {
  const pages = {
    municipalities,
    roles: ["admin", "officer", "section", "analyst"] as const,
  };
  const app = new Hono<Env>();

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/operations/:code{[0-9]{6}}/logic-model`;
    app.get(path, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const city = staffCity(c, pages);
      return await page(c, language, city, await chosen(c, city));
    });
    for (const kind of ["boxes", "links"] as const) {
      const register = KINDS[kind];
      app.post(`${path}/${kind}`, smallBody, async (c) => {
        const city = staffCity(c, pages);
        const sent = await typed(c, register);
        sent["id"] ??= await freeId(city, register, kind);
        try {
          const by = callerOf(c).id;
          await putEntry(control, clock, city.code, register, by, sent);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return await page(c, language, city, {
            kind,
            entry: sent,
            problem: error.message,
          });
        }
        await recordAct(
          { control, clock },
          c,
          city,
          "register.put",
          register.id,
        );
        return c.redirect(
          backTo(language, city, `${kind}-${sent["id"]}`),
          303,
        );
      });
      app.post(`${path}/${kind}/remove`, smallBody, async (c) => {
        const city = staffCity(c, pages);
        const { id } = await c.req.parseBody();
        if (kind === "boxes") await removeLinksOf(c, city, String(id));
        await remove(c, city, register, [String(id)]);
        return c.redirect(backTo(language, city, "model"), 303);
      });
    }
  }

  /** What the address wants edited: an entry, or a new one at a level or from a box. */
  async function chosen(
    c: Context<Env>,
    { code }: Municipality,
  ): Promise<Edited | undefined> {
    const { box, link, level, from } = c.req.query();
    if (level !== undefined) return { kind: "boxes", entry: { level } };
    if (from !== undefined) return { kind: "links", entry: { from } };
    for (const [kind, id] of [["boxes", box], ["links", link]] as const) {
      if (id === undefined) continue;
      const entry = (await entriesOf(control, code, KINDS[kind]))
        .find((one) => one.id === id);
      if (entry !== undefined) return { kind, entry };
      throw new Problem("ResourceNotFound", `There is no entry '${id}'`);
    }
    return undefined;
  }

  async function page(
    c: Context<Env>,
    language: Language,
    city: Municipality,
    edited: Edited | undefined,
  ): Promise<Response> {
    const model = await readLogicModel(
      { municipality: city, shelf },
      await entriesOf(control, city.code, logicNodes),
      await entriesOf(control, city.code, logicLinks),
    );
    return c.html(
      <LogicEditor
        language={language}
        city={city}
        model={model}
        questions={await entriesOf(control, city.code, evaluations)}
        edited={edited}
      />,
      edited?.problem === undefined ? 200 : 400,
    );
  }

  async function freeId(
    { code }: Municipality,
    register: Register,
    kind: Edited["kind"],
  ): Promise<string> {
    const taken = new Set(
      (await entriesOf(control, code, register)).map(({ id }) => String(id)),
    );
    const stem = kind === "boxes" ? "box" : "link";
    let number = taken.size + 1;
    while (taken.has(`${stem}-${number}`)) number += 1;
    return `${stem}-${number}`;
  }

  /** Links that would lead nowhere go with their box. */
  async function removeLinksOf(
    c: Context<Env>,
    city: Municipality,
    box: string,
  ): Promise<void> {
    const own = (await entriesOf(control, city.code, logicLinks))
      .filter(({ from, to }) => from === box || to === box);
    await remove(c, city, logicLinks, own.map(({ id }) => id));
  }

  async function remove(
    c: Context<Env>,
    city: Municipality,
    { id: register }: Register,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return;
    await changeRegister(
      control,
      clock,
      { municipality: city.code, register },
      callerOf(c).id,
      new Map(ids.map((id) => [id, null])),
    );
    await recordAct({ control, clock }, c, city, "register.remove", register);
  }
  return app;
}

/** What was typed, by the columns of a register; empty fields are left out. */
async function typed(
  c: Context<Env>,
  { row }: Register,
): Promise<Record<string, unknown>> {
  const form = await c.req.parseBody();
  const sent: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(row.shape)) {
    const text = form[name];
    const value = fromCell(schema, typeof text === "string" ? text : "");
    if (value !== undefined) sent[name] = value;
  }
  return sent;
}

function backTo(
  language: Language,
  { code }: Municipality,
  place: string,
): string {
  return inLanguage(language, `/operations/${code}/logic-model#${place}`);
}
