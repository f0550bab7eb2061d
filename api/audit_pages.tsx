import {
  type Language,
  type Municipalities,
  type Municipality,
  Role,
  type Text,
} from "@hiraku/kernel";
import {
  type AuditLine,
  auditLines,
  type Control,
  rolesHeld,
} from "@hiraku/kernel/control";
import { Layout } from "@hiraku/opendata";
import { Hono } from "hono";
import { signInFirst } from "./account_routes.tsx";
import { cityTime } from "./city_time.ts";
import { callerOf, type Env } from "./identity/caller.ts";
import {
  staffCities,
  staffCity,
  type StaffPages,
} from "./staff_city_pages.tsx";
import { StaffTable } from "./staff_table.tsx";

const SHOWN = 300;

export const AUDIT_TITLE: Text = {
  ja: "アクセス記録と権限",
  en: "Access log and roles",
};

const TEXT = {
  roles: { ja: "権限の一覧", en: "Who holds which role" },
  account: { ja: "利用者名", en: "Account" },
  log: { ja: "アクセス記録", en: "Access log" },
  said: {
    ja:
      "実数の閲覧、変更、サインイン、「役割として見る」の新しいものから300件です。値は記録していません。",
    en:
      "The newest 300 readings of exact figures, changes, sign-ins and views as another role. No value is recorded.",
  },
  counts: { ja: "操作ごとの件数", en: "Entries by action" },
  count: { ja: "件数", en: "Entries" },
  at: { ja: "日時", en: "When" },
  who: { ja: "だれが", en: "Who" },
  action: { ja: "操作", en: "Action" },
  object: { ja: "対象", en: "Object" },
  none: { ja: "ありません。", en: "None." },
} as const satisfies Record<string, Text>;

/** `/admin/audit`: for admins, who holds which role and who read or changed what. */
export function auditPages(
  { control, municipalities }: {
    control: Control;
    municipalities: Municipalities;
  },
): Hono<Env> {
  const pages: StaffPages = {
    municipalities,
    roles: ["admin"],
    title: AUDIT_TITLE,
    path: "/admin/audit",
  };
  const app = new Hono<Env>();
  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/admin/audit`, (c) => staffCities(c, language, pages));
    app.get(`${at}/admin/audit/:code{[0-9]{6}}`, async (c) => {
      if (callerOf(c).kind === "public") return signInFirst(c, language);
      const city = staffCity(c, pages);
      return c.html(
        <AuditPage
          language={language}
          city={city}
          lines={await auditLines(control, city.code, SHOWN)}
          held={await rolesHeld(control, city.code)}
        />,
      );
    });
  }
  return app;
}

function AuditPage({ language, city, lines, held }: {
  language: Language;
  city: Municipality;
  lines: readonly AuditLine[];
  held: readonly { readonly login: string; readonly role: string }[];
}) {
  const words = (key: keyof typeof TEXT) => TEXT[key][language];
  const path = `/admin/audit/${city.code}`;
  const accounts = Map.groupBy(held, ({ login }) => login);
  const actions = Map.groupBy(lines, ({ action }) => action);
  return (
    <Layout language={language} title={AUDIT_TITLE} path={path}>
      <h1>{city.name[language]} {AUDIT_TITLE[language]}</h1>
      <h2>{words("roles")}</h2>
      <StaffTable
        label={words("roles")}
        head={[words("account"), ...Role.options]}
        rows={[...accounts].map(([login, own]) => [
          login,
          ...Role.options.map((role) =>
            own.some((one) => one.role === role) ? "●" : ""
          ),
        ])}
        none={words("none")}
      />
      <h2>{words("counts")}</h2>
      <StaffTable
        label={words("counts")}
        head={[words("action"), words("count")]}
        rows={[...actions].sort(([, a], [, b]) => b.length - a.length)
          .map(([action, own]) => [action, own.length])}
        none={words("none")}
      />
      <h2>{words("log")}</h2>
      <p>{words("said")}</p>
      <StaffTable
        label={words("log")}
        head={[words("at"), words("who"), words("action"), words("object")]}
        rows={lines.map(({ at, who, action, object }) => [
          cityTime(at),
          who,
          action,
          object,
        ])}
        none={words("none")}
      />
    </Layout>
  );
}
