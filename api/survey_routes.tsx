import {
  type Municipalities,
  type Municipality,
  Problem,
} from "@hiraku/kernel";
import {
  crossBook,
  crossCsv,
  crossSvg,
  historiesOf,
  type MadeScripts,
  readSurvey,
  type Shelf,
  SurveyPage,
} from "@hiraku/dashboards";
import type { Brokers } from "@hiraku/ngsi";
import { type Context, Hono } from "hono";
import { askedCity } from "./asked_city.ts";
import { chartScripts } from "./assets.ts";
import type { Env } from "./identity/caller.ts";
import { liveSurveys } from "./live_surveys.ts";
import { CSV, SVG, takenAway, XLSX } from "./taken_away.ts";

/** The page of surveys in depth, and what is taken away of it. */
export function surveyRoutes(
  { shelf, municipalities, brokers, scripts }: {
    shelf: Shelf;
    municipalities: Municipalities;
    /** Where figures of running surveys stand; without it there are none. */
    brokers: Brokers | undefined;
    scripts: MadeScripts;
  },
): Hono<Env> {
  const app = new Hono<Env>();

  async function read(c: Context<Env>, municipality: Municipality) {
    const asked = c.req.query("surveyId") || undefined;
    const survey = await readSurvey(
      { municipality, shelf },
      asked,
      brokers === undefined
        ? []
        : await liveSurveys(brokers.get(municipality.code)),
    );
    if (asked !== undefined && survey.survey !== asked) throw unfit("surveyId");
    const question = c.req.query("question") || undefined;
    const known = survey.crossed.some((one) => one.question === question);
    if (question !== undefined && !known) throw unfit("question");
    return { survey, question };
  }

  for (const [language, at] of [["ja", ""], ["en", "/en"]] as const) {
    const path = `${at}/dashboards/:code{[0-9]{6}}/surveys`;
    app.get(path, async (c) => {
      const municipality = askedCity(c, municipalities);
      const { survey, question } = await read(c, municipality);
      return c.html(
        <SurveyPage
          language={language}
          municipality={municipality}
          read={survey}
          question={question}
          search={new URL(c.req.url).search}
          histories={await historiesOf(
            { municipality, shelf },
            survey.evidence,
          )}
          scripts={await chartScripts(scripts)}
        />,
      );
    });
    app.get(`${path}/:file{cross\\.(csv|xlsx|svg)}`, async (c) => {
      const municipality = askedCity(c, municipalities);
      const { survey, question } = await read(c, municipality);
      const one = survey.crossed.find((own) => own.question === question) ??
        survey.crossed[0];
      if (one === undefined) {
        throw new Problem("ResourceNotFound", "There is no such file");
      }
      const [, form] = c.req.param("file").split(".");
      const stem = `${municipality.code}_surveys_cross`;
      if (form === "csv") {
        return takenAway(`${stem}.csv`, CSV, crossCsv(survey, language));
      }
      if (form === "svg") {
        const svg = crossSvg(one, survey, municipality, language);
        return takenAway(`${stem}.svg`, SVG, svg);
      }
      const histories = await historiesOf(
        { municipality, shelf },
        survey.evidence,
      );
      const book = await crossBook(survey, histories, language);
      return takenAway(`${stem}.xlsx`, XLSX, book);
    });
  }
  return app;
}

function unfit(name: string): Problem {
  return new Problem("BadRequestData", `Parameter '${name}' does not fit`);
}
