import {
  type Language,
  type Municipalities,
  type Municipality,
  Problem,
  type Role,
  type Text,
} from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { signInFirst } from "./account_routes.tsx";
import { callerOf, type Env, hasRole, requireRole } from "./identity/caller.ts";

/** Pages that exist once a city and are for some roles of it. */
export interface StaffPages {
  readonly municipalities: Municipalities;
  readonly roles: readonly Role[];
  readonly title: Text;
  /** Path in Japanese, under which each city's page stands by its code. */
  readonly path: string;
}

/** The cities whose pages a caller may see; whoever is nobody signs in first. */
export function staffCities(
  c: Context<Env>,
  language: Language,
  { municipalities, roles, title, path }: StaffPages,
): Response | Promise<Response> {
  const caller = callerOf(c);
  if (caller.kind === "public") return signInFirst(c, language);
  const mine = [...municipalities.values()].filter(({ code }) =>
    hasRole(caller, code, ...roles)
  );
  if (mine.length === 0) requireRole(caller, "*", ...roles);
  return c.html(<Cities {...{ language, title, path }} cities={mine} />);
}

/** The city that an address names, for a caller of its roles. Throws `Forbidden`, `NonexistentTenant`. */
export function staffCity(
  c: Context<Env>,
  { municipalities, roles }: Pick<StaffPages, "municipalities" | "roles">,
): Municipality {
  const code = c.req.param("code") ?? "";
  requireRole(callerOf(c), code, ...roles);
  const city = municipalities.get(code);
  if (city !== undefined) return city;
  throw new Problem(
    "NonexistentTenant",
    `Municipality '${code}' does not exist`,
  );
}

function Cities({ language, title, path, cities }: {
  language: Language;
  title: Text;
  path: string;
  cities: readonly Municipality[];
}): JSX.Element {
  return (
    <Layout language={language} title={title} path={path}>
      <h1>{title[language]}</h1>
      <ul>
        {cities.map(({ code, name }) => (
          <li>
            <a href={inLanguage(language, `${path}/${code}`)}>
              {name[language]}
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
