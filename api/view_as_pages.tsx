import {
  type Clock,
  type Language,
  Problem,
  Role,
  ROLE_NAMES,
  type Text,
} from "@hiraku/kernel";
import { audit, type Control } from "@hiraku/kernel/control";
import { inLanguage, Layout } from "@hiraku/opendata";
import { Hono, type MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { html, raw } from "hono/html";
import { z } from "zod";
import { SESSION_COOKIE } from "./access.ts";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env } from "./identity/caller.ts";
import { mayView, setViewing, Viewed } from "./identity/viewing.ts";
import { input } from "./input.ts";

const PATH = "/operations/view-as";

const TEXT = {
  title: { ja: "役割として見る", en: "View as" },
  lead: {
    ja:
      "選んだ役割の人に見える画面を、そのまま確かめます。自分の権限を超えて見えることはなく、その間は何も変更できません。始まりと終わりは記録されます。",
    en:
      "Shows pages as somebody of a role sees them: never more than you may see yourself, and nothing can be changed meanwhile. Beginning and end are recorded.",
  },
  role: { ja: "役割", en: "Role" },
  start: { ja: "この役割として見る", en: "View as this role" },
  stop: { ja: "元に戻る", en: "Stop" },
  now: { ja: "いまの表示", en: "You are viewing as" },
} as const satisfies Record<string, Text>;

const NAMES: Readonly<Record<Viewed, Text>> = {
  public: { ja: "一般の人", en: "the public" },
  ...ROLE_NAMES,
};

const Sent = z.object({ role: z.union([Viewed, z.literal("")]) });

/** Where an admin begins and ends to look as somebody else. */
export function viewAsPages(
  { control, clock }: { control: Control; clock: Clock },
): Hono<Env> {
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(at + PATH, (c) => {
      const caller = callerOf(c);
      if (!mayView(caller)) {
        if (caller.kind === "public") return signInFirst(c, language);
        throw new Problem("Forbidden", "This is for admins");
      }
      return c.html(<Choose language={language} now={caller.viewing?.as} />);
    });
    app.post(at + PATH, async (c) => {
      const caller = callerOf(c);
      const token = getCookie(c, SESSION_COOKIE);
      if (!mayView(caller) || token === undefined) {
        throw new Problem("Forbidden", "This is for admins who signed in");
      }
      const { role } = input(Sent, await c.req.parseBody());
      await setViewing(control, token, role === "" ? null : role);
      await audit(control, clock, {
        caller: caller.id,
        municipality: null,
        action: role === "" ? "view-as.stop" : "view-as.start",
        object: role === "" ? caller.viewing?.as ?? "none" : role,
      });
      return c.redirect(inLanguage(language, PATH), 303);
    });
  }
  return app;
}

/** Says on every page that it is looked at as somebody else, and how to stop. */
export function viewingBanner(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    const viewing = callerOf(c).viewing;
    const type = c.res.headers.get("Content-Type") ?? "";
    if (viewing === undefined || !type.startsWith("text/html")) return;
    const language = /^\/en(\/|$)/.test(c.req.path) ? "en" : "ja";
    const page = await c.res.text();
    const banner = String(Banner({ language, as: viewing.as }));
    const headers = new Headers(c.res.headers);
    headers.delete("ETag");
    headers.delete("Content-Length");
    headers.set("Cache-Control", "no-store");
    c.res = new Response(
      page.replace(/<main\b[^>]*>/, (main) => main + banner),
      { status: c.res.status, headers },
    );
  };
}

function Banner({ language, as }: { language: Language; as: Viewed }) {
  return html`
    <p class="notice"
      role="status">${TEXT
        .now[language]}: <strong>${NAMES[as][language]}</strong> <a href="${raw(
          inLanguage(language, PATH),
        )}">${TEXT.stop[language]}</a></p>
  `;
}

function Choose(
  { language, now }: { language: Language; now: Viewed | undefined },
) {
  const roles: readonly Viewed[] = ["public", ...Role.options];
  return (
    <Layout language={language} title={TEXT.title} path={PATH}>
      <h1>{TEXT.title[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      <form
        class="fields"
        method="post"
        action={inLanguage(language, PATH)}
      >
        <p>
          <label for="role">{TEXT.role[language]}</label>
          <select id="role" name="role">
            {roles.map((one) => (
              <option value={one} selected={one === now}>
                {NAMES[one][language]}
              </option>
            ))}
          </select>
        </p>
        <p>
          <button type="submit">{TEXT.start[language]}</button>
        </p>
      </form>
      {now !== undefined && (
        <form method="post" action={inLanguage(language, PATH)}>
          <input type="hidden" name="role" value="" />
          <button type="submit">{TEXT.stop[language]}</button>
        </form>
      )}
    </Layout>
  );
}
