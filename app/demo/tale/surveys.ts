import { addDays } from "@hiraku/kernel";
import { dayNumber, NEVER } from "../people.ts";
import { hashed } from "../random.ts";
import type { World } from "../world.ts";
import type { Scene } from "./scene.ts";

interface SurveyPlan {
  readonly code: string;
  readonly id: string;
  readonly kind: "satisfaction" | "lwc" | "monitor" | "event" | "needs";
  readonly from: string;
  readonly to: string;
  readonly questions: number;
  /** Share of the verified registrants who are asked, and of these who answer. */
  readonly asked: number;
  readonly answering: number;
  /** Mean of the five-point answers. */
  readonly mean: number;
}

const SURVEYS: readonly SurveyPlan[] = [
  satisfaction("252018", "2026", "02-16", "03-10", 1, 3.4),
  satisfaction("412015", "2024", "10-15", "11-05", 0.12, 3.5),
  satisfaction("412015", "2025", "10-15", "11-05", 0.12, 3.7),
  satisfaction("412015", "2026", "10-15", "11-05", 0.12, 3.8),
  wellbeing("2025"),
  wellbeing("2026"),
  {
    code: "412015",
    id: "412015-sv-2026-mon",
    kind: "monitor",
    from: "2026-05-10",
    to: "2026-05-24",
    questions: 8,
    asked: 0.02,
    answering: 0.55,
    mean: 3.3,
  },
];

function satisfaction(
  code: string,
  year: string,
  from: string,
  to: string,
  asked: number,
  mean: number,
): SurveyPlan {
  return {
    code,
    id: `${code}-sv-${year}-sat`,
    kind: "satisfaction",
    from: `${year}-${from}`,
    to: `${year}-${to}`,
    questions: 1,
    asked,
    answering: 0.24,
    mean,
  };
}

function wellbeing(year: string): SurveyPlan {
  return {
    code: "412015",
    id: `412015-sv-${year}-lwc`,
    kind: "lwc",
    from: `${year}-06-01`,
    to: `${year}-06-30`,
    questions: 50,
    asked: 0.06,
    answering: 0.3,
    mean: 3.3,
  };
}

/** Waves of surveys: whom they ask, who answers and when they close. */
export function surveys(scene: Scene): void {
  for (const survey of SURVEYS) {
    if (survey.code !== scene.world.code) continue;
    const { day } = scene;
    if (day === survey.from) open(scene, survey);
    if (day >= survey.from && day <= survey.to) {
      for (const person of askedBy(scene.world, survey)) {
        if (answersOn(survey, person) === scene.number) {
          answer(scene, survey, person);
        }
      }
    }
    if (day === addDays(survey.to, 21)) {
      scene.tell("survey.result.published", 10, {
        surveyId: survey.id,
        version: 1,
        approver: "dx",
      });
    }
  }
}

function open(scene: Scene, survey: SurveyPlan): void {
  const { id: surveyId, kind, to } = survey;
  scene.tell("survey.published", 8, {
    surveyId,
    kind,
    eligibility: "rule-jpki",
    weighting: kind === "satisfaction" ? "registrants" : "population",
    closesOn: to,
    version: 1,
  });
  for (const person of askedBy(scene.world, survey)) {
    scene.tell("survey.eligible", 8 + scene.random(), { surveyId }, { person });
  }
}

const asked = new WeakMap<World, Map<string, readonly number[]>>();

/** Who is asked: those verified when it opens, or a sample of them. */
function askedBy(
  world: World,
  { id, from, asked: share }: SurveyPlan,
): readonly number[] {
  const bySurvey = asked.get(world) ?? new Map<string, readonly number[]>();
  asked.set(world, bySurvey);
  let people = bySurvey.get(id);
  if (people !== undefined) return people;
  const opening = dayNumber(from);
  people = Array.from({ length: world.registeredBy(from) }, (_, who) => who)
    .filter((who) =>
      world.people.closed[who] === NEVER &&
      (world.people.card[who] ?? NEVER) <= opening &&
      hashed(opening, who, 3) < share
    );
  bySurvey.set(id, people);
  return people;
}

/** The day on which a person who was asked answers, once; most never do. */
function answersOn(
  { from, to, answering }: SurveyPlan,
  person: number,
): number | undefined {
  const opening = dayNumber(from);
  const drawn = hashed(opening, person, 4);
  if (drawn >= answering) return undefined;
  return opening +
    Math.floor(drawn / answering * (dayNumber(to) - opening + 1));
}

function answer(
  scene: Scene,
  { id: surveyId, questions, mean }: SurveyPlan,
  person: number,
): void {
  const { random } = scene;
  const mood = mean + (random() + random() - 1) * 1.2;
  const answers = Object.fromEntries(
    Array.from({ length: questions }, (_, i) => [
      `q${i + 1}`,
      Math.min(5, Math.max(1, Math.round(mood + 1.6 * random() - 0.8))),
    ]),
  );
  scene.tell("survey.answered", 9 + 12 * random(), {
    surveyId,
    answers,
    durationMs: questions * (6_000 + scene.upTo(4_000)),
  }, { person });
}
