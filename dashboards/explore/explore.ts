import {
  type Layout,
  type Municipality,
  Problem,
  type Text,
} from "@hiraku/kernel";
import { MODE_NAMES, nameOf } from "@hiraku/opendata";
import { type Answer, answerer } from "./answer.ts";
import { askedElsewhere, elsewhereText } from "./elsewhere.ts";
import { type PublishedMonths, publishedMonths } from "./published_months.ts";
import {
  type By,
  type Dimension,
  DIMENSION_NAMES,
  DIMENSIONS,
  isDimension,
  MODES,
  MONTH,
  type Question,
  readQuestion,
} from "./question.ts";
import type { UseMonths } from "./use_months.ts";

/** What the values of each dimension are called, in the order they are shown. */
export type ValueNames = Readonly<
  Record<Dimension, readonly (readonly [string, Text])[]>
>;

/** A question with all that its page shows; `undefined` while nothing is frozen. */
export interface Exploration {
  readonly question: Question;
  readonly answer: Answer;
  readonly published: PublishedMonths;
  readonly names: ValueNames;
}

/** What a chart is asked for by; refuses what it does not know by name. */
export function readBy(value: string | undefined): By {
  if (value === undefined || value === "") return "miniAppId";
  if (value === MONTH || isDimension(value)) return value;
  throw unfit("by");
}

/**
 * Answers an address from the frozen noisy months of a city, and from nothing
 * else. A metric that they do not answer is refused by name, with where it is found.
 */
export async function explore(
  layout: Layout,
  municipality: Municipality,
  parameters: URLSearchParams,
): Promise<Exploration | undefined> {
  const elsewhere = askedElsewhere(parameters, municipality);
  if (elsewhere !== undefined) {
    throw new Problem("BadRequestData", elsewhereText(elsewhere).en);
  }
  const question = readQuestion(parameters);
  if ("unfit" in question) throw unfit(question.unfit);
  const published = await publishedMonths(layout, municipality.code);
  if (published === undefined) return undefined;
  const names = namesOf(published.cube, municipality);
  for (const name of DIMENSION_NAMES) {
    for (const code of question.at[name] ?? []) {
      if (!names[name].some(([known]) => known === code)) throw unfit(name);
    }
  }
  const answer = answererOf(published)(question);
  return answer && { question, answer, published, names };
}

const answerers = new WeakMap<UseMonths, ReturnType<typeof answerer>>();

function answererOf({ cube }: PublishedMonths): ReturnType<typeof answerer> {
  const known = answerers.get(cube) ?? answerer(cube);
  answerers.set(cube, known);
  return known;
}

function namesOf(
  { tables }: UseMonths,
  municipality: Municipality,
): ValueNames {
  const named = (dimension: Dimension, codes: Iterable<string>) => {
    const { title, codes: of } = DIMENSIONS[dimension];
    const column = of === undefined
      ? { title, names: MODE_NAMES }
      : { title, codes: of };
    return [...new Set(codes)].map((code) =>
      [code, nameOf(column, code, municipality)] as const
    );
  };
  const of = (dimension: Dimension) =>
    named(
      dimension,
      tables.flatMap(({ dimensions }) =>
        dimensions.filter(({ name }) => name === dimension)
      ).flatMap((one) => one.codes),
    );
  return {
    miniAppId: of("miniAppId"),
    districtCode: of("districtCode"),
    ageGroup: of("ageGroup"),
    sex: of("sex"),
    tier: of("tier"),
    // Also those of which nothing was measured yet.
    mode: named("mode", MODES),
  };
}

function unfit(name: string): Problem {
  return new Problem(
    "BadRequestData",
    `Parameter '${name}' is not known here, or does not fit`,
  );
}
