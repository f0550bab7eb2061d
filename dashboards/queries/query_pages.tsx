import {
  cityDay,
  type Language,
  type Municipality,
  type Text,
} from "@hiraku/kernel";
import {
  inLanguage,
  type QuerySource,
  type QueryVersion,
  ruleText,
  type SavedQuery,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { FactList } from "../boards/page/fact_list.tsx";
import { type Fact, FACT_LABELS } from "../boards/provenance_facts.ts";
import { ScrollTable } from "../charts/scroll_table.tsx";
import { CityFrame } from "../city_frame.tsx";
import { changedBy, VersionTable } from "./query_versions.tsx";

const TEXT = {
  title: { ja: "保存した照会", en: "Saved queries" },
  lead: {
    ja:
      "公開済みの表への照会に名前をつけたものです。開くたびに最新の公開版から答えます。",
    en:
      "Named questions to released tables, answered from the newest release whenever they are opened.",
  },
  none: { ja: "保存した照会はまだありません。", en: "No query is saved yet." },
  edit: { ja: "追加・編集（要ログイン）", en: "Add or edit (sign in)" },
  ask: {
    ja: "まだ公開されていない区分を求める（要ログイン）",
    en: "Ask for a cut that is not released (sign in)",
  },
  sql: { ja: "照会（SQL）", en: "Query (SQL)" },
  answer: { ja: "答え", en: "Answer" },
  about: { ja: "この答えについて", en: "About this answer" },
  cut: {
    ja: "はじめの行だけを示しています。",
    en: "Only the first rows are shown.",
  },
  files: { ja: "ダウンロード", en: "Download" },
  failed: { ja: "答えられませんでした", en: "There is no answer" },
  empty: { ja: "行がありません。", en: "There is no row." },
  earlier: {
    ja: "以前の版です。いまの版を見る",
    en: "This is an earlier version. See the one that stands now",
  },
  removed: {
    ja: "この照会は削除されました。以前の版は下の変更の記録から開けます。",
    en:
      "This query was removed. Its earlier versions open from the change log below.",
  },
} as const satisfies Record<string, Text>;

/** What a saved query says, or why it says nothing. */
export type QueryResult =
  | {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    readonly truncated: boolean;
    readonly sources: readonly QuerySource[];
  }
  | { readonly refused: string };

export const QUERY_FILES = ["csv", "json", "parquet", "arrow"] as const;

/** Every saved query of a city. */
export function QueriesPage(
  { language, municipality, saved }: {
    language: Language;
    municipality: Municipality;
    saved: readonly SavedQuery[];
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/queries`;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path}
    >
      <p class="meta">
        <a href={inLanguage(language, `/operations/${code}/registers/queries`)}>
          {TEXT.edit[language]}
        </a>
        {" · "}
        <a href={inLanguage(language, `/operations/${code}/cuts`)}>
          {TEXT.ask[language]}
        </a>
      </p>
      {saved.length === 0 ? <p class="card">{TEXT.none[language]}</p> : (
        <ul>
          {saved.map((one) => (
            <li>
              <a href={inLanguage(language, `${path}/${one.id}`)}>
                {nameOf(one, language)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </CityFrame>
  );
}

interface QueryPageProps {
  readonly language: Language;
  readonly municipality: Municipality;
  /** Every version of the query, newest first. */
  readonly versions: readonly QueryVersion[];
  /** The one that is shown, which is not removed. */
  readonly version: AskedVersion;
  readonly result: QueryResult;
}

/** A version that can be asked. */
export type AskedVersion = QueryVersion & { readonly query: SavedQuery };

/** One saved query with its answer as a table. */
export function QueryPage(
  { language, municipality, versions, version, result }: QueryPageProps,
): JSX.Element {
  const { query } = version;
  const path = `/dashboards/${municipality.code}/queries/${query.id}`;
  const newest = version.number === versions[0]?.number;
  const search = newest ? "" : `?version=${version.number}`;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={{ ja: query.nameJa, en: query.nameEn }}
      lead={TEXT.lead}
      path={path}
      within={listOf(municipality)}
    >
      {!newest && (
        <p class="notice">
          <a href={inLanguage(language, path)}>{TEXT.earlier[language]}</a>
        </p>
      )}
      {"refused" in result
        ? (
          <p class="notice" role="alert">
            {TEXT.failed[language]}: <span lang="en">{result.refused}</span>
          </p>
        )
        : (
          <section aria-labelledby="answer">
            <h2 id="answer">{TEXT.answer[language]}</h2>
            <Rows language={language} rows={result.rows} />
            {result.truncated && <p class="meta">{TEXT.cut[language]}</p>}
            <details class="about">
              <summary>{TEXT.about[language]}</summary>
              <FactList
                language={language}
                facts={factsOf(municipality, version, result.sources)}
              />
            </details>
            <ul class="downloads" aria-label={TEXT.files[language]}>
              {QUERY_FILES.map((form) => (
                <li>
                  <a href={`${path}.${form}${search}`} download>
                    {form.toUpperCase()}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      <h2>{TEXT.sql[language]}</h2>
      <pre tabindex={0}><code>{query.sql}</code></pre>
      <h2>{FACT_LABELS.changes[language]}</h2>
      <VersionTable language={language} path={path} versions={versions} />
    </CityFrame>
  );
}

/** What is left of a saved query that was removed: its change log. */
export function RemovedQueryPage(
  { language, municipality, id, versions }: {
    language: Language;
    municipality: Municipality;
    id: string;
    versions: readonly QueryVersion[];
  },
): JSX.Element {
  const path = `/dashboards/${municipality.code}/queries/${id}`;
  const last = versions.find(({ query }) => query !== undefined)?.query;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={{ ja: last?.nameJa ?? id, en: last?.nameEn ?? id }}
      lead={TEXT.lead}
      path={path}
      within={listOf(municipality)}
    >
      <p class="notice">{TEXT.removed[language]}</p>
      <h2>{FACT_LABELS.changes[language]}</h2>
      <VersionTable language={language} path={path} versions={versions} />
    </CityFrame>
  );
}

function listOf({ code }: Municipality): { title: Text; path: string } {
  return { title: TEXT.title, path: `/dashboards/${code}/queries` };
}

/** How an answer was made: each table it was read from, and the query itself. */
function factsOf(
  { code }: Municipality,
  version: AskedVersion,
  sources: readonly QuerySource[],
): Fact[] {
  const { query } = version;
  const same = (text: string): Text => ({ ja: text, en: text });
  return [
    {
      label: FACT_LABELS.definition,
      value: { ja: query.nameJa, en: query.nameEn },
    },
    ...sources.flatMap((
      { version: { version: number, manifest }, tables },
    ): Fact[] => [
      {
        label: FACT_LABELS.source,
        value: manifest.title,
        path: `/opendata/${code}/${manifest.dataset}`,
      },
      {
        label: FACT_LABELS.version,
        value: same(
          `${manifest.dataset}/${number} · sha256 ${manifest.contentHash}`,
        ),
        code: true,
      },
      {
        label: FACT_LABELS.time,
        value: {
          ja: `${cityDay(new Date(manifest.publishedAt))} 公開`,
          en: `published ${cityDay(new Date(manifest.publishedAt))}`,
        },
      },
      ...manifest.tables.filter(({ id }) => tables.includes(id)).flatMap((
        one,
      ): Fact[] => [
        { label: FACT_LABELS.rule, value: ruleText(one) },
        {
          label: FACT_LABELS.cells,
          value: {
            ja: `${one.title.ja} ${one.withheld} / ${one.rows}行`,
            en: `${one.title.en} ${one.withheld} of ${one.rows} rows`,
          },
        },
      ]),
    ]),
    { label: FACT_LABELS.code, value: same("query@1"), code: true },
    { label: FACT_LABELS.owner, value: ownerOf(version) },
    { label: FACT_LABELS.query, value: same(query.sql), code: true },
    {
      label: FACT_LABELS.changes,
      value: {
        ja: `第${version.number}版（${version.on}、${changedBy(version).ja}）`,
        en: `version ${version.number} (${version.on}, ${
          changedBy(version).en
        })`,
      },
    },
  ];
}

/** The section a query names, or the role of whoever saved it. */
function ownerOf(version: AskedVersion): Text {
  const { ownerJa, ownerEn } = version.query;
  return ownerJa === undefined || ownerEn === undefined
    ? changedBy(version)
    : { ja: ownerJa, en: ownerEn };
}

function Rows({ language, rows }: {
  language: Language;
  rows: readonly Readonly<Record<string, unknown>>[];
}) {
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return <p>{TEXT.empty[language]}</p>;
  const isFigure = (name: string) =>
    rows.some((row) => typeof row[name] === "number");
  return (
    <ScrollTable language={language} caption={TEXT.answer[language]}>
      <thead>
        <tr>
          {names.map((name) => (
            <th scope="col" class={isFigure(name) ? "number" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {names.map((name) => (
              <td class={isFigure(name) ? "number" : undefined}>
                {shown(row[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    return value.toLocaleString("en", { maximumFractionDigits: 6 });
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function nameOf(query: SavedQuery, language: Language): string {
  return language === "ja" ? query.nameJa : query.nameEn;
}
