import { Problem, type Text } from "@hiraku/kernel";
import type { Evidence } from "../boards/evaluated.ts";
import type { Evaluation, EvidenceLevel } from "../evaluation/mod.ts";
import type { CityTables } from "../metrics/measure.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricOrNone } from "../metrics/registry.ts";
import type { Source } from "../released/source.ts";
import { type Model, modelsOf, tableOf } from "./models_of.ts";
import { type Figures, type Question, readFigures } from "./read_figures.ts";

/** What one model answers. */
export interface Fitted {
  readonly model: Model;
  readonly evaluation: Evaluation;
}

/** A question with its answer, or why there is none. */
export interface Answered {
  readonly question: Question;
  readonly metric: Metric | undefined;
  readonly figures: Figures | undefined;
  readonly answer:
    | {
      readonly main: Fitted;
      readonly level: EvidenceLevel;
      /** The main model and the others that could be fitted. */
      readonly specifications: readonly Fitted[];
    }
    | { readonly none: Text };
}

const FEWEST_MONTHS = 3;
const FEWEST_UNITS = 2;
const FEWEST_ALL = 12;

/** Answers questions from released figures; nothing is estimated of too few. */
export async function answerQuestions(
  city: CityTables,
  questions: readonly Question[],
): Promise<Answered[]> {
  if (questions.length === 0) return [];
  const { evaluate } = await import("../evaluation/mod.ts");
  return await Promise.all(questions.map(async (question) => {
    const metric = metricOrNone(question.metric);
    const figures = metric && await readFigures(city, metric, question);
    const known = { question, metric, figures };
    const none = noAnswer(question, figures);
    if (figures === undefined || none !== undefined) {
      return { ...known, answer: { none: none ?? UNPUBLISHED } };
    }
    const models = modelsOf(question, figures.observed);
    const fitted = fittedOnce(question, figures, () => {
      const table = tableOf(figures.observed);
      return models.flatMap((model) => {
        const { design, spec } = model;
        const evaluation = tried(() => evaluate(design, table, spec));
        return evaluation === undefined ? [] : [{ model, evaluation }];
      });
    });
    const main = fitted.find(({ model }) =>
      model.title.en === models[0]?.title.en
    );
    if (main === undefined) return { ...known, answer: { none: TOO_FEW } };
    return {
      ...known,
      answer: {
        main,
        // A jump in time has no comparison group: it is a series without control.
        level: question.design === "rd"
          ? "2b" as const
          : main.evaluation.evidence.level,
        specifications: fitted,
      },
    };
  }));
}

/** What an answer rests on: its figures, and what they are held against. */
export function answerEvidence({ figures }: Answered): Evidence[] {
  if (figures === undefined) return [];
  const { evidence, exposure } = figures;
  return [evidence, ...exposure === undefined ? [] : [exposure.evidence]];
}

const fits = new WeakMap<Source, Map<string, readonly Fitted[]>>();

/** Draws and placebos take a while: an answer is kept while its figures stand. */
function fittedOnce(
  question: Question,
  { evidence: { source }, exposure }: Figures,
  fit: () => readonly Fitted[],
): readonly Fitted[] {
  const kept = fits.get(source) ?? new Map<string, readonly Fitted[]>();
  fits.set(source, kept);
  const key = JSON.stringify([question, exposure?.evidence.source.version.dir]);
  const fitted = kept.get(key) ?? fit();
  kept.set(key, fitted);
  return fitted;
}

const UNPUBLISHED: Text = {
  ja: "この指標は、この単位・条件ではまだ公開されていません。",
  en: "The metric is not published by these units and rows yet.",
};

const TOO_FEW: Text = {
  ja:
    "公開された数値が少なすぎるため、推定値は示しません（秘匿された数値は使いません）。",
  en:
    "Too few figures are published to give an estimate; withheld figures are not used.",
};

/** Why nothing can be estimated, if so. */
function noAnswer(
  { unit }: Question,
  figures: Figures | undefined,
): Text | undefined {
  if (figures === undefined) return UNPUBLISHED;
  const { observed } = figures;
  const count = (what: (one: typeof observed[number]) => string | number) =>
    new Set(observed.map(what)).size;
  const before = new Set(
    observed.filter(({ since }) => since < 0).map(({ since }) => since),
  ).size;
  const few = observed.length < FEWEST_ALL || before < FEWEST_MONTHS ||
    count(({ since }) => since) - before < FEWEST_MONTHS ||
    unit !== undefined && (
        count(({ unit }) => unit) < FEWEST_UNITS * 2 ||
        !observed.some(({ treated }) => treated) ||
        observed.every(({ treated }) => treated)
      );
  return few ? TOO_FEW : undefined;
}

/** A model the figures do not bear is no answer; anything else is a fault of ours. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
