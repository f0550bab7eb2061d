import {
  access,
  audienceRoutes,
  createKey,
  type Env,
  problemResponse,
} from "@hiraku/api";
import { municipalitiesByCode, type Role } from "@hiraku/kernel";
import { Hono } from "hono";
import { sampleCity } from "../sample_city.ts";
import { CODE, type PeopleCity } from "./_people_city.ts";

/** The audience interface of a people's city, asked with keys of some roles. */
export function audienceApi(city: PeopleCity) {
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.use(
    access({
      control: city.control,
      clock: city.clock,
      origin: "https://city.example",
    }),
  );
  app.route(
    "/",
    audienceRoutes({
      control: city.control,
      clock: city.clock,
      layout: city.places,
      municipalities: municipalitiesByCode([sampleCity]),
    }),
  );
  return {
    async key(label: string, roles: Role[], eventTypes: string[] = []) {
      const { key } = await createKey(city.control, city.clock, {
        label,
        municipality: CODE,
        eventTypes,
        roles,
        writesEntities: false,
      });
      return key;
    },
    async ask(key: string, path: string, body?: unknown, method?: string) {
      const response = await app.request(`/api/v1/${CODE}${path}`, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        headers: { Authorization: `Bearer ${key}` },
        ...body === undefined ? {} : { body: JSON.stringify(body) },
      });
      const text = await response.text();
      return {
        status: response.status,
        // deno-lint-ignore no-explicit-any
        value: (text === "" ? null : JSON.parse(text)) as any,
      };
    },
  };
}

export type AudienceApi = ReturnType<typeof audienceApi>;

/** Waits until an answer is as expected; fails with the last one. */
export async function soon<T>(
  look: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<T> {
  for (let i = 0; i < 200; i++) {
    const value = await look();
    if (isRight(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Never came: ${JSON.stringify(await look())}`);
}
