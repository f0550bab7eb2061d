import { type Clock, type Language, Problem, type Text } from "@hiraku/kernel";
import { audit, type Control } from "@hiraku/kernel/control";
import { Layout } from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { requireSameOrigin, SESSION_COOKIE } from "./access.ts";
import type { Env } from "./identity/caller.ts";
import { checkPassword } from "./identity/account.ts";
import { attempts } from "./identity/attempts.ts";
import { endSession, SESSION_MS, startSession } from "./identity/session.ts";

const TEXT = {
  title: { ja: "ログイン", en: "Sign in" },
  intro: {
    ja:
      "職員用のページです。ダッシュボードとオープンデータはログインなしでご覧いただけます。",
    en: "For staff. Dashboards and open data need no account.",
  },
  login: { ja: "利用者名", en: "User name" },
  password: { ja: "パスワード", en: "Password" },
  wrong: {
    ja: "利用者名またはパスワードが正しくありません。",
    en: "The user name or the password is not right.",
  },
} as const satisfies Record<string, Text>;

/** Sign-in and sign-out. A later identity provider comes through the same session. */
export function accountRoutes(
  { control, clock, origin }: {
    control: Control;
    clock: Clock;
    origin: string;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const limit = attempts(clock);
  const small = bodyLimit({
    maxSize: 16 * 1024,
    onError: () => {
      throw new Problem("PayloadTooLarge", "The form is too large");
    },
  });

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/login`, (c) => c.html(<SignIn language={language} c={c} />));
    app.post(`${at}/login`, small, async (c) => {
      requireSameOrigin(c.req.raw, origin);
      const form = await sentForm(c.req.raw);
      const login = String(form.get("login") ?? "").slice(0, 64);
      const password = String(form.get("password") ?? "").slice(0, 200);
      limit.begin(login);
      const account = await checkPassword(control, login, password);
      if (account === undefined) {
        return c.html(<SignIn language={language} c={c} wrong />, 401);
      }
      limit.succeeded(login);
      const token = await startSession(control, clock, account);
      await audit(control, clock, {
        caller: account,
        municipality: null,
        action: "sign-in",
        object: "session",
      });
      setCookie(c, SESSION_COOKIE, token, {
        httpOnly: true,
        sameSite: "Lax",
        secure: origin.startsWith("https:"),
        path: "/",
        maxAge: SESSION_MS / 1_000,
      });
      return c.redirect(`${at}${nextPage(c)}`, 303);
    });
    app.post(`${at}/logout`, async (c) => {
      const token = getCookie(c, SESSION_COOKIE);
      if (token !== undefined) await endSession(control, token);
      deleteCookie(c, SESSION_COOKIE, { path: "/" });
      return c.redirect(`${at}/login`, 303);
    });
  }
  return app;
}

async function sentForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (cause) {
    throw new Problem("InvalidRequest", "The request is not a form", { cause });
  }
}

/** Only a path of our own, never another site. */
function nextPage(c: Context<Env>): string {
  const next = c.req.query("next") ?? "";
  return /^\/operations(\/[a-z0-9/-]*)?$/.test(next) ? next : "/operations";
}

function SignIn(
  { language, c, wrong = false }: {
    language: Language;
    c: Context<Env>;
    wrong?: boolean;
  },
) {
  const action = `?next=${encodeURIComponent(nextPage(c))}`;
  return (
    <Layout language={language} title={TEXT.title} path="/login">
      <h1>{TEXT.title[language]}</h1>
      <p>{TEXT.intro[language]}</p>
      {wrong && <p class="notice" role="alert">{TEXT.wrong[language]}</p>}
      <form class="form" method="post" action={action}>
        <label for="login">{TEXT.login[language]}</label>
        <input
          id="login"
          name="login"
          autocomplete="username"
          required
          aria-invalid={wrong ? "true" : undefined}
        />
        <label for="password">{TEXT.password[language]}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button type="submit">{TEXT.title[language]}</button>
      </form>
    </Layout>
  );
}

/** Sends the public to the sign-in page and everyone without the role away. */
export function signInFirst(c: Context<Env>, language: Language): Response {
  const at = language === "ja" ? "" : "/en";
  const path = c.req.path.slice(at.length);
  return c.redirect(`${at}/login?next=${encodeURIComponent(path)}`, 303);
}
