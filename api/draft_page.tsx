import type { Language, Municipality, Text } from "@hiraku/kernel";
import {
  inLanguage,
  Layout,
  type Preview,
  type SheetDraft,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { cityTime } from "./city_time.ts";
import { Crumbs } from "./crumbs.tsx";
import { SEVERITIES, TEXT } from "./sheet_words.ts";

interface DraftProps {
  readonly language: Language;
  readonly city: Municipality;
  readonly draft: SheetDraft;
  readonly preview: Preview | undefined;
  readonly problem?: Text;
}

/** What was found in a file, what would leave, and the decision. */
export function DraftPage(props: DraftProps): JSX.Element {
  const { language, city, draft, preview, problem } = props;
  const path = `/operations/${city.code}/opendata/drafts/${draft.id}`;
  const to = inLanguage(language, path);
  const title = preview?.dataset.sheet.title ??
    { ja: draft.fileName, en: draft.fileName };
  return (
    <Layout language={language} title={title} path={path}>
      <Crumbs
        language={language}
        over={{
          path: `/operations/${city.code}/opendata`,
          title: TEXT.title,
        }}
      />
      <h1>{title[language]}</h1>
      <p class="meta">
        {draft.fileName} · {cityTime(draft.at)} · {draft.encoding} ·{" "}
        {draft.rows} {TEXT.row[language]}
      </p>
      {problem && <p class="notice" role="alert">{problem[language]}</p>}
      {preview === undefined && <p class="notice">{TEXT.noSheet[language]}</p>}
      <Findings language={language} draft={draft} />
      <section class="card" aria-labelledby="corrected">
        <h2 id="corrected">{TEXT.corrected[language]}</h2>
        <p>
          <a href={`${to}/corrected.csv`}>{TEXT.corrected[language]}</a>
        </p>
        {draft.lost.length > 0 && (
          <>
            <h3>{TEXT.lost[language]}</h3>
            <ul>
              {draft.lost.map(({ column, values }) => (
                <li>{column} ({values})</li>
              ))}
            </ul>
          </>
        )}
        {draft.empty.length > 0 && (
          <details>
            <summary>{TEXT.empty[language]} ({draft.empty.length})</summary>
            <p>{draft.empty.join(language === "ja" ? "、" : ", ")}</p>
          </details>
        )}
      </section>
      {preview && (
        <Leaving
          language={language}
          preview={preview}
          errors={draft.counts.error}
          to={to}
        />
      )}
      <form method="post" action={`${to}/drop`}>
        <button type="submit" class="quiet">{TEXT.drop[language]}</button>
      </form>
    </Layout>
  );
}

function Findings(
  { language, draft }: { language: Language; draft: SheetDraft },
) {
  const { findings, counts } = draft;
  const total = counts.error + counts.warning + counts.info;
  return (
    <section class="card" aria-labelledby="findings">
      <h2 id="findings">{TEXT.findings[language]}</h2>
      <p>
        {total === 0
          ? TEXT.clean[language]
          : (["error", "warning", "info"] as const).map((severity) =>
            `${SEVERITIES[severity][language]} ${counts[severity]}`
          ).join(" · ")}
      </p>
      {total > findings.length && <p class="meta">{TEXT.more[language]}</p>}
      {findings.length > 0 && (
        <div
          class="scroll"
          tabindex={0}
          role="region"
          aria-labelledby="findings"
        >
          <table class="findings">
            <thead>
              <tr>
                <th scope="col">{TEXT.row[language]}</th>
                <th scope="col">{TEXT.column[language]}</th>
                <th scope="col">{TEXT.what[language]}</th>
                <th scope="col">{TEXT.found[language]}</th>
                <th scope="col">{TEXT.asks[language]}</th>
                <th scope="col">{TEXT.proposal[language]}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map((one) => (
                <tr class={one.severity}>
                  <td class="number">{one.row === 0 ? "–" : one.row}</td>
                  <td>{one.column} {one.name}</td>
                  <td>
                    <strong>{SEVERITIES[one.severity][language]}</strong>{" "}
                    {one.message[language]}
                  </td>
                  <td>{one.found ?? "–"}</td>
                  <td>{one.asks[language]}</td>
                  <td>{one.proposal ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const ROWS_SHOWN = 10;
const CHANGES_SHOWN = 50;

const CHANGES: Readonly<Record<"added" | "removed" | "changed", Text>> = {
  added: { ja: "追加", en: "Added" },
  removed: { ja: "削除", en: "Removed" },
  changed: { ja: "変更", en: "Changed" },
};

function Leaving(
  { language, preview, errors, to }: {
    language: Language;
    preview: Preview;
    errors: number;
    to: string;
  },
) {
  const { dataset, lines, persons, changes } = preview;
  const names = dataset.sheet.columns.map(({ name }) => name);
  const filled = names.flatMap((name, at) =>
    lines.some((line) => (line[at] ?? "") !== "") ? [{ name, at }] : []
  );
  return (
    <section class="card" aria-labelledby="leaving">
      <h2 id="leaving">
        {TEXT.preview[language]}: {lines.length} {TEXT.row[language]}
      </h2>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="leaving">
        <table class="findings">
          <thead>
            <tr>{filled.map(({ name }) => <th scope="col">{name}</th>)}</tr>
          </thead>
          <tbody>
            {lines.slice(0, ROWS_SHOWN).map((line) => (
              <tr>{filled.map(({ at }) => <td>{line[at]}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{TEXT.differences[language]}</h3>
      {changes === undefined ? <p>{TEXT.first[language]}</p> : (
        <>
          <p>
            {changes.since}: {(["added", "removed", "changed"] as const).map(
              (kind) => `${CHANGES[kind][language]} ${changes[kind]}`,
            ).join(" · ")}
          </p>
          <ul>
            {changes.rows.slice(0, CHANGES_SHOWN).map((row) => (
              <li>
                {CHANGES[row.change][language]}{" "}
                {Object.values(row.key).filter(Boolean).join(" ").slice(0, 80)}
                {" "}
                {row.columns?.join(language === "ja" ? "、" : ", ") ?? ""}
              </li>
            ))}
          </ul>
        </>
      )}
      <form method="post" action={`${to}/publish`} class="stacked">
        <p>
          <label for="reason">{TEXT.why[language]}</label>
          <textarea id="reason" name="reason" rows={2} maxlength={500} required>
          </textarea>
        </p>
        <p>
          <label for="from">{TEXT.from[language]}</label>
          <input id="from" name="from" type="date" />
        </p>
        <p>
          <label for="correction">{TEXT.correction[language]}</label>
          <input id="correction" name="correction" maxlength={500} />
        </p>
        {errors > 0 && (
          <p>
            <label class="tick">
              <input type="checkbox" name="errors" value="1" />{" "}
              {TEXT.errors[language]}: {errors}
            </label>
          </p>
        )}
        {persons.length > 0 && (
          <p>
            <label class="tick">
              <input type="checkbox" name="persons" value="1" />{" "}
              {TEXT.persons[language]}: {persons.join("、")}
            </label>
          </p>
        )}
        <button type="submit">{TEXT.publish[language]}</button>
      </form>
    </section>
  );
}
