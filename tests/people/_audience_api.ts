import { access, audienceRoutes, type Env, problemResponse } from "@hiraku/api";
import { createKey } from "@hiraku/api/identity";
import { municipalitiesByCode, type Role } from "@hiraku/kernel";
import { Hono } from "hono";
import { sampleCity } from "../sample_city.ts";
import { CODE, type PeopleCity } from "./_people_city.ts";

/** The audience interface of a people's city, asked with keys of some roles. */
export interface AudienceApi {
  key(label: string, roles: Role[], eventTypes?: string[]): Promise<string>;
  ask(
    key: string,
    path: string,
    body?: unknown,
    // deno-lint-ignore no-explicit-any
  ): Promise<{ status: number; value: any }>;
}

export function audienceApi(city: PeopleCity): AudienceApi {
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
    async key(label, roles, eventTypes = []) {
      const { key } = await createKey(city.control, city.clock, {
        label,
        municipality: CODE,
        eventTypes,
        roles,
        writesEntities: false,
      });
      return key;
    },
    async ask(key, path, body) {
      const response = await app.request(`/api/v1/${CODE}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { Authorization: `Bearer ${key}` },
        ...body === undefined ? {} : { body: JSON.stringify(body) },
      });
      const text = await response.text();
      return {
        status: response.status,
        value: text === "" ? null : JSON.parse(text),
      };
    },
  };
}

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
