import {
  type Layout,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import {
  type Control,
  type ControlTables,
  openControl,
} from "@hiraku/kernel/control";
import { defaultNames, openBrokers, readEntity } from "@hiraku/ngsi";
import { openShelf } from "@hiraku/dashboards";
import { Hono } from "hono";
import { access } from "./access.ts";
import { auditPages } from "./audit_pages.tsx";
import { accountRoutes } from "./account_routes.tsx";
import type { Env } from "./identity/caller.ts";
import { createAccount } from "./identity/account.ts";
import { logicPages } from "./logic_pages.tsx";
import { outlinePages } from "./outline_pages.tsx";
import { linkPages } from "./link_pages.tsx";
import { operationsRoutes } from "./operations_routes.tsx";
import { problemResponse } from "./problem_response.ts";
import { pipelinePages } from "./pipeline_pages.tsx";
import { releasePages } from "./release_pages.tsx";
import { registerPages } from "./register_pages.tsx";
import { viewAsPages, viewingBanner } from "./view_as_pages.tsx";

export const PASSWORD = "correct horse battery";
/** Evacuees of the one open shelter, a number that stands nowhere else. */
export const PEOPLE = 31_873;
export const BOARD = "/operations/412015/shelters";

export const cities = ["412015", "252018"].map((code) =>
  Municipality.parse({
    code,
    tenant: `city_${code}`,
    name: { ja: `市${code}`, en: `City ${code}` },
    prefecture: { ja: "県", en: "Prefecture" },
    districts: ["勧興", "循誘"].map((ja, at) => ({
      code: `${code}-sd-0${at + 1}`,
      name: { ja, en: `District ${at + 1}` },
    })),
  })
);

export interface Sent {
  /** Value of the session cookie. */
  session?: string;
  form?: Record<string, string> | FormData;
  headers?: Record<string, string>;
}

/** Two cities with staff, sessions and pages, and a clock that a test moves. */
export interface StaffCity {
  readonly control: Control;
  readonly places: Layout;
  readonly clock: { now(): Date; move(ms: number): void };
  readonly origin: string;
  /** Without a form a GET; with one a POST from our own page, unless headers say otherwise. */
  ask(path: string, sent?: Sent): Promise<Response>;
  /** Signs in and answers the value of the session cookie. */
  signIn(login: string): Promise<string>;
}

const STAFF = [
  ["analyst", "412015", "analyst"],
  ["hq", "412015", "hq"],
  ["section", "412015", "section"],
  ["officer", "412015", "officer"],
  ["otsu", "252018", "hq"],
  ["admin", "*", "admin"],
] as const;

/** What hiring wrote once: a password is made to be slow to hash. */
let hired:
  | Pick<
    { [T in keyof ControlTables]: ControlTables[T][] },
    "account" | "account_role"
  >
  | undefined;

async function hireStaff(
  control: Control,
  clock: { now(): Date },
): Promise<void> {
  if (hired !== undefined) {
    await control.insertInto("account").values(hired.account).execute();
    await control.insertInto("account_role").values(hired.account_role)
      .execute();
    return;
  }
  await Promise.all(
    STAFF.map(([login, municipality, role]) =>
      createAccount(control, clock, login, PASSWORD, [{ municipality, role }])
    ),
  );
  hired = {
    account: await control.selectFrom("account").selectAll().execute(),
    account_role: await control.selectFrom("account_role").selectAll()
      .execute(),
  };
}

/** Staff: `analyst`, `hq`, `section` and `officer` of 412015, `otsu` the hq of 252018, `admin` everywhere. */
export async function withStaff(
  body: (city: StaffCity) => Promise<void>,
  origin = "https://city.example",
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const places = layout(folder);
  let now = Date.parse("2026-11-09T00:00:00Z");
  const clock = {
    now: () => new Date(now),
    move: (ms: number) => void (now += ms),
  };
  for (const { code } of cities) {
    await Deno.mkdir(places.city(code), { recursive: true });
  }
  const control = await openControl(places.control);
  const brokers = await openBrokers({
    layout: places,
    municipalities: cities,
    clock,
  });
  await brokers.get("412015").create(
    readEntity({
      id: "urn:ngsi-ld:ShelterOccupancy:E1",
      type: "ShelterOccupancy",
      operatingMode: "disaster",
      evacueeTotal: { value: PEOPLE, observedAt: "2026-11-09T00:00:00Z" },
      evacueeHouseholds: {
        value: 12_000,
        observedAt: "2026-11-09T00:00:00Z",
      },
    }, defaultNames(origin)),
  );
  await hireStaff(control, clock);

  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(access({ control, clock, origin }));
  app.use(viewingBanner());
  app.route("/", accountRoutes({ control, clock, origin }));
  app.route("/", viewAsPages({ control, clock }));
  app.route(
    "/",
    auditPages({ control, municipalities: municipalitiesByCode(cities) }),
  );
  app.route(
    "/",
    operationsRoutes({
      control,
      clock,
      brokers,
      municipalities: municipalitiesByCode(cities),
    }),
  );
  app.route(
    "/",
    linkPages({ control, clock, municipalities: municipalitiesByCode(cities) }),
  );
  const kept = {
    control,
    clock,
    municipalities: municipalitiesByCode(cities),
  };
  app.route("/", logicPages({ ...kept, shelf: openShelf(places, clock) }));
  app.route("/", outlinePages(kept));
  app.route(
    "/",
    pipelinePages({
      control,
      clock,
      municipalities: municipalitiesByCode(cities),
    }),
  );
  app.route(
    "/",
    releasePages({
      control,
      clock,
      layout: places,
      municipalities: municipalitiesByCode(cities),
    }),
  );
  app.route(
    "/",
    registerPages({
      control,
      clock,
      municipalities: municipalitiesByCode(cities),
    }),
  );
  const ask = (path: string, { session, form, headers }: Sent = {}) =>
    Promise.resolve(app.request(`${origin}${path}`, {
      method: form === undefined ? "GET" : "POST",
      headers: {
        ...(form === undefined ? {} : { Origin: origin }),
        ...(session === undefined
          ? {}
          : { Cookie: `hiraku_session=${session}` }),
        ...headers,
      },
      ...(form === undefined ? {} : {
        body: form instanceof FormData ? form : new URLSearchParams(form),
      }),
    }));
  const signIn = async (login: string) => {
    const form = { login, password: PASSWORD };
    return sessionOf(await ask("/login", { form })) ?? "";
  };
  try {
    await body({ control, places, clock, origin, ask, signIn });
  } finally {
    await brokers.close();
    await control.destroy();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The session that an answer sets. */
export function sessionOf(response: Response): string | undefined {
  const cookie = response.headers.get("set-cookie") ?? "";
  return /^hiraku_session=([^;]+)/.exec(cookie)?.[1];
}
