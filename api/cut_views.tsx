import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { CutRequest } from "@hiraku/kernel/control";
import {
  BREAKDOWN_NAMES,
  breakdownOf,
  CutPreview,
  DATASETS,
  familiesOf,
  inLanguage,
  Layout,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { cityTime } from "./city_time.ts";
import { CUT_WORDS, previewSentences } from "./cut_words.ts";

interface Shown {
  readonly request: CutRequest;
  readonly title: Text | undefined;
  readonly released: boolean;
}

/** The form for a cut, and every request with its answer; previews for officers alone. */
export function CutPage(
  { language, city, isOfficer, requests, problem }: {
    language: Language;
    city: Municipality;
    isOfficer: boolean;
    requests: readonly Shown[];
    problem?: string;
  },
): JSX.Element {
  const path = `/operations/${city.code}/cuts`;
  const words = (key: keyof typeof CUT_WORDS) => CUT_WORDS[key][language];
  return (
    <Layout language={language} title={CUT_WORDS.title} path={path}>
      <p class="crumbs">
        <a href={inLanguage(language, `/dashboards/${city.code}/queries`)}>
          {city.name[language]}
        </a>
      </p>
      <h1>{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      {problem !== undefined && <p class="notice" role="alert">{problem}</p>}
      <section aria-labelledby="ask">
        <h2 id="ask">{words("ask")}</h2>
        <form class="fields" method="post" action={inLanguage(language, path)}>
          <p>
            <label for="family">{words("family")}</label>
            <select id="family" name="family">
              {DATASETS.map((dataset) => {
                const families = familiesOf(dataset);
                return families.length === 0
                  ? null
                  : (
                    <optgroup label={dataset.title[language]}>
                      {families.map((id) => (
                        <option value={`${dataset.id}.${id}`}>
                          {dataset.tables[id]?.title[language]}
                        </option>
                      ))}
                    </optgroup>
                  );
              })}
            </select>
          </p>
          <fieldset>
            <legend>{words("by")}</legend>
            {BREAKDOWN_NAMES.map((name) => (
              <label>
                <input type="checkbox" name="by" value={name} />{" "}
                {breakdownOf(name).title[language]}
              </label>
            ))}
          </fieldset>
          <p>
            <label for="reason">{words("reason")}</label>
            <textarea
              id="reason"
              name="reason"
              rows={3}
              maxlength={500}
              required
            >
            </textarea>
          </p>
          <p>
            <button type="submit">{words("ask")}</button>
          </p>
        </form>
      </section>
      <h2>{words("requests")}</h2>
      {requests.length === 0 && <p>{words("none")}</p>}
      {requests.map((one) => (
        <Request
          language={language}
          path={path}
          isOfficer={isOfficer}
          shown={one}
        />
      ))}
    </Layout>
  );
}

function Request(
  { language, path, isOfficer, shown: { request, title, released } }: {
    language: Language;
    path: string;
    isOfficer: boolean;
    shown: Shown;
  },
) {
  const words = (key: keyof typeof CUT_WORDS) => CUT_WORDS[key][language];
  const { id, by, reason, askedAt, answer } = request;
  const name = (title?.[language] ?? request.family) + " × " +
    BREAKDOWN_NAMES.filter((one) => by.includes(one))
      .map((one) => breakdownOf(one).title[language]).join(" × ");
  return (
    <section class="card" aria-labelledby={`r-${id}`}>
      <h3 id={`r-${id}`}>{name}</h3>
      <p class="meta">{cityTime(askedAt)}</p>
      <p>{reason}</p>
      {isOfficer && <Preview language={language} request={request} />}
      <p>
        <strong>
          {released
            ? words("released")
            : answer === null
            ? words("open")
            : words(answer.verdict)}
        </strong>
        {answer?.reason && `: ${answer.reason}`}
      </p>
      {isOfficer && answer === null && (
        <form
          class="fields"
          method="post"
          action={inLanguage(language, `${path}/${id}`)}
          aria-label={`${words("answer")}: ${name}`}
        >
          <p>
            <label for={`why-${id}`}>{words("why")}</label>
            <input id={`why-${id}`} name="reason" maxlength={500} />
          </p>
          <p>
            <button type="submit" name="verdict" value="accepted">
              {words("accept")}
            </button>{" "}
            <button type="submit" name="verdict" value="refused">
              {words("refuse")}
            </button>
          </p>
        </form>
      )}
    </section>
  );
}

function Preview(
  { language, request }: { language: Language; request: CutRequest },
) {
  const { preview, previewFailed } = request;
  const lines = preview !== null
    ? previewSentences(CutPreview.parse(preview), language)
    : previewFailed !== null
    ? [`${CUT_WORDS.failed[language]}: ${previewFailed}`]
    : [CUT_WORDS.waiting[language]];
  return (
    <>
      <h4>{CUT_WORDS.preview[language]}</h4>
      {lines.map((one) => <p>{one}</p>)}
    </>
  );
}
