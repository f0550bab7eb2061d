import type { LiveAnswers } from "@hiraku/dashboards";
import { defaultNames, type EntityReads, renderEntity } from "@hiraku/ngsi";
import { z } from "zod";

const TYPE = "urn:hiraku:ns:SurveyStatistics";

const Statistics = z.object({
  survey: z.string(),
  question: z.string(),
  answerCount: z.number(),
  meanAnswer: z.number(),
});

/** What everybody may see of surveys while they run; it moves in steps. */
export async function liveSurveys(reads: EntityReads): Promise<LiveAnswers[]> {
  const names = defaultNames("");
  const { entities } = await reads.query({
    selectors: [{ types: [[TYPE]] }],
    limit: 1_000,
    offset: 0,
    count: false,
  });
  return entities.flatMap((entity) => {
    const read = Statistics.safeParse(
      renderEntity(
        entity,
        { representation: "simplified", sysAttrs: false },
        names,
      ),
    );
    return read.success
      ? [{
        survey: read.data.survey,
        question: read.data.question,
        answers: read.data.answerCount,
        mean: read.data.meanAnswer,
      }]
      : [];
  });
}
