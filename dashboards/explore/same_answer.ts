import type { Answer } from "./answer.ts";
import { type Question, questionText } from "./question.ts";

/** Address of an answer as JSON: by mini-app, or by the first chart that has one. */
export function sameAnswer(
  code: string,
  { question, answer }: {
    readonly question: Question;
    readonly answer: Answer;
  },
): string | undefined {
  const answered = answer.charts.filter(({ refused }) => refused === undefined)
    .map(({ by }) => by);
  const by = answered.find((one) => one === "miniAppId") ?? answered[0];
  if (by === undefined) return undefined;
  const asked = questionText(question);
  const path = `/api/v1/explore/${code}${asked}`;
  if (by === "miniAppId") return path;
  return `${path}${asked === "" ? "?" : "&"}by=${by}`;
}
