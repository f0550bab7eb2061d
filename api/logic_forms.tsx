import type { Language, Text } from "@hiraku/kernel";
import { levelName, LEVELS, METRICS } from "@hiraku/dashboards";
import {
  columnOf,
  inLanguage,
  logicLinks,
  logicNodes,
  type Register,
  toCell,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { EditorProps } from "./logic_editing.ts";

const TEXT = {
  box: { ja: "項目", en: "Box" },
  link: { ja: "つながり", en: "Link" },
  save: { ja: "保存", en: "Save" },
  cancel: { ja: "やめる", en: "Cancel" },
  required: { ja: "必須", en: "required" },
  noMetric: { ja: "指標なし", en: "No indicator" },
  whyHint: {
    ja: "指標を選んだら必須。アンケートの指標には、ほかで測れない理由も",
    en:
      "Required with an indicator; of a survey also why nothing else measures it",
  },
  rowsHint: {
    ja: "例: surveyId=…;question=q1",
    en: "Such as surveyId=…;question=q1",
  },
  evaluationHint: {
    ja: "根拠の水準を選んだら必須。下の評価のコードか、文献など",
    en:
      "Required with an evidence level: the code of an evaluation below, or a reference",
  },
} as const satisfies Record<string, Text>;

type FormProps = EditorProps & { path: string };
type Choices = readonly (readonly [string, string])[];

/** A box with its level, indicator and reason. */
export function BoxForm(
  { language, city, edited, path }: FormProps,
): JSX.Element {
  const metrics = METRICS.map(({ id, title }) =>
    [id, `${title[language]} (${id})`] as const
  ).toSorted(([, a], [, b]) => a.localeCompare(b, language));
  const field = fieldsOf(logicNodes, language, edited?.entry ?? {});
  return (
    <Frame
      {...{ language, path }}
      kind="boxes"
      title={TEXT.box}
      id={edited?.entry["id"]}
    >
      {field.choice(
        "level",
        LEVELS.map((one) => [one, levelName(one, city, language)]),
        true,
      )}
      {field.text("titleJa", { required: true })}
      {field.text("titleEn", { required: true })}
      {field.choice("metric", [["", TEXT.noMetric[language]], ...metrics])}
      {field.text("why", { hint: TEXT.whyHint })}
      {field.text("at", { hint: TEXT.rowsHint })}
      {field.text("external", {})}
    </Frame>
  );
}

/** A link with its assumption and the evaluation that tests it. */
export function LinkForm(
  { language, model, questions, edited, path }: FormProps,
): JSX.Element {
  const boxes = model.nodes.map(({ node }) =>
    [node.id, language === "ja" ? node.titleJa : node.titleEn] as const
  );
  const levels = Object.entries(
    columnOf(logicLinks.row, "evidence").names ?? {},
  ).toSorted(([a], [b]) => Number(b === "none") - Number(a === "none"))
    .map(([code, name]) => [code, name[language]] as const);
  const field = fieldsOf(logicLinks, language, edited?.entry ?? {});
  return (
    <Frame
      {...{ language, path }}
      kind="links"
      title={TEXT.link}
      id={edited?.entry["id"]}
    >
      {field.choice("from", boxes, true)}
      {field.choice("to", boxes, true)}
      {field.text("assumption", { required: true })}
      {field.choice("evidence", levels)}
      {field.text("evaluation", {
        hint: TEXT.evaluationHint,
        suggested: questions.map((one) =>
          [
            one.id,
            language === "ja" ? one.questionJa : one.questionEn,
          ] as const
        ),
      })}
    </Frame>
  );
}

function Frame(
  { language, path, kind, title, id, children }: {
    language: Language;
    path: string;
    kind: "boxes" | "links";
    title: Text;
    /** None of an entry that is new. */
    id: unknown;
    children: JSX.Element[];
  },
) {
  const at = inLanguage(language, path);
  return (
    <section class="card" aria-labelledby="form">
      <h2 id="form">{title[language]}</h2>
      <form class="fields" method="post" action={`${at}/${kind}`}>
        {id !== undefined && (
          <input type="hidden" name="id" value={String(id)} />
        )}
        {children}
        <p>
          <button type="submit">{TEXT.save[language]}</button>{" "}
          <a href={at}>{TEXT.cancel[language]}</a>
        </p>
      </form>
    </section>
  );
}

/** Fields of a register's entry, by the column they fill. */
function fieldsOf(
  { row }: Register,
  language: Language,
  entry: Readonly<Record<string, unknown>>,
) {
  const label = (name: string, required: boolean) => (
    <label for={`f-${name}`}>
      {columnOf(row, name).title[language]}
      {required && ` (${TEXT.required[language]})`}
    </label>
  );
  return {
    choice(name: string, choices: Choices, required = false) {
      const chosen = toCell(entry[name]);
      const known = choices.some(([value]) => value === chosen);
      return (
        <p>
          {label(name, required)}
          <select id={`f-${name}`} name={name} required={required}>
            {!known && (chosen !== "" || required) && (
              <option value={chosen}>{chosen}</option>
            )}
            {choices.map(([value, text]) => (
              <option value={value} selected={value === chosen}>{text}</option>
            ))}
          </select>
        </p>
      );
    },
    text(
      name: string,
      { required = false, hint, suggested }: {
        required?: boolean;
        hint?: Text;
        suggested?: Choices;
      },
    ) {
      return (
        <p>
          {label(name, required)}
          <input
            id={`f-${name}`}
            name={name}
            value={toCell(entry[name])}
            required={required}
            aria-describedby={hint && `h-${name}`}
            list={suggested && `l-${name}`}
          />
          {hint && <span class="meta" id={`h-${name}`}>{hint[language]}</span>}
          {suggested && (
            <datalist id={`l-${name}`}>
              {suggested.map(([value, text]) => (
                <option value={value}>{text}</option>
              ))}
            </datalist>
          )}
        </p>
      );
    },
  };
}
