import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { Feedback } from "@hiraku/kernel/control";
import {
  type Card,
  inLanguage,
  Layout,
  type SheetDraft,
  SHEETS,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { cityTime } from "./city_time.ts";
import { Crumbs } from "./crumbs.tsx";
import { SEVERITIES, TEXT } from "./sheet_words.ts";

interface DeskProps {
  readonly language: Language;
  readonly city: Municipality;
  readonly drafts: readonly SheetDraft[];
  readonly cards: readonly Card[];
  readonly feedback: readonly (Feedback & { readonly at: string })[];
  readonly problem?: Text;
}

/** Where an officer begins: a file to check, what waits, what is public, what people ask for. */
export function SheetDesk(props: DeskProps): JSX.Element {
  const { language, city, drafts, cards, feedback, problem } = props;
  const path = `/operations/${city.code}/opendata`;
  const to = inLanguage(language, path);
  return (
    <Layout language={language} title={TEXT.title} path={path}>
      <Crumbs language={language} />
      <h1>{city.name[language]} {TEXT.title[language]}</h1>
      {problem && <p class="notice" role="alert">{problem[language]}</p>}
      <section class="card" aria-labelledby="check">
        <h2 id="check">{TEXT.check[language]}</h2>
        <p>{TEXT.how[language]}</p>
        <form
          method="post"
          action={`${to}/check`}
          enctype="multipart/form-data"
          class="stacked"
        >
          <p>
            <label for="file">{TEXT.file[language]}</label>
            <input
              id="file"
              name="file"
              type="file"
              accept=".csv,.xlsx,text/csv"
              class="drop"
              required
            />
          </p>
          <p>
            <label for="sheet">{TEXT.sheet[language]}</label>
            <select id="sheet" name="sheet">
              <option value="">{TEXT.recognise[language]}</option>
              {SHEETS.map(({ id, title }) => (
                <option value={id}>{id} {title[language]}</option>
              ))}
            </select>
          </p>
          <button type="submit">{TEXT.run[language]}</button>
        </form>
        <form method="post" action={`${to}/events`}>
          <p>
            <button type="submit">{TEXT.events[language]}</button>
          </p>
        </form>
      </section>
      <section class="card" aria-labelledby="drafts">
        <h2 id="drafts">{TEXT.drafts[language]}</h2>
        {drafts.length === 0 && <p>{TEXT.noDrafts[language]}</p>}
        <ul>
          {drafts.map(({ id, fileName, at, rows, counts }) => (
            <li>
              <a href={`${to}/drafts/${id}`}>{fileName}</a>{" "}
              <span class="meta">
                {cityTime(at)} · {rows} {TEXT.row[language]} ·{" "}
                {SEVERITIES.error[language]} {counts.error}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Public language={language} cards={cards} to={to} />
      <section class="card" aria-labelledby="feedback">
        <h2 id="feedback">{TEXT.feedback[language]}</h2>
        {feedback.length === 0 && <p>{TEXT.noDrafts[language]}</p>}
        <ul>
          {feedback.map(({ at, dataset, text }) => (
            <li>
              <span class="meta">{cityTime(at)} {dataset ?? ""}</span>
              <br />
              {text}
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

function Public(
  { language, cards, to }: {
    language: Language;
    cards: readonly Card[];
    to: string;
  },
) {
  return (
    <section class="card" aria-labelledby="public">
      <h2 id="public">{TEXT.public[language]}</h2>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="public">
        <table>
          <thead>
            <tr>
              <th scope="col">{TEXT.dataset[language]}</th>
              <th scope="col">{TEXT.version[language]}</th>
              <th scope="col">{TEXT.withdraw[language]}</th>
            </tr>
          </thead>
          <tbody>
            {cards.map(({ dataset, title, version, municipality }) => (
              <tr>
                <th scope="row">
                  <a
                    href={inLanguage(
                      language,
                      `/opendata/${municipality.code}/${dataset}`,
                    )}
                  >
                    {title[language]}
                  </a>
                </th>
                <td>{version}</td>
                <td>
                  <form method="post" action={`${to}/withdraw`} class="row">
                    <input type="hidden" name="dataset" value={dataset} />
                    <input type="hidden" name="version" value={version} />
                    <label class="visually-hidden" for={`r-${dataset}`}>
                      {TEXT.reason[language]}: {title[language]}
                    </label>
                    <input
                      id={`r-${dataset}`}
                      name="reason"
                      placeholder={TEXT.reason[language]}
                      required
                      maxlength={500}
                    />
                    <button type="submit">
                      {TEXT.withdraw[language]}
                      <span class="visually-hidden">: {title[language]}</span>
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
