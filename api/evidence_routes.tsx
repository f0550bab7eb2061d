import {
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import {
  historiesOf,
  KpiPage,
  LogicModelPage,
  readKpis,
  readLogicModel,
  type Shelf,
} from "@hiraku/dashboards";
import {
  entriesOf,
  logicLinks,
  logicNodes,
  type Register,
  targets,
} from "@hiraku/opendata";
import { type Context, Hono } from "hono";
import type { z } from "zod";
import type { Env } from "./identity/caller.ts";

/** Pages that hold figures against what the city's registers say of them. */
export function evidenceRoutes(
  { shelf, municipalities, control }: {
    shelf: Shelf;
    municipalities: Municipalities;
    /** Where registers are kept; without it they count as empty. */
    control: Control | undefined;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const entries = async <Row extends z.ZodObject>(
    { code }: Municipality,
    register: Register<Row>,
  ) => control === undefined ? [] : await entriesOf(control, code, register);

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards/:code{[0-9]{6}}/kpi`, async (c) => {
      const municipality = cityOf(c, municipalities);
      const city = { municipality, shelf };
      const kpis = await readKpis(city, await entries(municipality, targets));
      return c.html(
        <KpiPage
          language={language}
          municipality={municipality}
          kpis={kpis}
          histories={await historiesOf(
            city,
            kpis.map(({ evidence }) => evidence),
          )}
        />,
      );
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/logic-model`, async (c) => {
      const municipality = cityOf(c, municipalities);
      const city = { municipality, shelf };
      const model = await readLogicModel(
        city,
        await entries(municipality, logicNodes),
        await entries(municipality, logicLinks),
      );
      return c.html(
        <LogicModelPage
          language={language}
          municipality={municipality}
          model={model}
          histories={await historiesOf(
            city,
            model.nodes.flatMap(({ evidence }) => evidence ?? []),
          )}
        />,
      );
    });
  }
  return app;
}

function cityOf(
  c: Context<Env>,
  municipalities: Municipalities,
): Municipality {
  const city = municipalities.get(c.req.param("code") ?? "");
  if (city !== undefined) return city;
  throw new Problem("ResourceNotFound", "There is no such dashboard");
}
