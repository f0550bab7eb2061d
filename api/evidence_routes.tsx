import {
  cityDay,
  type Municipalities,
  type Municipality,
} from "@hiraku/kernel";
import { type Control, registerHistory } from "@hiraku/kernel/control";
import {
  answerEvidence,
  answerQuestions,
  EvaluationsPage,
  historiesOf,
  KpiPage,
  LogicModelPage,
  type MadeScripts,
  milestonesOf,
  PlanPage,
  readKpis,
  readLogicModel,
  readPlan,
  type Shelf,
  WellbeingPage,
} from "@hiraku/dashboards";
import {
  entriesOf,
  evaluations,
  logicLinks,
  logicNodes,
  type Register,
  targets,
  wellbeing,
} from "@hiraku/opendata";
import { Hono } from "hono";
import type { z } from "zod";
import { chartScripts } from "./assets.ts";
import { askedCity } from "./asked_city.ts";
import type { Env } from "./identity/caller.ts";

/** Pages that hold figures against what the city's registers say of them. */
export function evidenceRoutes(
  { shelf, municipalities, control, scripts }: {
    shelf: Shelf;
    municipalities: Municipalities;
    /** Where registers are kept; without it they count as empty. */
    control: Control | undefined;
    scripts: MadeScripts;
  },
): Hono<Env> {
  const app = new Hono<Env>();
  const entries = async <Row extends z.ZodObject>(
    { code }: Municipality,
    register: Register<Row>,
  ) => control === undefined ? [] : await entriesOf(control, code, register);
  /** Days on which a register was changed, newest first. */
  const changedOn = async ({ code }: Municipality, { id }: Register) => {
    if (control === undefined) return [];
    const changes = await registerHistory(control, {
      municipality: code,
      register: id,
    });
    return [...new Set(changes.map(({ at }) => cityDay(new Date(at))))];
  };

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    app.get(`${at}/dashboards/:code{[0-9]{6}}/kpi`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const city = { municipality, shelf };
      const kpis = await readKpis(city, await entries(municipality, targets));
      return c.html(
        <KpiPage
          language={language}
          municipality={municipality}
          kpis={kpis}
          milestones={await milestonesOf(city)}
          histories={await historiesOf(
            city,
            kpis.map(({ evidence }) => evidence),
          )}
          scripts={await chartScripts(scripts)}
        />,
      );
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/logic-model`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const city = { municipality, shelf };
      const model = await readLogicModel(
        city,
        await entries(municipality, logicNodes),
        await entries(municipality, logicLinks),
        await entries(municipality, targets),
      );
      const questions = await entries(municipality, evaluations);
      return c.html(
        <LogicModelPage
          language={language}
          municipality={municipality}
          model={model}
          questions={questions}
          histories={await historiesOf(
            city,
            model.nodes.flatMap(({ evidence }) => evidence ?? []),
          )}
        />,
      );
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/evaluations`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const city = { municipality, shelf };
      const answered = await answerQuestions(
        city,
        await entries(municipality, evaluations),
      );
      return c.html(
        <EvaluationsPage
          language={language}
          municipality={municipality}
          answered={answered}
          histories={await historiesOf(
            city,
            answered.flatMap(answerEvidence),
          )}
        />,
      );
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/wellbeing`, async (c) => {
      const municipality = askedCity(c, municipalities);
      return c.html(
        <WellbeingPage
          language={language}
          municipality={municipality}
          entries={await entries(municipality, wellbeing)}
          changedOn={await changedOn(municipality, wellbeing)}
        />,
      );
    });
    app.get(`${at}/dashboards/:code{[0-9]{6}}/plan`, (c) =>
      c.html(
        <PlanPage
          language={language}
          municipality={askedCity(c, municipalities)}
          planned={readPlan(c.req.query())}
          search={new URL(c.req.url).search}
        />,
      ));
  }
  return app;
}
